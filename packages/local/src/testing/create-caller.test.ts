import { expect, onTestFinished, test } from 'vitest';
import { createTestBackend } from '../testing.ts';

async function start() {
  const backend = await createTestBackend();
  onTestFinished(() => backend.close());
  const received: Request[] = [];
  const application = async (request: Request) => {
    received.push(request);
    return Response.json({ body: await request.clone().text() });
  };
  return { backend, received, application };
}

const claimsOf = (request: Request | undefined) =>
  JSON.parse(Buffer.from(request?.headers.get('authorization')?.split('.')[1] ?? '', 'base64url').toString());

test('calls as one user in one session, whatever the clock says', async () => {
  const { backend, received, application } = await start();
  const ada = backend.as({ firstName: 'Ada' }, { fetch: application });
  await ada.fetch('http://localhost:3000/');
  backend.clock.advance(600_000);
  await ada.fetch(new URL('http://localhost:3000/later'));
  const [first, second] = received.map(claimsOf);
  const { userId, sessionId } = await ada.signedIn();
  expect(first).toMatchObject({ sub: userId, sid: sessionId });
  expect(second).toMatchObject({ sub: userId, sid: sessionId });
  expect(second.exp * 1000).toBeGreaterThan(backend.clock.now());
  expect(first.exp * 1000).toBeLessThan(backend.clock.now());
});

test('keeps the request as it is, but for who sends it', async () => {
  const { backend, received, application } = await start();
  const init = { method: 'PUT', body: 'text', headers: { authorization: 'Basic x', 'x-own': '1' } };
  const answer = await backend.as(undefined, { fetch: application }).fetch('http://localhost:3000/a?b=1', init);
  expect(await answer.json()).toEqual({ body: 'text' });
  expect(received[0]).toMatchObject({ method: 'PUT', url: 'http://localhost:3000/a?b=1' });
  expect(received[0]?.headers.get('x-own')).toBe('1');
  expect(received[0]?.headers.get('authorization')).toMatch(/^Bearer ey/);
});

test('signs nobody in before the first request, and requests at once into one session', async () => {
  const { backend, received, application } = await start();
  const caller = backend.as({}, { fetch: application });
  const users = () => backend.context.db.selectFrom('users').select('id').execute();
  expect(await users()).toEqual([]);
  await Promise.all([1, 2, 3].map(() => caller.fetch('http://localhost:3000/')));
  expect(await users()).toHaveLength(1);
  expect(new Set(received.map((request) => claimsOf(request).sid)).size).toBe(1);
});

test('has the claims, origin and organization that were asked for', async () => {
  const { backend, received, application } = await start();
  await backend.seed({
    users: [{ email: 'ada@example.com' }],
    organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'ada@example.com', role: 'org:admin' }] }],
  });
  const options = {
    organization: 'acme',
    origin: 'http://localhost:3000',
    claims: { plan: 'pro' },
    fetch: application,
  };
  await backend.as('ada@example.com', options).fetch('http://localhost:3000/');
  expect(claimsOf(received[0])).toMatchObject({ plan: 'pro', azp: 'http://localhost:3000', o: { slg: 'acme' } });
});

test('somebody who is not there is an error at the first request', async () => {
  const { backend, application } = await start();
  const nobody = backend.as('nobody@example.com', { fetch: application });
  await expect(nobody.fetch('http://localhost:3000/')).rejects.toMatchObject({ status: 404 });
});

test('a test backend has its controls at hand', async () => {
  const { backend } = await start();
  const before = await backend.snapshot();
  await backend.signIn();
  backend.faults.add({ path: '/v1/users', answer: { status: 500 } });
  const headers = { authorization: `Bearer ${backend.secretKey}` };
  expect((await backend.fetch('/v1/users', { headers })).status).toBe(500);
  expect(backend.requests.entries()).toMatchObject([{ path: '/v1/users', status: 500 }]);
  await backend.restore(before);
  backend.faults.clear();
  expect(await (await backend.fetch('/v1/users', { headers })).json()).toEqual([]);
});
