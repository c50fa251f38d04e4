/** Aborts its signal when what is waited for does not come in time. */
export class StallTimer {
  readonly #controller = new AbortController();
  readonly #limitMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something moved, or is waited for from now on. */
  restart(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#controller.abort(timedOut()), this.#limitMs);
  }

  /** Nothing is waited for. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

function timedOut(): DOMException {
  return new DOMException('Nothing moved in time.', 'TimeoutError');
}
