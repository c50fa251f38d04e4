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

  it('SC-122 makes no more calls at one time than it may, where it has an answer for that', async () => {
    const answers: (() => void)[] = [];
    const shared = new SharedResults({ max: 2, lifetimeMs: () => 0, whenFull: 'full', now: () => 0 });
    const ask = (key: string) =>
      shared.share([key], () => new Promise<string>((resolve) => answers.push(() => resolve('good'))));
    const first = [ask('a'), ask('b'), ask('a')];
    expect(await ask('c')).toBe('full');
    for (const answer of answers.splice(0)) answer();
    expect(await Promise.all(first)).toEqual(['good', 'good', 'good']);
    const next = ask('c');
    for (const answer of answers) answer();
    expect(await next).toBe('good');
  });

  it('SC-098 goes on after a call that broke its promise not to reject', async () => {
    const shared = new SharedResults({ max: 1, lifetimeMs: () => 1_000, whenFull: 'full', now: () => 0 });
    for (let i = 0; i < 3; i++) {
      await expect(shared.share(['a'], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
      await new Promise(setImmediate);
    }
    expect(await shared.share(['a'], async () => 'good')).toBe('good');
  });

  it('waits for nobody else’s call where calls end with the request that began them', async () => {
    let loads = 0;
    const options = { max: 1, lifetimeMs: () => 1_000, whenFull: 'full', now: () => 0, worksInBackground: false };
    const shared = new SharedResults(options);
    void shared.share(['a'], () => new Promise<string>(() => {}));
    const load = async () => `result ${++loads}`;
    expect(await shared.share(['a'], load)).toBe('result 1');
    expect(await shared.share(['a'], load)).toBe('result 1');
    expect(await shared.share(['b'], load)).toBe('result 2');
  });
});
