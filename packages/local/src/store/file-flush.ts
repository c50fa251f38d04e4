import { close, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';
import { inGroups } from './in-groups.ts';

/** Makes a file durable. */
export interface FileFlush {
  /** What was written before the call is on the disk when it resolves. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Flushes in a thread: it takes a millisecond and more, in which the process does other things. */
export function createFileFlush(path: string): FileFlush {
  let file: Promise<number> | undefined;
  const flush = inGroups(async () => {
    // Opened when there is something to flush: the file may not exist before. Windows flushes what may be written to.
    file ??= promisify(open)(path, 'r+');
    await promisify(fdatasync)(await file);
  });
  return {
    flush,
    async close() {
      if (file === undefined) return;
      // After those that are under way: they need the file.
      await flush().catch(() => {});
      await promisify(close)(await file);
    },
  };
}
