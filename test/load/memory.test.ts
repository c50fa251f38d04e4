import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AuthenticatorCache } from '@keystile/core/adapter';
import { expect, test } from 'vitest';
import { createRig, publishableKey } from './support.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heap = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};
const MB = 1024 * 1024;

test('SC-047 tens of thousands of invalid tokens leave nothing behind', async () => {
  const rig = await createRig();
  const valid = rig.session();
  await rig.ask(valid);
  const [header, payload] = valid.split('.') as [string, string];
  const flood = async (count: number, seed: number) => {
    for (let i = 0; i < count; i++) await rig.ask(`${header}.${payload}.${seed}x${i}AAAA`);
  };
  await flood(2_000, 1);
  const before = heap();
  await flood(10_000, 2);
  expect(heap() - before).toBeLessThan(3 * MB);
});

test('SC-123 traffic of every kind leaves the heap and the handles flat', async () => {
  const rig = await createRig({
    options: {
      cache: { verifiedTokens: 50, opaqueTokens: 50, opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 60_000 },
    },
  });
  const sessions = Array.from({ length: 150 }, (_, i) => rig.session({ sub: `user_${i}` }));
  const round = async (seed: number) => {
    for (let i = 0; i < 150; i++) {
      await Promise.all([
        rig.ask(sessions[i] as string),
        rig.ask(`${sessions[i]?.slice(0, -5)}AAAAA`),
        rig.ask(rig.session({}, { kid: `k${seed}${i}` })),
        rig.ask('garbage'),
        i % 20 === 0 ? rig.ask(`ak_${seed}${i}aaaa`) : undefined,
      ]);
    }
    rig.clock.advance(60_000);
  };
  await round(1);
  await round(2);
  const [memory, handles] = [heap(), process.getActiveResourcesInfo().length];
  for (let i = 3; i < 8; i++) await round(i);
  expect(heap() - memory).toBeLessThan(8 * MB);
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles + 3);
});

test('SC-044 thousands of tenants, one after the other, keep no more than the bound', () => {
  const cache = new AuthenticatorCache(200);
  const options = (i: number) => ({ publishableKey, secretKey: `sk_live_${i}` });
  const visit = (from: number, to: number) => {
    for (let i = from; i < to; i++) expect(cache.get(options(i), {}).config.secretKey).toBe(`sk_live_${i}`);
  };
  visit(0, 400);
  const before = heap();
  visit(400, 4_000);
  expect(heap() - before).toBeLessThan(4 * MB);
  visit(0, 1);
});
