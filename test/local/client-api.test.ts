import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createBrowser } from './support/browser.ts';
import { ada, startBackend } from './support/start-backend.ts';

const origin = 'http://localhost:3000';
const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

/** A browser that has signed in, and a script on a page of the application. */
async function signedIn(options = {}) {
  const backend = await startBackend({
    seed: {
      users: [{ ...ada, privateMetadata: { secret: 'canary' } }],
      organizations: [
        { name: 'Acme', slug: 'acme', privateMetadata: { secret: 'canary' }, members: [{ user: ada.email }] },
        { name: 'Other', slug: 'other' },
      ],
      jwtTemplates: [{ name: 'mine', claims: { who: '{{user.first_name}}' } }],
    },
    ...options,
  });
  const browser = createBrowser();
  await browser.submit(await browser.visit(`${backend.url}/sign-in`), {
    identifier: ada.email,
    password: ada.password,
  });
  const page = await browser.visit(
    `${backend.url}/v1/client/sync?redirect_url=${encodeURIComponent(`${backend.url}/sign-out`)}`,
  );
  const token = page.url.searchParams.get('__clerk_db_jwt') ?? '';
  const call = async (method: string, path: string, { body, headers = {}, as = token }: CallOptions = {}) => {
    const answer = await fetch(`${backend.url}${path}?__clerk_db_jwt=${as}`, {
      method,
      headers: { origin, ...headers },
      ...(body !== undefined && {
        body: body instanceof URLSearchParams || typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const { body } = await call('GET', '/v1/client');
  return {
    backend,
    call,
    token,
    sessionId: body.response.last_active_session_id as string,
    organizations: backend.seeded?.organizations ?? [],
  };
}

interface CallOptions {
  body?: URLSearchParams | object | string;
  headers?: Record<string, string>;
  as?: string;
}

describe('GET /v1/client', () => {
  test('shows the sessions with a token for the origin that asks', async () => {
    const { call, backend, sessionId } = await signedIn();
    const { status, body } = await call('GET', '/v1/client');
    expect(status).toBe(200);
    expect(body.response).toMatchObject({ object: 'client', last_active_session_id: sessionId });
    expect(body.response.sessions).toHaveLength(1);
    const [session] = body.response.sessions;
    expect(session).toMatchObject({
      object: 'session',
      status: 'active',
      user: { first_name: 'Ada' },
      public_user_data: { identifier: ada.email },
    });
    expect(claimsOf(session.last_active_token.jwt)).toMatchObject({ sid: sessionId, azp: origin, iss: backend.url });
  });

  test('SC-104 shows no private metadata at any depth', async () => {
    const { call } = await signedIn();
    const { body } = await call('GET', '/v1/client');
    expect(JSON.stringify(body)).toContain('Acme');
    expect(JSON.stringify(body)).not.toMatch(/private_metadata|canary/);
  });

  test('answers null for a browser nobody knows, and 401 to what it then wants to do', async () => {
    const { call, sessionId } = await signedIn();
    expect((await call('GET', '/v1/client', { as: 'dvb_nope' })).body).toEqual({ response: null, client: null });
    for (const path of [`/v1/client/sessions/${sessionId}/tokens`, `/v1/client/sessions/${sessionId}/end`]) {
      expect((await call('POST', path, { as: 'dvb_nope' })).status).toBe(401);
    }
    expect((await call('DELETE', '/v1/client', { as: 'dvb_nope' })).status).toBe(401);
  });
});

describe('session tokens', () => {
  test('are made for the active organization, or the one that is named', async () => {
    const { call, sessionId, organizations } = await signedIn();
    const path = `/v1/client/sessions/${sessionId}/tokens`;
    const plain = await call('POST', path);
    expect(claimsOf(plain.body.jwt)).toMatchObject({ sid: sessionId, azp: origin });
    expect(claimsOf(plain.body.jwt).o).toBe(undefined);
    const acme = await call('POST', path, {
      body: new URLSearchParams({ organization_id: organizations[0]?.id ?? '' }),
    });
    expect(claimsOf(acme.body.jwt).o).toMatchObject({ slg: 'acme' });
    expect(
      (await call('POST', path, { body: new URLSearchParams({ organization_id: organizations[1]?.id ?? '' }) })).status,
    ).toBe(404);
  });

  test('follow a template', async () => {
    const { call, sessionId } = await signedIn();
    expect(claimsOf((await call('POST', `/v1/client/sessions/${sessionId}/tokens/mine`)).body.jwt)).toMatchObject({
      who: 'Ada',
    });
    expect((await call('POST', `/v1/client/sessions/${sessionId}/tokens/nope`)).status).toBe(404);
  });

  test("are not made of another browser's session", async () => {
    const { call, backend, sessionId } = await signedIn();
    const other = (await (await fetch(`${backend.url}/v1/dev_browser`, { method: 'POST' })).json()) as {
      token: string;
    };
    for (const path of ['tokens', 'tokens/mine', 'touch', 'end', 'remove', 'revoke']) {
      expect((await call('POST', `/v1/client/sessions/${sessionId}/${path}`, { as: other.token })).status).toBe(404);
    }
  });

  test('SC-083 are not made when the session has ended or the user is banned', async () => {
    const { call, backend, sessionId } = await signedIn();
    await backend.context.db.updateTable('users').set({ banned: 1 }).execute();
    expect((await call('POST', `/v1/client/sessions/${sessionId}/tokens`)).status).toBe(404);
    await backend.context.db.updateTable('users').set({ banned: 0 }).execute();
    expect((await call('POST', `/v1/client/sessions/${sessionId}/tokens`)).status).toBe(200);
    backend.clock.advance(8 * 24 * 60 * 60 * 1000);
    expect((await call('POST', `/v1/client/sessions/${sessionId}/tokens`)).status).toBe(404);
  });
});

describe('changes', () => {
  test('touch switches the organization, and back with an empty one', async () => {
    const { call, sessionId, organizations } = await signedIn();
    const touch = (active_organization_id: string) =>
      call('POST', `/v1/client/sessions/${sessionId}/touch`, { body: new URLSearchParams({ active_organization_id }) });
    const switched = await touch('acme');
    expect(switched.body.response.last_active_organization_id).toBe(organizations[0]?.id);
    expect(claimsOf(switched.body.client.sessions[0].last_active_token.jwt).o.slg).toBe('acme');
    expect((await touch('other')).status).toBe(404);
    expect((await touch('')).body.response.last_active_organization_id).toBe(null);
  });

  test.each([
    ['end', 'ended'],
    ['remove', 'removed'],
    ['revoke', 'revoked'],
  ])('%s ends the session, which is told of as session.%s', async (action, status) => {
    const { call, backend, sessionId } = await signedIn();
    const { body } = await call('POST', `/v1/client/sessions/${sessionId}/${action}`);
    expect(body).toMatchObject({ response: { id: sessionId, status }, client: { sessions: [] } });
    const last = await backend.context.db.selectFrom('events').select('type').orderBy('id', 'desc').executeTakeFirst();
    expect(last?.type).toBe(`session.${status}`);
    expect((await call('POST', `/v1/client/sessions/${sessionId}/${action}`)).status).toBe(404);
  });

  test('DELETE /v1/client ends all sessions and changes the time of the client', async () => {
    const { call, backend } = await signedIn();
    backend.clock.advance(5_000);
    const { body } = await call('DELETE', '/v1/client');
    expect(body.client).toMatchObject({ sessions: [], last_active_session_id: null, updated_at: expect.any(Number) });
    expect(body.client.updated_at).toBeGreaterThanOrEqual(body.client.created_at + 5_000);
  });

  test('take a form or a JSON object, and nothing else', async () => {
    const { call, sessionId } = await signedIn();
    const path = `/v1/client/sessions/${sessionId}/touch`;
    const json = { 'content-type': 'application/json' };
    expect((await call('POST', path, { body: { active_organization_id: 'acme' }, headers: json })).status).toBe(200);
    expect(
      (await call('POST', path, { body: { active_organization_id: null }, headers: json })).body.response
        .last_active_organization_id,
    ).toBe(null);
    for (const body of ['[]', 'null', '{', '1']) {
      const answer = await call('POST', path, { body, headers: json });
      expect([body, answer.status]).toEqual([body, 400]);
    }
  });
});

describe('SC-125 other origins', () => {
  test('may not call, with or without a token', async () => {
    const { call, sessionId } = await signedIn();
    for (const evil of ['https://evil.test', 'null', 'http://localhost.evil.test']) {
      const answer = await call('POST', `/v1/client/sessions/${sessionId}/end`, { headers: { origin: evil } });
      expect([evil, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([evil, 403, null]);
    }
    expect((await call('GET', '/v1/client')).body.response.sessions).toHaveLength(1);
  });

  test('of our own applications are named in the answer, and the preflight passes', async () => {
    const { call, backend } = await signedIn();
    const answer = await call('GET', '/v1/client');
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    const preflight = await fetch(`${backend.url}/v1/client/sessions/sess_1/touch`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
  });

  test('cannot reach it by a name of their own (DNS rebinding)', async () => {
    const { backend } = await signedIn();
    const answer = await backend.fetch('http://evil.test/v1/client');
    expect(answer.status).toBe(403);
  });
});

test('the browser script is served to every origin and names the cookies of this instance', async () => {
  const backend = await startBackend();
  const answer = await fetch(`${backend.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js`, {
    headers: { origin: 'http://localhost:9' },
  });
  expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const script = await answer.text();
  expect(() => new Script(script)).not.toThrow();
  expect(script).toContain('window.Clerk');
});
