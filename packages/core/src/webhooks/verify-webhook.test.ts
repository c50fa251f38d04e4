import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryReplayGuard } from './replay-guard.ts';
import { type VerifyWebhookOptions, verifyWebhook } from './verify-webhook.ts';
import { WebhookVerificationError } from './webhook-verification-error.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const SECONDS = NOW / 1000;
const KEY = Buffer.from('an endpoint secret of some length');
const SECRET = `whsec_${KEY.toString('base64')}`;
const EVENT = {
  type: 'user.created',
  object: 'event',
  data: { id: 'user_1', first_name: 'Zoë' },
  event_attributes: { http_request: { client_ip: '192.0.2.1', user_agent: 'test' } },
  timestamp: NOW,
  instance_id: 'ins_1',
};
const BODY = JSON.stringify(EVENT);

/** Signs by Node's own HMAC, so that the library is held against something. */
function sign(
  body: string | Uint8Array = BODY,
  { id = 'msg_1', timestamp = `${SECONDS}`, key = KEY as Uint8Array } = {},
): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

interface Delivery {
  readonly body?: unknown;
  readonly headers?: Record<string, string | undefined>;
}

function deliver({ body = BODY, headers = {} }: Delivery = {}, options: VerifyWebhookOptions = {}) {
  const all = { 'svix-id': 'msg_1', 'svix-timestamp': `${SECONDS}`, 'svix-signature': sign(), ...headers };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  return verifyWebhook({ body: body as string, headers: given }, { signingSecret: SECRET, now: () => NOW, ...options });
}

async function codeOf(verification: Promise<unknown>): Promise<string> {
  return verification.then(
    () => 'verified',
    (error: unknown) => (error instanceof WebhookVerificationError ? error.code : `${error}`),
  );
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what a verified webhook gives', () => {
  it('is the envelope, without members that no one knows', async () => {
    const body = JSON.stringify({ ...EVENT, object: 'something', stray: 1, __proto__: { admin: true } });
    const event = await deliver({ body, headers: { 'svix-signature': sign(body) } });
    expect(event).toStrictEqual(EVENT);
  });

  it('lets types pass that are not known yet', async () => {
    const body = JSON.stringify({ type: 'comet.sighted', data: [1] });
    const event = await deliver({ body, headers: { 'svix-signature': sign(body) } });
    expect(String(event.type)).toBe('comet.sighted');
    expect(event.data).toEqual([1]);
    expect(event.object).toBe('event');
  });

  it.each([
    [
      'a Request',
      () => new Request('https://app.test/hook', { method: 'POST', body: BODY, headers: standardHeaders() }),
    ],
    ['text and a record', () => ({ body: BODY, headers: standardHeaders() })],
    ['bytes and Headers', () => ({ body: new TextEncoder().encode(BODY), headers: new Headers(standardHeaders()) })],
    [
      'a Buffer and Node’s headers',
      () => ({ body: Buffer.from(BODY), headers: { ...standardHeaders(), cookie: ['a', 'b'] } }),
    ],
    [
      'names in capitals',
      () => ({
        body: BODY,
        headers: { 'Webhook-ID': 'msg_1', 'WEBHOOK-TIMESTAMP': `${SECONDS}`, 'Webhook-Signature': sign() },
      }),
    ],
  ])('§17 W4 takes %s', async (_label, input) => {
    expect(await verifyWebhook(input(), { signingSecret: SECRET, now: () => NOW })).toEqual(EVENT);
  });

  it('§17 W1 prefers svix-* to webhook-*', async () => {
    const headers = { ...standardHeaders(), 'webhook-signature': 'v1,AAAA' };
    expect(await codeOf(deliver({ headers }))).toBe('verified');
    expect(await codeOf(deliver({ headers: { ...headers, 'svix-signature': undefined } }))).toBe('signature-mismatch');
  });

  it('reads the secret from the environment if none is passed', async () => {
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', SECRET);
    expect(await codeOf(deliver({}, { signingSecret: undefined }))).toBe('verified');
    expect(await codeOf(deliver({}, { signingSecret: 'whsec_b3RoZXI=' }))).toBe('signature-mismatch');
  });
});

function standardHeaders(): Record<string, string> {
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': `${SECONDS}`, 'webhook-signature': sign() };
}

describe('SC-115 signature header', () => {
  const good = sign();
  const bare = good.slice('v1,'.length);
  const wrong = sign('other');
  it.each([
    [undefined, 'headers-missing'],
    ['', 'headers-missing'],
    ['  ', 'headers-missing'],
    ['v1', 'signature-mismatch'],
    ['v1,', 'signature-mismatch'],
    [',', 'signature-mismatch'],
    [bare, 'signature-mismatch'],
    [`v2,${bare}`, 'signature-mismatch'],
    [`v1a,${bare}`, 'signature-mismatch'],
    [`V1,${bare}`, 'signature-mismatch'],
    [`v1, ${bare}`, 'signature-mismatch'],
    [`v1,${bare},`, 'signature-mismatch'],
    [`v1,${bare.toLowerCase()}`, 'signature-mismatch'],
    [`v1,${bare.replace('=', '')}`, 'signature-mismatch'],
    [`v1,${bare.replaceAll('+', '-').replaceAll('/', '_')}=`, 'signature-mismatch'],
    [good.slice(0, -1), 'signature-mismatch'],
    [wrong, 'signature-mismatch'],
    [`${wrong}${good}`, 'signature-mismatch'],
    [good, 'verified'],
    [` ${good} `, 'verified'],
    [`${wrong} ${good}`, 'verified'],
    [`${good} ${wrong}`, 'verified'],
    [`v2,${bare}  ${good}`, 'verified'],
  ])('%j -> %s', async (signature, code) => {
    expect(await codeOf(deliver({ headers: { 'svix-signature': signature } }))).toBe(code);
  });

  it('stops after 16 candidates', async () => {
    const fifteen = `${`${wrong} `.repeat(15)}${good}`;
    expect(await codeOf(deliver({ headers: { 'svix-signature': fifteen } }))).toBe('verified');
    const tenThousand = `${`${wrong} `.repeat(10_000)}${good}`;
    expect(await codeOf(deliver({ headers: { 'svix-signature': tenThousand } }))).toBe('signature-mismatch');
  });

  it('passes nothing but the signature of these bytes, id and time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('id', 'timestamp', 'body', 'signature'),
        fc.nat(),
        fc.nat({ max: 255 }),
        async (part, at, by) => {
          const texts = { id: 'msg_1', timestamp: `${SECONDS}`, body: BODY, signature: sign() };
          const text = texts[part as keyof typeof texts];
          const index = at % text.length;
          texts[part as keyof typeof texts] = text.slice(0, index) + String.fromCharCode(by) + text.slice(index + 1);
          const headers = { 'svix-id': texts.id, 'svix-timestamp': texts.timestamp, 'svix-signature': texts.signature };
          const code = await codeOf(deliver({ body: texts.body, headers }));
          const isSame = text.charCodeAt(index) === by;
          // Blanks around a header's value do not count.
          const isTrimmed = part === 'signature' && index === text.length - 1 && String.fromCharCode(by).trim() === '';
          expect(code === 'verified').toBe(isSame && !isTrimmed);
        },
      ),
    );
  });
});

describe('SC-116 time', () => {
  it.each([
    [`${SECONDS - 299}`, 'verified'],
    [`${SECONDS - 300}`, 'verified'],
    [`${SECONDS - 301}`, 'timestamp-too-old'],
    [`${SECONDS + 299}`, 'verified'],
    [`${SECONDS + 300}`, 'verified'],
    [`${SECONDS + 301}`, 'timestamp-too-new'],
    ['1e9', 'headers-invalid'],
    ['NaN', 'headers-invalid'],
    ['Infinity', 'headers-invalid'],
    ['0x69a42bc0', 'headers-invalid'],
    [`${SECONDS}x`, 'headers-invalid'],
    [`+${SECONDS}`, 'headers-invalid'],
    [new Date(NOW).toISOString(), 'headers-invalid'],
    ['9'.repeat(400), 'headers-invalid'],
    ['-1', 'timestamp-too-old'],
    [`${NOW}`, 'timestamp-too-new'],
    ['', 'headers-missing'],
  ])('timestamp %j -> %s', async (timestamp, code) => {
    const headers = { 'svix-timestamp': timestamp, 'svix-signature': sign(BODY, { timestamp }) };
    expect(await codeOf(deliver({ headers }))).toBe(code);
  });

  it('signs whole seconds and drops a fraction', async () => {
    expect(await codeOf(deliver({ headers: { 'svix-timestamp': `${SECONDS}.75` } }))).toBe('verified');
    const signature = sign(BODY, { timestamp: `${SECONDS}.75` });
    expect(await codeOf(deliver({ headers: { 'svix-timestamp': `${SECONDS}.75`, 'svix-signature': signature } }))).toBe(
      'signature-mismatch',
    );
  });

  it('takes another tolerance, down to none', async () => {
    const headers = {
      'svix-timestamp': `${SECONDS - 1}`,
      'svix-signature': sign(BODY, { timestamp: `${SECONDS - 1}` }),
    };
    expect(await codeOf(deliver({ headers }, { toleranceSeconds: 1 }))).toBe('verified');
    expect(await codeOf(deliver({ headers }, { toleranceSeconds: 0 }))).toBe('timestamp-too-old');
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'refuses a tolerance of %d, which would switch the check off',
    async (toleranceSeconds) => {
      await expect(deliver({}, { toleranceSeconds })).rejects.toMatchObject({
        code: 'configuration-invalid',
        option: 'toleranceSeconds',
      });
    },
  );
});

describe('SC-116 replay', () => {
  it('without a guard, the same delivery passes twice', async () => {
    expect([await codeOf(deliver()), await codeOf(deliver())]).toEqual(['verified', 'verified']);
  });

  it('with one, it passes once; a new attempt at the same message passes', async () => {
    const replayGuard = createMemoryReplayGuard({ now: () => NOW });
    expect(await codeOf(deliver({}, { replayGuard }))).toBe('verified');
    expect(await codeOf(deliver({}, { replayGuard }))).toBe('replayed');
    const timestamp = `${SECONDS + 5}`;
    const again = { 'svix-timestamp': timestamp, 'svix-signature': sign(BODY, { timestamp }) };
    expect(await codeOf(deliver({ headers: again }, { replayGuard }))).toBe('verified');
  });

  it('lets one of several at once pass', async () => {
    const replayGuard = createMemoryReplayGuard({ now: () => NOW });
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(deliver({}, { replayGuard }))));
    expect(codes.filter((code) => code === 'verified')).toHaveLength(1);
  });

  it('remembers for as long as the delivery is fresh, and asks only about what verified', async () => {
    const asked: [string, number][] = [];
    const replayGuard = {
      seen: (delivery: string, untilMs: number) => {
        asked.push([delivery, untilMs]);
        return false;
      },
    };
    await codeOf(deliver({ headers: { 'svix-signature': sign('other') } }, { replayGuard }));
    await deliver({}, { replayGuard });
    expect(asked).toEqual([[`msg_1.${SECONDS}`, NOW + 301_000]]);
  });

  it('refuses when the guard cannot tell: the sender delivers again', async () => {
    const replayGuard = { seen: () => Promise.reject(new Error('connection lost')) };
    await expect(deliver({}, { replayGuard })).rejects.toMatchObject({ code: 'replay-check-failed', status: 503 });
  });
});

describe('SC-117 bytes', () => {
  it.each([
    ['written again with blanks', JSON.stringify(EVENT, null, 1)],
    ['another escape of the same letter', BODY.replace('ë', '\\u00eb')],
    ['a byte order mark in front', `\ufeff${BODY}`],
    ['a line feed behind', `${BODY}\n`],
    ['empty', ''],
    ['other order of members', JSON.stringify(Object.fromEntries(Object.entries(EVENT).reverse()))],
  ])('%s does not verify', async (_label, body) => {
    expect(await codeOf(deliver({ body }))).toBe('signature-mismatch');
    expect(await codeOf(deliver({ body: new TextEncoder().encode(body) }))).toBe('signature-mismatch');
  });

  it.each([
    '',
    'null',
    '[]',
    '"text"',
    '1',
    'true',
    '{}',
    '{"type":1}',
    '{"data":{}}',
    '{',
    '\ufeff{"type":"a"}',
    'type=user.created',
  ])('§17 W3 a signed %j is not an event', async (body) => {
    expect(await codeOf(deliver({ body, headers: { 'svix-signature': sign(body) } }))).toBe('body-invalid');
  });

  it('bytes that are not UTF-8 do not become text', async () => {
    const body = Buffer.concat([Buffer.from('{"type":"a","data":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await codeOf(deliver({ body, headers: { 'svix-signature': sign(body) } }))).toBe('body-invalid');
    const replaced = body.toString('utf8');
    expect(await codeOf(deliver({ body, headers: { 'svix-signature': sign(replaced) } }))).toBe('body-invalid');
  });

  it.each([
    ['an object', EVENT],
    ['undefined', undefined],
    ['a number', 7],
  ])('a parsed body (%s) is refused with a hint', async (_label, body) => {
    const input = { body: body as unknown as string, headers: standardHeaders() };
    await expect(verifyWebhook(input, { signingSecret: SECRET, now: () => NOW })).rejects.toMatchObject({
      code: 'body-not-raw',
      message: expect.stringContaining('body parsers'),
    });
  });

  it('a Request whose body was read is refused with a hint', async () => {
    const request = new Request('https://app.test/hook', { method: 'POST', body: BODY, headers: standardHeaders() });
    await request.json();
    expect(await codeOf(verifyWebhook(request, { signingSecret: SECRET, now: () => NOW }))).toBe('body-not-raw');
  });

  it('a Request without a body is an empty one', async () => {
    const headers = { ...standardHeaders(), 'webhook-signature': sign('') };
    const request = new Request('https://app.test/hook', { headers });
    expect(await codeOf(verifyWebhook(request, { signingSecret: SECRET, now: () => NOW }))).toBe('body-invalid');
  });

  it.each([
    ['text', (body: string) => body],
    ['bytes', (body: string) => new TextEncoder().encode(body)],
  ])('bounds the size of %s, counted in bytes', async (_label, form) => {
    const body = JSON.stringify({ type: 'a', data: 'ë'.repeat(50) });
    const bytes = new TextEncoder().encode(body).byteLength;
    const headers = { 'svix-signature': sign(body) };
    expect(await codeOf(deliver({ body: form(body), headers }, { maxBodyBytes: bytes }))).toBe('verified');
    expect(await codeOf(deliver({ body: form(body), headers }, { maxBodyBytes: bytes - 1 }))).toBe('body-too-large');
  });

  it('stops reading a stream at the bound', async () => {
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const request = new Request('https://app.test/hook', {
      method: 'POST',
      body,
      headers: standardHeaders(),
      duplex: 'half',
    } as RequestInit);
    await expect(verifyWebhook(request, { signingSecret: SECRET, now: () => NOW })).rejects.toMatchObject({
      code: 'body-too-large',
      status: 413,
    });
    expect(isCancelled).toBe(true);
    expect(pulled).toBeLessThan(20);
  });

  it('a stream that breaks off is a refusal, not a crash', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('reset'));
      },
    });
    const request = new Request('https://app.test/hook', {
      method: 'POST',
      body,
      headers: standardHeaders(),
      duplex: 'half',
    } as RequestInit);
    expect(await codeOf(verifyWebhook(request, { signingSecret: SECRET, now: () => NOW }))).toBe('body-invalid');
  });

  it('reads a text that is split inside a letter', async () => {
    const bytes = new TextEncoder().encode(BODY);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const request = new Request('https://app.test/hook', {
      method: 'POST',
      body,
      headers: standardHeaders(),
      duplex: 'half',
    } as RequestInit);
    expect(await verifyWebhook(request, { signingSecret: SECRET, now: () => NOW })).toEqual(EVENT);
  });
});

describe('§17 W2 SC-118 secrets', () => {
  it.each([
    [undefined, 'secret-missing'],
    ['', 'secret-missing'],
    [[], 'secret-missing'],
    ['whsec_', 'secret-invalid'],
    [[''], 'secret-invalid'],
    ['whsec_not base64!', 'secret-invalid'],
    [[SECRET, 'whsec_not base64!'], 'secret-invalid'],
    ['whsec_b3RoZXI=', 'signature-mismatch'],
    [[SECRET, 'whsec_b3RoZXI='], 'verified'],
    [['whsec_b3RoZXI=', SECRET], 'verified'],
    [SECRET.slice('whsec_'.length), 'verified'],
  ])('%j -> %s', async (signingSecret, code) => {
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', '');
    expect(await codeOf(deliver({}, { signingSecret }))).toBe(code);
  });

  it('a fault of ours is not blamed on the sender', async () => {
    await expect(deliver({}, { signingSecret: 'whsec_' })).rejects.toMatchObject({ status: 500 });
  });
});

describe('what errors say', () => {
  it('names every missing header, in order', async () => {
    const none = { 'svix-id': undefined, 'svix-timestamp': ' ', 'svix-signature': undefined };
    await expect(deliver({ headers: none })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('svix-id, svix-timestamp, svix-signature'),
    });
    await expect(deliver({ headers: { 'svix-timestamp': undefined } })).rejects.toMatchObject({
      message: expect.stringMatching(/headers svix-timestamp\./),
    });
  });

  it('never quotes a secret, a signature or the body', async () => {
    const canary = randomBytes(24).toString('base64');
    const body = `{"type":"a","data":${canary}}`;
    const attempts = [
      deliver({}, { signingSecret: `whsec_!${canary}` }),
      deliver({ headers: { 'svix-signature': `v1,${canary}` } }),
      deliver({ body: canary }),
      deliver({ body, headers: { 'svix-signature': sign(body) } }),
      deliver({ headers: { 'svix-timestamp': canary } }),
    ];
    for (const attempt of attempts) {
      const error = (await attempt.catch((thrown: unknown) => thrown)) as Error;
      expect(error).toBeInstanceOf(WebhookVerificationError);
      expect(`${error.stack} ${(error.cause as Error | undefined)?.stack}`).not.toContain(canary.slice(0, 8));
    }
  });
});
