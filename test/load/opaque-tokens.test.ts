import { describe, expect, test } from 'vitest';
import { json } from '../support/loopback-server.ts';
import { atOnce, createRig } from './support.ts';

describe('SC-122 denial of wallet', () => {
  test('100,000 tokens of impossible shapes never leave the process', async () => {
    const rig = await createRig();
    const shapes = (i: number) => [
      `ak_.${i}`,
      `mt_`,
      `oat_é${i}`,
      `ak_<${i}>`,
      `mt_${i}/../users`,
      `oat_${'x'.repeat(600)}`,
      'ak_\0\0\0\0',
    ];
    const reject = async (i: number) => {
      const token = shapes(i)[i % 7] as string;
      const headers = {
        get: (name: string) => (name === 'authorization' ? `Bearer ${token}` : null),
        forEach: () => {},
      };
      const request = { method: 'GET', url: 'https://app.example.com/', headers };
      return (await rig.authenticator.authenticateRequest(request, { acceptsToken: 'any' })).reason;
    };
    for (let i = 0; i < 100_000; i++) expect(await reject(i)).toBe('token-invalid');
    expect(rig.server.requests).toHaveLength(0);
  });

  test.each(['lazy', 'off'] as const)("machineTokens: '%s' asks about none of them", async (machineTokens) => {
    const rig = await createRig({ options: { machineTokens } });
    await atOnce(2_000, (i) => rig.ask(`ak_madeup${i}`));
    expect(rig.server.requests).toHaveLength(0);
  });

  test('of possible ones only so many are asked about at one time', async () => {
    let open = 0;
    let most = 0;
    const rig = await createRig({
      options: { concurrentVerifications: 20, timeoutMs: 5_000 },
      handler: (request, response, call) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          json({ errors: [] }, 404)(request, response, call);
        }, 20);
      },
    });
    const outcomes = await atOnce(2_000, (i) => rig.ask(`ak_madeup${i}`));
    expect(most).toBeLessThanOrEqual(20);
    expect(rig.server.requests).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === 'token-invalid')).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === 'unexpected-error')).toHaveLength(1_980);
    expect(await rig.ask('ak_afterwards')).toBe('token-invalid');
  });

  test('SC-048 an invalid one that is remembered is asked about once', async () => {
    const rig = await createRig({
      handler: json({ errors: [] }, 404),
      options: { cache: { opaqueTokenNegativeTtlMs: 1_000 } },
    });
    for (let i = 0; i < 200; i++) await rig.ask('ak_0123456789');
    expect(rig.server.requests).toHaveLength(1);
  });
});

test('500 concurrent verifications of one API key are one call', async () => {
  const rig = await createRig();
  expect(new Set(await atOnce(500, () => rig.ask('ak_0123456789')))).toEqual(new Set(['signed-in']));
  expect(rig.server.requests).toHaveLength(1);
});

test('a backend that hangs costs each caller no more than the timeout', async () => {
  const rig = await createRig({ handler: () => {}, options: { timeoutMs: 300 } });
  const start = performance.now();
  expect(new Set(await atOnce(100, (i) => rig.ask(`ak_012345${i}`)))).toEqual(new Set(['unexpected-error']));
  expect(performance.now() - start).toBeLessThan(5_000);
  await expect.poll(() => rig.server.unanswered).toBe(0);
});
