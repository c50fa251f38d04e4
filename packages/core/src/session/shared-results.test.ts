import { describe, expect, it } from 'vitest';
import { SharedResults } from './shared-results.ts';

function createShared(max = 10) {
  const state = { now: 0, loads: 0 };
  const shared = new SharedResults<string>({
    max,
    lifetimeMs: (result) => (result === 'good' ? 100 : 0),
    now: () => state.now,
  });
  const load = (result: string) => async () => {
    state.loads++;
    return result;
  };
  return { state, shared, load };
}

describe('SharedResults', () => {
  it('keeps a result as long as it says', async () => {
    const { state, shared, load } = createShared();
    for (const [now, loads] of [
      [0, 1],
      [99, 1],
      [100, 2],
      [199, 2],
    ] as const) {
      state.now = now;
      expect(await shared.share(['a'], load('good'))).toBe('good');
      expect(state.loads).toBe(loads);
    }
  });

  it('forgets at once what lives for no time', async () => {
    const { state, shared, load } = createShared();
    expect(await Promise.all([shared.share(['a'], load('bad')), shared.share(['a'], load('good'))])).toEqual([
      'bad',
      'bad',
    ]);
    expect(await shared.share(['a'], load('good'))).toBe('good');
    expect(state.loads).toBe(2);
  });

  it('SC-019 is not made immortal by a clock that goes back', async () => {
    const { state, shared, load } = createShared();
    state.now = 1_000;
    await shared.share(['a'], load('good'));
    state.now = 0;
    await shared.share(['a'], load('good'));
    expect(state.loads).toBe(2);
  });

  it('tells keys apart by their parts, not by what these make together', async () => {
    const { state, shared, load } = createShared();
    await Promise.all([['a', 'b'], ['ab'], ['a,b'], ['a', 'b', '']].map((key) => shared.share(key, load('good'))));
    expect(state.loads).toBe(4);
  });

  it('is bounded', async () => {
    const { state, shared, load } = createShared(2);
    for (const key of ['a', 'b', 'c']) await shared.share([key], load('good'));
    await shared.share(['a'], load('good'));
    expect(state.loads).toBe(4);
  });
});
