import { afterEach, describe, expect, it, vi } from 'vitest';
import { anySignal } from './any-signal.ts';

const present = AbortSignal.any;
afterEach(() => {
  AbortSignal.any = present;
});

describe.each(['a runtime that has AbortSignal.any', 'SC-135 one that lacks it'])('anySignal in %s', (runtime) => {
  const without = runtime.includes('lacks');

  it('aborts with the first that does, for its reason', () => {
    if (without) Object.assign(AbortSignal, { any: undefined });
    const [first, second] = [new AbortController(), new AbortController()];
    const signal = anySignal([first.signal, second.signal]);
    const heard = vi.fn();
    signal.addEventListener('abort', heard);
    expect(signal.aborted).toBe(false);
    second.abort('late');
    first.abort('later');
    expect([signal.aborted, signal.reason, heard.mock.calls.length]).toEqual([true, 'late', 1]);
  });

  it('is aborted from the start if one of them is', () => {
    if (without) Object.assign(AbortSignal, { any: undefined });
    expect(anySignal([new AbortController().signal, AbortSignal.abort('gone')]).reason).toBe('gone');
  });
});
