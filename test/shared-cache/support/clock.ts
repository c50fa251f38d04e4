/** A clock that goes only when it is told to. */
export class Clock {
  at = Date.parse('2026-03-01T12:00:00Z');
  readonly now = (): number => this.at;

  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}
