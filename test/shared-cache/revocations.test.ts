import { beforeEach, describe, expect, it } from 'vitest';
import { Revocations } from '../../packages/core/src/shared-cache/revocations.ts';
import { SharedVerdicts } from '../../packages/core/src/shared-cache/shared-verdicts.ts';
import type { ApiKeyIdentity } from '../../packages/core/src/tokens/machine-identity.ts';
import { readPresentedToken } from '../../packages/core/src/tokens/presented-token.ts';
import { MachineRefusal } from '../../packages/core/src/tokens/verify-machine-token.ts';
import { Clock } from '../support/clock.ts';
import { type Fault, FaultCache } from './support/fault-cache.ts';
import { openEntries } from './support/open-entries.ts';

const HOUR = 3_600_000;
let clock: Clock;
let cache: FaultCache;
beforeEach(() => {
  clock = new Clock();
  cache = new FaultCache(clock.now);
});

/** One process of the fleet. */
function startProcess(scope = {}) {
  const entries = openEntries(cache, clock, scope);
  const revocations = new Revocations(entries, { now: clock.now });
  return { revocations, verdicts: new SharedVerdicts(entries, revocations) };
}

describe('SC-083 what one process revokes', () => {
  it('is revoked for all of them with the next question, for as long as it must', async () => {
    const [first, second] = [startProcess(), startProcess()];
    expect(await second.revocations.check(['sess_1', 'user_1'])).toBe('valid');
    await first.revocations.revoke('sess_1');
    for (const { revocations } of [first, second, startProcess()]) {
      expect(await revocations.check(['sess_1', 'user_1'])).toBe('revoked');
      expect(await revocations.check(['user_1', 'sess_1'])).toBe('revoked');
      expect(await revocations.check(['sess_2'])).toBe('valid');
    }
    clock.advance(HOUR - 1);
    expect(await second.revocations.check(['sess_1'])).toBe('revoked');
    clock.advance(1);
    expect(await first.revocations.check(['sess_1'])).toBe('valid');
    expect(await second.revocations.check(['sess_1'])).toBe('valid');
  });

  it('means nothing to another tenant', async () => {
    await startProcess().revocations.revoke('user_1');
    expect(await startProcess({ secretKey: 'sk_test_two' }).revocations.check(['user_1'])).toBe('valid');
  });

  it('works in one process without a shared cache, bounded', async () => {
    const revocations = new Revocations(undefined, { now: clock.now, max: 2 });
    for (const id of ['a', 'b', 'c']) await revocations.revoke(id);
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => revocations.check([id])))).toEqual([
      'valid',
      'revoked',
      'revoked',
      'valid',
    ]);
    expect(await revocations.check([])).toBe('valid');
  });

  it.each<Fault>(['hang', 'reject', 'throw'])(
    'SC-049 with the cache gone (%s) is told to whoever revokes, and stands here',
    async (fault) => {
      cache.fault = fault;
      const { revocations } = startProcess();
      await expect(revocations.revoke('sess_1')).rejects.toMatchObject({
        code: 'shared-cache-unreachable',
        status: 503,
      });
      expect(await revocations.check(['sess_1'])).toBe('revoked');
      expect(await revocations.check(['sess_2'])).toBe('unknown');
    },
  );

  it('SC-049 is not taken back by a cache that lies: what cannot be believed is unknown', async () => {
    await startProcess().revocations.revoke('sess_1');
    cache.tamper(() => 'garbage');
    expect(await startProcess().revocations.check(['sess_1'])).toBe('unknown');
    expect(await startProcess().revocations.check(['sess_1', 'sess_2'])).toBe('unknown');
  });
});

const TOKEN = readPresentedToken('ak_canary0123456789');
const IDENTITY: ApiKeyIdentity = {
  tokenType: 'api_key',
  id: 'ak_id_1',
  subject: 'user_1',
  scopes: ['a'],
  expiration: null,
  name: 'key',
  claims: { __proto__: 1, nested: { a: [1] } } as unknown as Record<string, unknown>,
};

describe('SC-048 a verdict on an opaque token', () => {
  it('is shared for its time', async () => {
    await startProcess().verdicts.remember(TOKEN, IDENTITY, 1000);
    clock.advance(999);
    const recalled = await startProcess().verdicts.recall(TOKEN);
    expect(recalled).toEqual(IDENTITY);
    clock.advance(1);
    expect(await startProcess().verdicts.recall(TOKEN)).toBeUndefined();
  });

  it('cannot be changed by who gets it', async () => {
    await startProcess().verdicts.remember(TOKEN, IDENTITY, 1000);
    const recalled = (await startProcess().verdicts.recall(TOKEN)) as ApiKeyIdentity;
    expect(() => Object.assign(recalled, { subject: 'user_2' })).toThrow(TypeError);
    expect(Object.isFrozen(recalled.claims?.nested)).toBe(true);
  });

  it('is for this token, type and tenant alone', async () => {
    await startProcess().verdicts.remember(TOKEN, IDENTITY, 1000);
    const { verdicts } = startProcess();
    expect(await verdicts.recall(readPresentedToken(`${TOKEN.text}0`))).toBeUndefined();
    expect(await verdicts.recall({ ...TOKEN, type: 'm2m_token' })).toBeUndefined();
    expect(await startProcess({ secretKey: 'sk_test_two' }).verdicts.recall(TOKEN)).toBeUndefined();
  });

  it.each([
    ['token-invalid', true],
    ['unexpected-error', false],
    ['secret-key-invalid', false],
    ['token-verification-failed', false],
  ] as const)('that refuses as %s is shared: %j', async (code, isShared) => {
    await startProcess().verdicts.remember(TOKEN, new MachineRefusal(code, 'No.', 404), 1000);
    const recalled = await startProcess().verdicts.recall(TOKEN);
    expect(recalled).toEqual(isShared ? new MachineRefusal('token-invalid', 'No.', 404) : undefined);
    expect(recalled instanceof MachineRefusal).toBe(isShared);
  });

  it.each([0, -1])('with %d ms to live is not shared', async (ttlMs) => {
    await startProcess().verdicts.remember(TOKEN, IDENTITY, ttlMs);
    expect(cache.asked).toEqual([]);
  });

  it('does not survive a revocation, even if it is written after it', async () => {
    const [asking, revoking] = [startProcess(), startProcess()];
    await revoking.revocations.revoke(IDENTITY.id);
    await asking.verdicts.remember(TOKEN, IDENTITY, 1000);
    for (const { verdicts } of [asking, revoking, startProcess()]) expect(await verdicts.recall(TOKEN)).toBeUndefined();
  });

  it.each<Fault>(['hang', 'reject', 'throw', 'garbage', 'empty'])(
    'SC-049 is asked for anew when the cache does: %s',
    async (fault) => {
      await startProcess().verdicts.remember(TOKEN, IDENTITY, 1000);
      cache.fault = fault;
      expect(await startProcess().verdicts.recall(TOKEN)).toBeUndefined();
    },
  );

  it('SC-049 is not used while nobody can say whether it was revoked', async () => {
    const { verdicts } = startProcess();
    await verdicts.remember(TOKEN, IDENTITY, 1000);
    const get = cache.get.bind(cache);
    cache.get = async (key) => (key.includes('revoked') ? Promise.reject(new Error('gone')) : get(key));
    expect(await verdicts.recall(TOKEN)).toBeUndefined();
  });
});
