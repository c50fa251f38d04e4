import { describe, expect, test } from 'vitest';
import { json } from '../support/loopback-server.ts';
import { createSigningKey } from '../support/signing-key.ts';
import { atOnce, backendOf, createRig } from './support.ts';

describe('SC-036 a cold start', () => {
  test('500 different sessions at once are one call', async () => {
    const rig = await createRig();
    const tokens = Array.from({ length: 500 }, (_, i) => rig.session({ sub: `user_${i}` }));
    const outcomes = await atOnce(500, (i) => rig.ask(tokens[i] as string));
    expect(new Set(outcomes)).toEqual(new Set(['signed-in']));
    expect(rig.server.requests).toHaveLength(1);
  });

  test('500 at once while the first answers are failures are as many calls as one fetch makes', async () => {
    const key = createSigningKey('ins_1');
    const rig = await createRig({
      key,
      handler: (request, response, call) =>
        call < 3 ? json({}, 503)(request, response, call) : backendOf(key)(request, response, call),
    });
    const token = rig.session();
    expect(new Set(await atOnce(500, () => rig.ask(token)))).toEqual(new Set(['signed-in']));
    expect(rig.server.requests).toHaveLength(3);
  });
});

describe('SC-035 a flood of unknown kids', () => {
  test('10,000 one after the other, on a cold start, are one call', async () => {
    const rig = await createRig();
    const [head = '', payload = '', signature = ''] = rig.session().split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
    for (let i = 0; i < 10_000; i++) {
      const forged = Buffer.from(JSON.stringify({ ...header, kid: `unknown_${i}` })).toString('base64url');
      expect(await rig.ask(`${forged}.${payload}.${signature}`)).toBe('jwk-kid-mismatch');
    }
    expect(rig.calls('/jwks')).toBe(1);
  });

  test('500 at once on a warm set are at most one call in a cooldown, and known kids are not delayed', async () => {
    const rig = await createRig();
    const known = rig.session();
    expect(await rig.ask(known)).toBe('signed-in');
    const unknown = Array.from({ length: 500 }, (_, i) => rig.session({}, { kid: `unknown_${i}` }));
    let answered = false;
    const flood = atOnce(500, (i) => rig.ask(unknown[i] as string)).finally(() => {
      answered = true;
    });
    expect(await rig.ask(known)).toBe('signed-in');
    expect(answered).toBe(false);
    expect(new Set(await flood)).toEqual(new Set(['jwk-kid-mismatch']));
    expect(rig.calls('/jwks')).toBe(2);
    rig.clock.advance(29_999);
    await atOnce(500, (i) => rig.ask(unknown[i] as string));
    expect(rig.calls('/jwks')).toBe(2);
    rig.clock.advance(1);
    await atOnce(500, (i) => rig.ask(unknown[i] as string));
    expect(rig.calls('/jwks')).toBe(3);
  });

  test('an hour of it costs one call a cooldown, and a rotation is found within one', async () => {
    const [key, next] = [createSigningKey('ins_1'), createSigningKey('ins_2')];
    const rig = await createRig({ key });
    expect(await rig.ask(rig.session())).toBe('signed-in');
    const unknown = Array.from({ length: 20 }, (_, i) => rig.session({}, { kid: `unknown_${i}` }));
    const rotated = next.sign({ sub: 'user_2', iat: rig.clock.seconds, exp: rig.clock.seconds + 86_400 });
    for (let second = 0; second < 3_600; second += 10) {
      if (second === 1_800) rig.server.answer(json({ keys: [key.jwk, next.jwk] }));
      await atOnce(20, (i) => rig.ask(unknown[i] as string));
      if (second === 1_830) expect(await rig.ask(rotated)).toBe('signed-in');
      rig.clock.advance(10_000);
    }
    expect(rig.calls('/jwks')).toBeLessThanOrEqual(1 + 3_600 / 30);
  });
});

describe('SC-039 SC-040 a backend that hangs', () => {
  test('costs a cold caller no more than the budget, however many there are', async () => {
    const rig = await createRig({ handler: () => {} });
    const token = rig.session();
    const start = performance.now();
    expect(new Set(await atOnce(200, () => rig.ask(token)))).toEqual(new Set(['jwk-remote-failed-to-load']));
    expect(performance.now() - start).toBeLessThan(6_000);
    expect(rig.server.requests.length).toBeLessThanOrEqual(3);
    await expect.poll(() => rig.server.unanswered).toBe(0);
  });

  test('costs a warm caller nothing', async () => {
    const rig = await createRig();
    const token = rig.session();
    await rig.ask(token);
    rig.server.answer(() => {});
    rig.clock.advance(10 * 60_000);
    const start = performance.now();
    expect(new Set(await atOnce(500, () => rig.ask(token)))).toEqual(new Set(['signed-in']));
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

describe('SC-043 two instances in one process', () => {
  const [key, twin] = [createSigningKey('ins_same'), createSigningKey('ins_same')];

  test.each(['key set', 'PEM', 'one of each'])(
    "with the same kid never take each other's tokens, whoever comes first: %s",
    async (source) => {
      const a = await createRig({ key, ...(source !== 'key set' && { options: { jwtKey: key.publicPem } }) });
      const b = await createRig({ key: twin, ...(source === 'PEM' && { options: { jwtKey: twin.publicPem } }) });
      const cells = [
        [a, a.session(), 'signed-in'],
        [b, a.session(), 'token-invalid-signature'],
        [b, b.session(), 'signed-in'],
        [a, b.session(), 'token-invalid-signature'],
      ] as const;
      for (const order of [cells, [...cells].reverse(), [cells[1], cells[0], cells[3], cells[2]]] as const) {
        for (const [rig, token, expected] of order) expect(await rig.ask(token)).toBe(expected);
      }
      const together = await atOnce(400, (i) => {
        const [rig, token] = cells[i % 4] as (typeof cells)[number];
        return rig.ask(token);
      });
      together.forEach((outcome, i) => {
        expect(outcome).toBe(cells[i % 4]?.[2]);
      });
    },
  );

  test('an API key known to one is not known to the other', async () => {
    const cache = { opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 60_000 };
    const a = await createRig({ options: { cache } });
    const b = await createRig({ handler: json({ errors: [] }, 404), options: { cache } });
    for (let round = 0; round < 2; round++) {
      expect(await a.ask('ak_0123456789')).toBe('signed-in');
      expect(await b.ask('ak_0123456789')).toBe('token-invalid');
    }
  });
});
