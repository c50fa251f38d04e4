import * as module from 'node:module';
import { cacheFolder, makePrivate } from '../private-folder.ts';

/**
 * Has Node keep the code that it compiles, for the next start: half of a start goes into compiling. Node 22.8 and later can.
 *
 * Not in Node's usual place, a folder for temporary files that all users share: who could write there would choose what we run.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as { enableCompileCache?: (folder: string) => unknown };
  if (enable === undefined) return;
  const folder = cacheFolder('compiled');
  if (makePrivate(folder)) enable(folder);
}
