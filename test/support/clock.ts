/** A clock that stands still until it is moved. */
export class Clock {
  /** Milliseconds since the epoch. */
  time: number;

  constructor(time = Date.UTC(2026, 0, 1)) {
    this.time = time;
  }

  readonly now = (): number => this.time;

  get seconds(): number {
    return Math.floor(this.time / 1000);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
