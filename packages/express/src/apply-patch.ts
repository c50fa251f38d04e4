import type { ResponsePatch } from '@keystile/core/adapter';
import type { Response } from 'express';
import { insistOnPatch } from './insist-on-patch.ts';

/**
 * Carries out what authentication wants of a response.
 *
 * @returns whether the response has been answered, so that the application must not run
 */
export function applyPatch(res: Response, patch: ResponsePatch): boolean {
  const { set, append, vary, answer } = patch;
  for (const [name, value] of set) if (!isSettledByCors(res, name)) res.setHeader(name, value);
  for (const [name, value] of append) res.appendHeader(name, value);
  for (const name of vary) res.vary(name);
  if (answer !== undefined) {
    res.statusCode = answer.status;
    res.end(answer.body ?? undefined);
    return true;
  }
  if (append.length > 0) insistOnPatch(res, patch);
  return false;
}

/** What a CORS middleware before us said about other origins stands. */
function isSettledByCors(res: Response, name: string): boolean {
  return name.startsWith('access-control-') && res.hasHeader(name);
}
