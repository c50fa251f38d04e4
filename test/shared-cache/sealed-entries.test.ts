import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CacheScope } from '../../packages/core/src/shared-cache/cache-seal.ts';
import { Clock } from '../support/clock.ts';
import { type Fault, FaultCache } from './support/fault-cache.ts';
import { openEntries } from './support/open-entries.ts';

let clock: Clock;
let cache: FaultCache;
beforeEach(() => {
  clock = new Clock();
  cache = new FaultCache(clock.now);
});

const VALUE = { keys: [{ kid: 'ins_1' }], text: 'ä.b\n' };

describe('what one process wrote', () => {
  it('another of the same scope reads', async () => {
    expect(await openEntries(cache, clock).write('jwks', 'x', VALUE, 1000)).toBe(true);
    clock.advance(999);
    expect(await openEntries(cache, clock).read('jwks', 'x')).toEqual({
      state: 'found',
      value: VALUE,
      writtenAt: clock.time - 999,
    });
  });

  it('is gone when its time is over, whatever the cache makes of it', async () => {
    await openEntries(cache, clock).write('jwks', 'x', VALUE, 1000);
    const [[key, entry] = ['', { value: '', until: 0 }]] = cache.entries;
    cache.entries.set(key, { ...entry, until: Number.POSITIVE_INFINITY });
    clock.advance(1000);
    expect(await openEntries(cache, clock).read('jwks', 'x')).toEqual({ state: 'absent' });
  });

  it('is gone when it is removed', async () => {
    const entries = openEntries(cache, clock);
    await entries.write('jwks', 'x', VALUE, 1000);
    expect(await entries.remove('jwks', 'x')).toBe(true);
    expect(await entries.read('jwks', 'x')).toEqual({ state: 'absent' });
  });

  it('does not count when it comes from a clock far ahead', async () => {
    await openEntries(cache, clock).write('jwks', 'x', VALUE, 3_600_000);
    clock.advance(-60_001);
    expect(await openEntries(cache, clock).read('jwks', 'x')).toEqual({ state: 'unusable' });
    clock.advance(1);
    expect(await openEntries(cache, clock).read('jwks', 'x')).toMatchObject({ state: 'found' });
  });

  it('shows neither the secret nor what it is about', async () => {
    await openEntries(cache, clock).write('opaque', 'api_key\nak_canary', { a: 1 }, 1000);
    const [[key, { value }] = ['', { value: '' }]] = cache.entries;
    expect(key).toMatch(/^1:opaque:[A-Za-z0-9+/]{43}=$/);
    expect(`${key} ${value}`).not.toContain('canary');
  });
});

describe('SC-043 SC-049 another scope', () => {
  it.each<[string, Partial<CacheScope>]>([
    ['secret key', { secretKey: 'sk_test_canary_two' }],
    ['machine secret', { machineSecretKey: 'ak_machine' }],
    ['URL', { apiUrl: 'https://other.test' }],
    ['version', { apiVersion: 'v2' }],
    ['shift of the same letters', { secretKey: 'sk_test_canary', machineSecretKey: '_one' }],
  ])('by its %s finds nothing, and believes nothing under its own names', async (_label, scope) => {
    const ours = openEntries(cache, clock);
    const theirs = openEntries(cache, clock, scope);
    await ours.write('jwks', 'x', VALUE, 1000);
    expect(await theirs.read('jwks', 'x')).toEqual({ state: 'absent' });
    // Even if somebody copies the entry to where they look for theirs.
    const [ourEntry] = cache.entries.values();
    await theirs.write('jwks', 'x', 1, 1000);
    cache.tamper(() => ourEntry?.value ?? '');
    expect(await theirs.read('jwks', 'x')).toEqual({ state: 'unusable' });
    expect(await ours.read('jwks', 'x')).toMatchObject({ state: 'found', value: VALUE });
  });
});

describe('SC-049 a cache that lies', () => {
  it.each([
    ['garbage', () => 'garbage'],
    ['nothing at all', () => ''],
    ['a MAC alone', (value: string) => value.slice(0, 44)],
    ['no MAC', (value: string) => value.slice(45)],
    ['another MAC', (value: string) => `${'A'.repeat(43)}=${value.slice(44)}`],
    ['a MAC that is no base64', (value: string) => `${'*'.repeat(44)}${value.slice(44)}`],
    ['a later end', (value: string) => value.replace(/,\d+,/, ',9999999999999,')],
    ['more behind', (value: string) => `${value} `],
    ['another text', (value: string) => value.replace('ins_1', 'ins_2')],
    ['a longer text than is looked at', (value: string) => value + ' '.repeat(1024 * 1024)],
    ['a text of an older format', () => '{"v":0,"keys":[]}'],
  ])('%s is not believed', async (_label, change) => {
    await openEntries(cache, clock).write('jwks', 'x', VALUE, 1000);
    cache.tamper(change);
    expect(await openEntries(cache, clock).read('jwks', 'x')).toEqual({ state: 'unusable' });
  });

  it('an entry of one name is not believed under another', async () => {
    const entries = openEntries(cache, clock);
    await entries.write('opaque', 'token one', { id: 'one' }, 1000);
    const [stolen] = cache.entries.values();
    await entries.write('opaque', 'token two', { id: 'two' }, 1000);
    cache.tamper(() => stolen?.value ?? '');
    expect(await entries.read('opaque', 'token two')).toEqual({ state: 'unusable' });
    expect(await entries.read('opaque', 'token one')).toMatchObject({ value: { id: 'one' } });
    expect(await entries.read('jwks', 'token one')).toEqual({ state: 'absent' });
  });

  it('one changed letter anywhere is enough', async () => {
    const entries = openEntries(cache, clock);
    await entries.write('jwks', 'x', VALUE, 1000);
    const [original = { value: '' }] = cache.entries.values();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: original.value.length - 1 }),
        fc.integer({ min: 32, max: 126 }),
        async (at, code) => {
          const changed = original.value.slice(0, at) + String.fromCharCode(code) + original.value.slice(at + 1);
          cache.tamper(() => changed);
          const lookup = await entries.read('jwks', 'x');
          // The last letters of base64 have several spellings of the same bytes: the MAC itself is the same then.
          expect(
            lookup.state === 'unusable' ||
              (lookup.state === 'found' && JSON.stringify(lookup.value) === JSON.stringify(VALUE)),
          ).toBe(true);
          if (at > 44) expect(lookup.state === 'found').toBe(changed === original.value);
        },
      ),
    );
  });

  it.each([7, {}, [], true, Buffer.from('x')])('what is no text (%j) is not believed', async (garbage) => {
    cache.fault = 'garbage';
    cache.garbage = garbage;
    expect(await openEntries(cache, clock).read('jwks', 'x')).toEqual({ state: 'unusable' });
  });
});

describe('SC-049 a cache that is gone', () => {
  it.each<Fault>(['hang', 'reject', 'throw'])(
    '%s: nothing is found, nothing rejects, one wait is all',
    async (fault) => {
      const warnings: string[] = [];
      const entries = openEntries(cache, clock, {}, (message) => warnings.push(message));
      cache.fault = fault;
      expect(await entries.read('jwks', 'x')).toEqual({ state: 'unusable' });
      for (let i = 0; i < 100; i++) expect(await entries.read('jwks', 'x')).toEqual({ state: 'unusable' });
      expect(await entries.write('jwks', 'x', VALUE, 1000)).toBe(false);
      expect(cache.asked).toEqual(['get']);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).not.toContain('canary');
    },
  );

  it('is tried again after a pause, by one caller first', async () => {
    const warnings: string[] = [];
    const entries = openEntries(cache, clock, {}, (message) => warnings.push(message));
    cache.fault = 'hang';
    await entries.read('jwks', 'x');
    clock.advance(1000);
    await Promise.all(Array.from({ length: 50 }, () => entries.read('jwks', 'x')));
    expect(cache.asked).toEqual(['get', 'get']);
    cache.fault = 'none';
    clock.advance(1000);
    expect(await entries.read('jwks', 'x')).toEqual({ state: 'absent' });
    expect(await entries.read('jwks', 'x')).toEqual({ state: 'absent' });
    expect(cache.asked).toHaveLength(4);
    expect(warnings).toHaveLength(1);
  });

  it('what must not be left out is tried even in the pause', async () => {
    const entries = openEntries(cache, clock);
    cache.fault = 'reject';
    await entries.read('jwks', 'x');
    cache.fault = 'none';
    expect(await entries.insist('revoked', 'sess_1', true, 1000)).toBe(true);
    expect(await entries.read('revoked', 'sess_1')).toMatchObject({ state: 'found' });
  });

  it('a clock that is set back does not make the pause endless', async () => {
    const entries = openEntries(cache, clock);
    cache.fault = 'reject';
    await entries.read('jwks', 'x');
    cache.fault = 'none';
    clock.advance(-3_600_000);
    expect(await entries.read('jwks', 'x')).toEqual({ state: 'absent' });
  });
});
