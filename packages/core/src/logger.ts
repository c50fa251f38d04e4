/** Where notices go. Nothing that is passed ever contains a token, a key or a cookie value. */
export interface Logger {
  warn(message: string): void;
  debug?(message: string, data: Readonly<Record<string, unknown>>): void;
}

export const CONSOLE_LOGGER: Logger = {
  warn: (message) => console.warn(`[keystile] ${message}`),
};

/** A logger whose own failure changes no verdict. */
export function guardLogger(logger: Logger): Logger {
  const guarded =
    <Arguments extends unknown[]>(write: ((...all: Arguments) => unknown) | undefined) =>
    (...all: Arguments): void => {
      try {
        const written = write?.apply(logger, all);
        if (written instanceof Promise) written.catch(ignore);
      } catch {
        // Nowhere to say so.
      }
    };
  return { warn: guarded(logger.warn), debug: guarded(logger.debug) };
}

function ignore(): void {}
