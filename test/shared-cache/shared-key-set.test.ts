import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { RemoteKeySet } from '../../packages/core/src/jwks/remote-key-set.ts';
import { Refusal } from '../../packages/core/src/jwt/refusal.ts';
import { SharedKeySet } from '../../packages/core/src/shared-cache/shared-key-set.ts';
import { Clock } from '../support/clock.ts';
import { createSigningKey } from '../support/signing-key.ts';
import { type Fault, FaultCache } from './support/fault-cache.ts';
import { openEntries, type SCOPE } from './support/open-entries.ts';

const MINUTE = 60_000;
const TIMES = { refreshAfterMs: 5 * MINUTE, staleGraceMs: 60 * MINUTE };
const DOWN = new Refusal('jwk-remote-failed-to-load', 'It is down.');

/** The backend of one instance, which counts its calls. */
class Backend {
  kids = ['ins_a'];
  answer: Refusal | { jwks: unknown } | undefined;
  calls = 0;

  readonly fetch = async (): Promise<{ jwks: unknown } | Refusal> => {
    this.calls++;
    return this.answer ?? { jwks: { keys: this.kids.map((kid) => ({ kid })) } };
  };
}

let clock: Clock;
let cache: FaultCache;
let backend: Backend;
beforeEach(() => {
  clock = new Clock();
  cache = new FaultCache(clock.now);
  backend = new Backend();
});

function startProcess(scope: Partial<typeof SCOPE> = {}): SharedKeySet {
  return new SharedKeySet(backend.fetch, openEntries(cache, clock, scope), TIMES, clock.now);
}

async function kidsOf(keySet: SharedKeySet, kid?: string): Promise<unknown> {
  const answer = await keySet.fetch(kid);
  return answer instanceof Refusal
    ? answer.reason
    : (answer.jwks as { keys: { kid: string }[] }).keys.map((key) => key.kid);
}

describe('a fleet', () => {
  it('asks the backend once, whoever starts later', async () => {
    for (let i = 0; i < 20; i++) expect(await kidsOf(startProcess(), 'ins_a')).toEqual(['ins_a']);
    expect(backend.calls).toBe(1);
  });

  it('counts the age of a set from when it left the backend', async () => {
    await kidsOf(startProcess());
    clock.advance(4 * MINUTE);
    expect(await startProcess().fetch()).toMatchObject({ fetchedAt: clock.time - 4 * MINUTE });
    clock.advance(MINUTE);
    expect(await startProcess().fetch()).toMatchObject({ fetchedAt: clock.time });
    expect(backend.calls).toBe(2);
  });

  it('SC-037 finds a key that was rotated in at once', async () => {
    const [first, second, third] = [startProcess(), startProcess(), startProcess()];
    for (const keySet of [first, second, third]) await keySet.fetch('ins_a');
    clock.advance(1);
    backend.kids = ['ins_a', 'ins_b'];
    // The first that looks for it asks the backend; its set lists the key that the others look for.
    for (const keySet of [first, second, third, startProcess()]) {
      expect(await kidsOf(keySet, 'ins_b')).toEqual(['ins_a', 'ins_b']);
    }
    expect(backend.calls).toBe(2);
  });

  it('SC-035 a key that nobody has costs a call, and not the use of the shared set', async () => {
    const keySet = startProcess();
    await keySet.fetch('ins_a');
    expect(await kidsOf(keySet, 'forged')).toEqual(['ins_a']);
    expect(await kidsOf(startProcess(), 'ins_a')).toEqual(['ins_a']);
    expect(backend.calls).toBe(2);
  });
});

describe('SC-038 a key that was dropped', () => {
  it('reaches nobody after the first fetch without it', async () => {
    const [early, late] = [startProcess(), startProcess()];
    await early.fetch();
    clock.advance(MINUTE);
    backend.kids = ['ins_b'];
    await late.fetch('ins_b');
    clock.advance(MINUTE);
    expect(await kidsOf(early)).toEqual(['ins_b']);
    expect(await kidsOf(startProcess())).toEqual(['ins_b']);
    expect(backend.calls).toBe(2);
  });

  it('is not brought back by an older entry that somebody puts in again', async () => {
    const keySet = startProcess();
    await keySet.fetch();
    const [old = { value: '' }] = cache.entries.values();
    clock.advance(MINUTE);
    backend.kids = ['ins_b'];
    await keySet.fetch('ins_b');
    cache.tamper(() => old.value);
    expect(await kidsOf(keySet)).toEqual(['ins_b']);
    expect(backend.calls).toBe(3);
  });

  it('nor by a process that forgot its keys', async () => {
    const [keySet, other] = [startProcess(), startProcess()];
    await keySet.fetch();
    const old = new Map(cache.entries);
    backend.kids = ['ins_b'];
    await keySet.forget();
    expect(cache.entries.size).toBe(0);
    for (const [key, entry] of old) cache.entries.set(key, entry);
    expect(await kidsOf(keySet)).toEqual(['ins_b']);
    expect(await kidsOf(other)).toEqual(['ins_b']);
    expect(backend.calls).toBe(2);
  });

  it('nor by a fetch that was under way when the keys were forgotten', async () => {
    let answer: (jwks: { jwks: unknown }) => void = () => {};
    const keySet = new SharedKeySet(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      openEntries(cache, clock),
      TIMES,
      clock.now,
    );
    const underWay = keySet.fetch();
    await until(() => cache.asked.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const forgotten = keySet.forget();
    answer({ jwks: { keys: [{ kid: 'ins_a' }] } });
    await Promise.all([underWay, forgotten]);
    expect(cache.asked).not.toContain('set');
  });
});

describe('SC-039 the backend is down', () => {
  it('a process that starts then takes the fleet’s last set, within the grace', async () => {
    await startProcess().fetch();
    backend.answer = DOWN;
    clock.advance(64 * MINUTE);
    expect(await kidsOf(startProcess())).toEqual(['ins_a']);
    clock.advance(MINUTE);
    expect(await kidsOf(startProcess())).toBe('jwk-remote-failed-to-load');
  });

  it('one that has that set already is told of the failure', async () => {
    const keySet = startProcess();
    await keySet.fetch();
    backend.answer = DOWN;
    clock.advance(10 * MINUTE);
    expect(await kidsOf(keySet)).toBe('jwk-remote-failed-to-load');
  });

  it('a refused secret key is no outage', async () => {
    await startProcess().fetch();
    backend.answer = new Refusal('secret-key-invalid', 'No.');
    clock.advance(10 * MINUTE);
    expect(await kidsOf(startProcess())).toBe('secret-key-invalid');
  });

  it.each([[{}], [{ keys: [] }], [{ keys: {} }], [null], ['<html>']])('an answer of %j is not shared', async (jwks) => {
    await startProcess().fetch();
    backend.answer = { jwks };
    clock.advance(6 * MINUTE);
    expect(await startProcess().fetch()).toMatchObject({ jwks });
    expect(cache.asked.filter((operation) => operation === 'set')).toHaveLength(1);
  });
});

describe('SC-049 the cache', () => {
  it.each<Fault>(['hang', 'reject', 'throw', 'garbage', 'empty'])(
    '%s: each process asks the backend',
    async (fault) => {
      await startProcess().fetch();
      cache.fault = fault;
      expect(await kidsOf(startProcess(), 'ins_a')).toEqual(['ins_a']);
      expect(backend.calls).toBe(2);
    },
  );

  it('never brings in a key that the backend of this scope did not serve', async () => {
    backend.kids = ['ins_evil'];
    await startProcess({ secretKey: 'sk_test_another_tenant' }).fetch();
    const [theirs = { value: '' }] = cache.entries.values();
    backend.kids = ['ins_a'];
    await startProcess().fetch();
    cache.tamper(() => theirs.value);
    expect(await kidsOf(startProcess(), 'ins_evil')).toEqual(['ins_a']);
  });

  it('a set from a clock ahead of ours does not last longer for it', async () => {
    clock.advance(30_000);
    await startProcess().fetch();
    clock.advance(-30_000);
    expect(await startProcess().fetch()).toMatchObject({ fetchedAt: clock.time });
  });
});

it('SC-037 hides no key that was rotated in from whoever waits for the set with others', async () => {
  const jwkOf = (kid: string) => ({ ...createSigningKey(kid).jwk, kid });
  const [before, after] = [jwkOf('ins_a'), jwkOf('ins_b')];
  backend.answer = { jwks: { keys: [before] } };
  await startProcess().fetch();
  clock.advance(2 * MINUTE);
  backend.answer = { jwks: { keys: [before, after] } };
  const shared = startProcess();
  const keySet = new RemoteKeySet((kid) => shared.fetch(kid), clock.now);
  const found = await Promise.all(['ins_a', 'ins_b', 'ins_b', 'ins_evil'].map((kid) => keySet.resolve(kid)));
  expect(found.map((key) => key instanceof Refusal)).toEqual([false, false, false, true]);
  expect(backend.calls).toBe(2);
  // What is unknown now is unknown to the backend: it is not asked again.
  expect(keySet.resolve('ins_other')).toBeInstanceOf(Refusal);
  expect(backend.calls).toBe(2);
});

it('serves the keys of a RemoteKeySet', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  backend.answer = {
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'ins_a', use: 'sig', alg: 'RS256' }] },
  };
  for (let i = 0; i < 3; i++) {
    const shared = startProcess();
    const keySet = new RemoteKeySet((...wanted: unknown[]) => shared.fetch(wanted[0] as string | undefined), clock.now);
    expect(await keySet.resolve('ins_a')).toHaveProperty('algorithm', 'RS256');
  }
  expect(backend.calls).toBe(1);
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
}
