import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '@keystile/core/webhooks';
import { DEMO_SEED, type LocalBackend, type LocalBackendOptions, startLocalBackend } from '@keystile/local';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callBackendApi } from './support/backend-api.ts';
import { ada, startBackend } from './support/start-backend.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody who receives events, and answers as he is told. */
async function startReceiver(statuses: number[] = []) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 204, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const typesOf = () => received.map(({ body }) => JSON.parse(body).type as string);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, typesOf };
}

/** An address where nobody answers. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

const createUser = (backend: LocalBackend, email = 'grace@example.com') =>
  callBackendApi(backend, 'POST', '/users', { email_address: [email], password: 'a long enough one' });

async function setUp(statuses?: number[], options: LocalBackendOptions = {}) {
  const receiver = await startReceiver(statuses);
  const backend = await startBackend({ seed: {}, webhooks: [{ url: receiver.url }], ...options });
  backend.clock.freeze(Date.now());
  return { backend, ...receiver };
}

const deliveries = (backend: LocalBackend) =>
  backend.context.db.selectFrom('webhook_deliveries').select(['status', 'attempts']).orderBy('id').execute();

describe('webhooks', () => {
  test('are signed so that core verifies them, by both names of the headers', async () => {
    const { backend, received } = await setUp();
    await createUser(backend);
    await backend.webhooks.settled();
    const [endpoint] = await backend.webhooks.endpoints();
    const [{ headers, body }] = received as [Received];
    for (const prefix of ['svix', 'webhook']) {
      const own = Object.entries(headers).filter(
        ([name]) => name.startsWith(`${prefix}-`) || name === 'content-type',
      ) as [string, string][];
      const request = new Request('http://localhost/hook', { method: 'POST', headers: own, body });
      const event = await verifyWebhook(request, { signingSecret: endpoint?.secret ?? '', now: backend.clock.now });
      expect(event).toMatchObject({
        type: 'user.created',
        object: 'event',
        instance_id: backend.instanceId,
        data: { object: 'user' },
      });
    }
    const forged = new Request('http://localhost/hook', {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: body.replace('grace', 'mallory'),
    });
    await expect(
      verifyWebhook(forged, { signingSecret: endpoint?.secret ?? '', now: backend.clock.now }),
    ).rejects.toThrow();
  });

  test('tell of what happens, in its order', async () => {
    const { backend, typesOf } = await setUp();
    const { body: user } = await createUser(backend);
    await backend.webhooks.settled();
    const { body: organization } = await callBackendApi(backend, 'POST', '/organizations', {
      name: 'Acme',
      created_by: user.id,
    });
    await backend.webhooks.settled();
    const { body: session } = await callBackendApi(backend, 'POST', '/sessions', { user_id: user.id });
    await backend.webhooks.settled();
    await callBackendApi(backend, 'POST', `/sessions/${session.id}/revoke`);
    await backend.webhooks.settled();
    await callBackendApi(backend, 'DELETE', `/organizations/${organization.id}`);
    await backend.webhooks.settled();
    expect(typesOf()).toEqual(
      expect.arrayContaining([
        'user.created',
        'organization.created',
        'organizationMembership.created',
        'session.created',
        'session.revoked',
        'organization.deleted',
      ]),
    );
    expect(typesOf()[0]).toBe('user.created');
  });

  test('of a change that is rolled back are not sent', async () => {
    const { backend, received } = await setUp();
    await createUser(backend);
    await createUser(backend);
    await backend.webhooks.settled();
    expect(received).toHaveLength(1);
  });

  test('are sent again after 5 s, 5 min, … on the clock of the backend, with the same id', async () => {
    const { backend, received } = await setUp([500, 302, 404]);
    await createUser(backend);
    await backend.webhooks.settled();
    expect(received).toHaveLength(1);
    for (const [wait, count] of [
      [4_999, 1],
      [1, 2],
      [5 * 60_000 - 1, 2],
      [1, 3],
      [30 * 60_000, 4],
    ] as const) {
      backend.clock.advance(wait);
      await backend.webhooks.settled();
      expect([wait, received.length]).toEqual([wait, count]);
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
    expect(await deliveries(backend)).toEqual([{ status: 'succeeded', attempts: 4 }]);
    const attempts = await backend.context.db
      .selectFrom('webhook_attempts')
      .select(['response_status', 'error'])
      .orderBy('id')
      .execute();
    expect(attempts.map(({ response_status }) => response_status)).toEqual([500, 302, 404, 204]);
  });

  test('are given up after eight attempts, and sent again when asked', async () => {
    const { backend, received } = await setUp(Array.from({ length: 8 }, () => 500));
    await createUser(backend);
    for (let attempt = 0; attempt < 12; attempt++) {
      await backend.webhooks.settled();
      backend.clock.advance(24 * 60 * 60_000);
    }
    await backend.webhooks.settled();
    expect([received.length, await deliveries(backend)]).toEqual([8, [{ status: 'failed', attempts: 8 }]]);
    const { id } = await backend.context.db.selectFrom('webhook_deliveries').select('id').executeTakeFirstOrThrow();
    await backend.webhooks.resend(id);
    expect(await deliveries(backend)).toEqual([{ status: 'succeeded', attempts: 1 }]);
  });

  test('go only where their type is wanted', async () => {
    const wanted = await startReceiver();
    const { backend, typesOf } = await setUp();
    await backend.webhooks.addEndpoint({ url: wanted.url, eventTypes: ['organization.created', 'session.*'] });
    const { body: user } = await createUser(backend);
    await callBackendApi(backend, 'POST', '/organizations', { name: 'Acme', created_by: user.id });
    await callBackendApi(backend, 'POST', '/sessions', { user_id: user.id });
    await backend.webhooks.settled();
    expect(wanted.typesOf().toSorted()).toEqual(['organization.created', 'session.created']);
    expect(typesOf().length).toBeGreaterThan(2);
  });

  test('note who does not answer', async () => {
    const { backend } = await setUp([], { webhooks: [{ url: await closedUrl() }] });
    await createUser(backend);
    await backend.webhooks.settled();
    const attempt = await backend.context.db.selectFrom('webhook_attempts').selectAll().executeTakeFirstOrThrow();
    expect(attempt).toMatchObject({ response_status: null, error: 'ECONNREFUSED' });
  });

  test('stop with the backend, and those under way are sent by the next one on the file', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/keystile-webhooks-');
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const database = `${folder}/keystile.db`;
    const { url, received } = await startReceiver();
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const first = await startLocalBackend({ database, listen: false, fetch: hanging, webhooks: [{ url }] });
    await createUser(first);
    await first.close();
    const second = await startLocalBackend({ database, listen: false });
    onTestFinished(() => second.close());
    await second.webhooks.settled();
    expect(received).toHaveLength(1);
  });

  test('SC-133 are sent to the same endpoints after a reset', async () => {
    const { backend, received } = await setUp();
    await backend.fetch('/_keystile/reset', {
      method: 'POST',
      headers: { authorization: `Bearer ${backend.secretKey}` },
      body: JSON.stringify(DEMO_SEED),
    });
    await createUser(backend);
    await backend.webhooks.settled();
    expect(received.map(({ body }) => JSON.parse(body).type)).toContain('user.created');
  });

  test.each([['ftp://example.com/'], ['nope'], ['']])('cannot be sent to %j', async (url) => {
    await expect(startBackend({ seed: { users: [ada] }, webhooks: [{ url }] })).rejects.toMatchObject({
      code: 'option-invalid',
    });
  });

  test('keep the secret of an endpoint sealed, and the same from start to start', async () => {
    const { backend, url } = await setUp();
    const [endpoint] = await backend.webhooks.endpoints();
    const row = await backend.context.db.selectFrom('webhook_endpoints').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(endpoint?.secret);
    expect((await backend.webhooks.addEndpoint({ url })).secret).toBe(endpoint?.secret);
  });
});
