import { afterEach, describe, expect, test, vi } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import type { VerificationKey } from '../crypto/index.ts';
import { Refusal } from '../jwt/refusal.ts';
import { KEY_SET_TIMES, RemoteKeySet } from './remote-key-set.ts';

const A = createSigningKey('a').jwk;
const B = createSigningKey('b').jwk;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNREACHABLE = new Refusal('jwk-remote-failed-to-load', 'unreachable');

type Answer = { readonly jwks: unknown } | Refusal;

/** A backend that is asked by a function call: how often, and what it answers, is up to the test. */
class Endpoint {
  calls = 0;
  answer: Answer | Promise<Answer> = { jwks: { keys: [A] } };

  readonly fetch = async (): Promise<Answer> => {
    this.calls++;
    return this.answer;
  };

  publish(...keys: unknown[]): void {
    this.answer = { jwks: { keys } };
  }

  /** Answers only when told to. */
  hold(): (answer: Answer) => void {
    let release: (answer: Answer) => void = () => {};
    this.answer = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }
}

let endpoint = new Endpoint();
let clock = new Clock();
afterEach(() => {
  endpoint = new Endpoint();
  clock = new Clock();
});

const create = (times = {}) => new RemoteKeySet(endpoint.fetch, clock.now, { ...KEY_SET_TIMES, ...times });
const isKey = (found: VerificationKey | Refusal): boolean => !(found instanceof Refusal);
const reasonOf = (found: VerificationKey | Refusal | undefined): string | undefined =>
  found instanceof Refusal ? found.reason : undefined;
/** Lets background work that waits for nothing else finish. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function warm(times = {}): Promise<RemoteKeySet> {
  const set = create(times);
  expect(isKey(await set.resolve('a'))).toBe(true);
  return set;
}

test('nothing is fetched before the first token', () => {
  create();
  expect(endpoint.calls).toBe(0);
});

test('§17 K1 SC-036 however many wait for the first keys, they are fetched once', async () => {
  const set = create();
  const found = await Promise.all(Array.from({ length: 500 }, () => set.resolve('a')));
  expect(found.every((key) => key === found[0] && isKey(key))).toBe(true);
  expect(endpoint.calls).toBe(1);
});

test('a known key is given at once, without a promise', async () => {
  const set = await warm();
  expect(set.resolve('a')).not.toBeInstanceOf(Promise);
  expect(set.current('a')).toBe(set.resolve('a'));
});

test.each([undefined, null, 1, {}, ['a'], true])('SC-011 K2 a kid of %j is a mismatch without a call', async (kid) => {
  expect(reasonOf(await create().resolve(kid))).toBe('jwk-kid-mismatch');
  expect(endpoint.calls).toBe(0);
  expect((await warm()).current(kid)).toBeUndefined();
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  '§17 K8 SC-010 the kid %s is unknown',
  async (kid) => {
    const set = await warm();
    expect(set.current(kid)).toBeUndefined();
    expect(reasonOf(await set.resolve(kid))).toBe('jwk-kid-mismatch');
  },
);

test('SC-011 the message of a mismatch names neither the kid nor those that are known', async () => {
  const set = await warm();
  const refusal = await set.resolve('../../etc/passwd\r\nx: y');
  expect(refusal).toMatchObject({ message: expect.not.stringMatching(/passwd|\r|"a"/) });
});

describe('§17 K2 SC-035 unknown kids', () => {
  test('a flood on a cold start is one fetch in a cooldown', async () => {
    const set = create();
    for (let i = 0; i < 50; i++) expect(reasonOf(await set.resolve(`unknown-${i}`))).toBe('jwk-kid-mismatch');
    expect(endpoint.calls).toBe(1);
  });

  test('a flood on a warm set is one fetch in a cooldown, one after the other and all at once', async () => {
    const set = await warm();
    const flood = Array.from({ length: 500 }, (_, i) => set.resolve(`unknown-${i}`));
    expect((await Promise.all(flood)).every((found) => reasonOf(found) === 'jwk-kid-mismatch')).toBe(true);
    for (let i = 0; i < 500; i++) expect(reasonOf(await set.resolve(`later-${i}`))).toBe('jwk-kid-mismatch');
    expect(endpoint.calls).toBe(2);
    clock.advance(KEY_SET_TIMES.unknownKeyCooldownMs - 1);
    await set.resolve('unknown');
    expect(endpoint.calls).toBe(2);
    clock.advance(1);
    await set.resolve('unknown');
    expect(endpoint.calls).toBe(3);
  });

  test('in the cooldown a mismatch is answered from memory, without a promise', async () => {
    const set = await warm();
    await set.resolve('unknown');
    expect(set.resolve('unknown')).toBeInstanceOf(Refusal);
  });

  test('known kids go on being found while the fetch hangs', async () => {
    const set = await warm();
    const release = endpoint.hold();
    const waiting = set.resolve('unknown');
    expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
    release({ jwks: { keys: [A] } });
    expect(reasonOf(await waiting)).toBe('jwk-kid-mismatch');
  });

  test('a fetch for an unknown kid that fails costs no known key, and says why', async () => {
    const set = await warm();
    endpoint.answer = UNREACHABLE;
    expect(await set.resolve('unknown')).toBe(UNREACHABLE);
    expect(isKey(await set.resolve('a'))).toBe(true);
  });
});

describe('SC-037 rotation', () => {
  test('a new key is found at once', async () => {
    const set = await warm();
    endpoint.publish(A, B);
    expect(isKey(await set.resolve('b'))).toBe(true);
    expect(endpoint.calls).toBe(2);
  });

  test('during a flood it is found at most one cooldown later', async () => {
    const set = await warm();
    await set.resolve('flood');
    endpoint.publish(A, B);
    expect(reasonOf(await set.resolve('b'))).toBe('jwk-kid-mismatch');
    clock.advance(KEY_SET_TIMES.unknownKeyCooldownMs);
    expect(isKey(await set.resolve('b'))).toBe(true);
  });

  test('a key that stays is the same object after a fetch, so that what was verified stays verified', async () => {
    const set = await warm();
    const before = set.current('a');
    endpoint.publish(B, A);
    await set.resolve('b');
    expect(set.current('a')).toBe(before);
  });

  test('other material under the same kid is another key', async () => {
    const set = await warm();
    const before = set.current('a');
    endpoint.publish({ ...B, kid: 'a' });
    await set.resolve('unknown');
    expect(set.current('a')).toBeDefined();
    expect(set.current('a')).not.toBe(before);
  });
});

describe('§17 K4 SC-038 a retired key', () => {
  test('is gone with the first fetch that lacks it, whatever caused that', async () => {
    endpoint.publish(A, B);
    const set = await warm();
    endpoint.publish(B);
    await set.resolve('unknown');
    expect(set.current('a')).toBeUndefined();
    expect(isKey(await set.resolve('b'))).toBe(true);
  });

  test('is not kept alive by unknown kids every 4 minutes', async () => {
    endpoint.publish(A, B);
    const set = await warm();
    endpoint.publish(B);
    for (let minutes = 4; minutes <= 60; minutes += 4) {
      clock.advance(4 * MINUTE);
      await set.resolve(`unknown-${minutes}`);
      expect(set.current('a')).toBeUndefined();
    }
  });

  test('is gone with the background refresh, without any unknown kid', async () => {
    endpoint.publish(A, B);
    const set = await warm();
    endpoint.publish(B);
    clock.advance(5 * MINUTE);
    expect(set.current('a')).toBeDefined();
    await settle();
    expect(set.current('a')).toBeUndefined();
  });
});

describe('§17 K5 SC-039 outage', () => {
  test('before its time the set is not asked for again', async () => {
    const set = await warm();
    clock.advance(5 * MINUTE - 1);
    set.resolve('a');
    await settle();
    expect(endpoint.calls).toBe(1);
  });

  test('from its time on it is refreshed once, in the background, and nobody waits', async () => {
    const set = await warm();
    clock.advance(5 * MINUTE);
    const release = endpoint.hold();
    for (let i = 0; i < 100; i++) expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
    expect(endpoint.calls).toBe(2);
    release({ jwks: { keys: [A] } });
    await settle();
    set.resolve('a');
    await settle();
    expect(endpoint.calls).toBe(2);
  });

  test.each<[what: string, answer: Answer]>([
    ['cannot be reached', UNREACHABLE],
    ['answers {}', { jwks: {} }],
    ['answers no keys', { jwks: { keys: [] } }],
    ['answers keys that are an object', { jwks: { keys: {} } }],
    ['answers only keys that are unusable', { jwks: { keys: [{ kty: 'oct', k: 'x', kid: 'a' }] } }],
    ['answers null', { jwks: null }],
    ['answers HTML', { jwks: '<html>' }],
    ['refuses the secret key', new Refusal('secret-key-invalid', 'refused')],
  ])(
    'known keys serve for the grace while the backend %s, and not an instant longer',
    async (_what, answer) => {
      const set = await warm();
      endpoint.answer = answer;
      const end = 5 * MINUTE + HOUR;
      for (let age = 0; age < end; age += 10_000) {
        expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
        await settle();
        clock.advance(10_000);
      }
      expect(set.current('a')).toBeUndefined();
      const refusal = await set.resolve('a');
      expect(reasonOf(refusal)).toBe(answer instanceof Refusal ? answer.reason : 'jwk-remote-failed-to-load');
      endpoint.publish(A);
      clock.advance(KEY_SET_TIMES.failurePauseMs);
      expect(isKey(await set.resolve('a'))).toBe(true);
    },
    60_000,
  );

  test('while it fails it is asked at most once a pause', async () => {
    const set = await warm();
    endpoint.answer = UNREACHABLE;
    clock.advance(5 * MINUTE);
    for (let i = 0; i < 100; i++) {
      set.resolve('a');
      await settle();
    }
    expect(endpoint.calls).toBe(2);
    clock.advance(KEY_SET_TIMES.failurePauseMs);
    set.resolve('a');
    await settle();
    expect(endpoint.calls).toBe(3);
  });

  test('a grace of 0 means none: the next token waits for the fetch', async () => {
    const set = await warm({ staleGraceMs: 0 });
    clock.advance(5 * MINUTE);
    expect(set.current('a')).toBeUndefined();
    expect(isKey(await set.resolve('a'))).toBe(true);
    endpoint.answer = UNREACHABLE;
    clock.advance(5 * MINUTE);
    expect(await set.resolve('a')).toBe(UNREACHABLE);
  });
});

describe('SC-042 a failure', () => {
  test('is remembered for the pause and no longer', async () => {
    const set = create();
    endpoint.answer = UNREACHABLE;
    expect(await set.resolve('a')).toBe(UNREACHABLE);
    endpoint.publish(A);
    expect(await set.resolve('a')).toBe(UNREACHABLE);
    expect(endpoint.calls).toBe(1);
    clock.advance(KEY_SET_TIMES.failurePauseMs);
    expect(isKey(await set.resolve('a'))).toBe(true);
  });

  test('is told to everybody who waited', async () => {
    const set = create();
    endpoint.answer = UNREACHABLE;
    const found = await Promise.all(Array.from({ length: 20 }, () => set.resolve('a')));
    expect(found.every((refusal) => refusal === UNREACHABLE)).toBe(true);
    expect(endpoint.calls).toBe(1);
  });
});

describe('SC-019 the clock', () => {
  test('set back: one fetch, no storm, and the key goes on', async () => {
    const set = await warm();
    clock.advance(-HOUR);
    for (let i = 0; i < 50; i++) {
      expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
      await settle();
    }
    expect(endpoint.calls).toBe(2);
  });

  test('set back by a day while the backend is down: the grace begins then, and ends', async () => {
    const set = await warm();
    endpoint.answer = UNREACHABLE;
    clock.advance(-24 * HOUR);
    expect(set.current('a')).toBeDefined();
    clock.advance(HOUR - 1);
    expect(set.current('a')).toBeDefined();
    clock.advance(1);
    expect(set.current('a')).toBeUndefined();
  });

  test('set back in the cooldown: unknown kids are asked for again, once', async () => {
    const set = await warm();
    await set.resolve('unknown');
    clock.advance(-HOUR);
    set.current('a');
    await settle();
    const before = endpoint.calls;
    for (let i = 0; i < 20; i++) await set.resolve(`unknown-${i}`);
    expect(endpoint.calls - before).toBeLessThanOrEqual(1);
  });

  test('forward by 10 minutes: the keys serve, and are refreshed once', async () => {
    const set = await warm();
    clock.advance(10 * MINUTE);
    for (let i = 0; i < 50; i++) expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
    await settle();
    expect(endpoint.calls).toBe(2);
  });
});

describe('SC-135 a runtime that ends all work with the request that began it', () => {
  const onWorkers = async (): Promise<RemoteKeySet> => {
    const set = new RemoteKeySet(endpoint.fetch, clock.now, KEY_SET_TIMES, false);
    expect(isKey(await set.resolve('a'))).toBe(true);
    return set;
  };

  test('one request waits for the refresh, and the others go on with what there is', async () => {
    const set = await onWorkers();
    clock.advance(6 * MINUTE);
    const release = endpoint.hold();
    expect(set.current('a')).toBeUndefined();
    const leader = set.resolve('a');
    for (let i = 0; i < 50; i++) expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
    release({ jwks: { keys: [A, B] } });
    expect(isKey((await leader) as VerificationKey)).toBe(true);
    expect(set.current('b')).toBeDefined();
    expect(endpoint.calls).toBe(2);
  });

  test('while the backend is down, one in a while waits and is served with the keys of before', async () => {
    const set = await onWorkers();
    clock.advance(6 * MINUTE);
    endpoint.answer = UNREACHABLE;
    for (let i = 0; i < 20; i++) expect(isKey((await set.resolve('a')) as VerificationKey)).toBe(true);
    expect(endpoint.calls).toBe(2);
    clock.advance(HOUR);
    expect(reasonOf(await set.resolve('a'))).toBe('jwk-remote-failed-to-load');
  });

  test('a refresh whose request has ended is begun anew by a later one', async () => {
    const set = await onWorkers();
    clock.advance(6 * MINUTE);
    endpoint.hold();
    void set.resolve('a');
    clock.advance(4_999);
    expect(isKey(set.resolve('a') as VerificationKey)).toBe(true);
    expect(endpoint.calls).toBe(2);
    clock.advance(1);
    endpoint.publish(B);
    expect(reasonOf(await set.resolve('a'))).toBe('jwk-kid-mismatch');
    expect(isKey((await set.resolve('b')) as VerificationKey)).toBe(true);
    expect(endpoint.calls).toBe(3);
  });

  test('who waits for a fetch that never settles asks for itself in the end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const set = new RemoteKeySet(endpoint.fetch, clock.now, KEY_SET_TIMES, false);
      endpoint.hold();
      void set.resolve('a');
      const waiting = set.resolve('a');
      await vi.advanceTimersByTimeAsync(4_999);
      endpoint.publish(A);
      expect(endpoint.calls).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(isKey((await waiting) as VerificationKey)).toBe(true);
      expect(endpoint.calls).toBe(2);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('forget', () => {
  test('drops the keys at once, and imports them anew', async () => {
    const set = await warm();
    const before = set.current('a');
    set.forget();
    expect(set.current('a')).toBeUndefined();
    const after = await set.resolve('a');
    expect(isKey(after)).toBe(true);
    expect(after).not.toBe(before);
  });

  test('an answer that was under way does not bring them back', async () => {
    const set = create();
    const release = endpoint.hold();
    const waiting = set.resolve('a');
    set.forget();
    endpoint.publish(B);
    const fresh = set.resolve('b');
    release({ jwks: { keys: [A] } });
    expect(reasonOf(await waiting)).toBe('jwk-remote-failed-to-load');
    expect(isKey(await fresh)).toBe(true);
    expect(set.current('a')).toBeUndefined();
  });
});
