/**
 * Runs `work` once for all who ask while it is under way: a call resolves when a run that began after it is done.
 *
 * @example
 * const flush = inGroups(() => fsync(file)); // sixty-four writers at once wait for two flushes, not for sixty-four
 */
export function inGroups(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return start();
    // What is under way may have begun before what this call is about.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
