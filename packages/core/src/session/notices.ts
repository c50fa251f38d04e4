import type { Logger } from '../logger.ts';

/** How long a notice that was told is not told again, in milliseconds. */
const PAUSE_MS = 60_000;

/** Tells the operator what requests show, without letting anybody fill the log by sending the same request again. */
export class Notices {
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #toldAt = new Map<string, number>();

  constructor(logger: Logger, now: () => number) {
    this.#logger = logger;
    this.#now = now;
  }

  /**
   * Tells something once a minute at most.
   * @param topic - one of a fixed number of texts, never taken from a request
   */
  tell(topic: string, message: string): void {
    const now = this.#now();
    const elapsed = now - (this.#toldAt.get(topic) ?? Number.NEGATIVE_INFINITY);
    if (elapsed >= 0 && elapsed < PAUSE_MS) return;
    this.#toldAt.set(topic, now);
    this.#logger.warn(message);
  }

  /** Tells something once for good. */
  once(topic: string, message: string): void {
    if (this.#toldAt.has(topic)) return;
    this.#toldAt.set(topic, this.#now());
    this.#logger.warn(message);
  }
}
