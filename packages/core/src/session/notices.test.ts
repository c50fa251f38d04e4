import { describe, expect, it } from 'vitest';
import { Notices } from './notices.ts';

function createNotices() {
  const told: string[] = [];
  const state = { now: 0 };
  return { told, state, notices: new Notices({ warn: (message) => told.push(message) }, () => state.now) };
}

describe('Notices', () => {
  it('tells each topic once a minute', () => {
    const { told, state, notices } = createNotices();
    for (const now of [0, 59_999, 60_000, 60_001]) {
      state.now = now;
      notices.tell('a', `a at ${now}`);
      notices.tell('b', `b at ${now}`);
    }
    expect(told).toEqual(['a at 0', 'b at 0', 'a at 60000', 'b at 60000']);
  });

  it('tells some things once for good', () => {
    const { told, state, notices } = createNotices();
    notices.once('a', 'first');
    state.now = 10 ** 9;
    notices.once('a', 'second');
    expect(told).toEqual(['first']);
  });

  it('goes on telling when the clock goes back (SC-019)', () => {
    const { told, state, notices } = createNotices();
    state.now = 10 ** 9;
    notices.tell('a', 'first');
    state.now = 0;
    notices.tell('a', 'second');
    expect(told).toEqual(['first', 'second']);
  });
});
