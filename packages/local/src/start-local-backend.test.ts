import { createPublicKey, verify } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { DEMO_SEED, type LocalBackend, startLocalBackend } from './index.ts';

const running: LocalBackend[] = [];
const start = async (...args: Parameters<typeof startLocalBackend>) => {
  const backend = await startLocalBackend(...args);
  running.push(backend);
  return backend;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((backend) => backend.close()));
});

test('answers over HTTP and in process with the same key set', async () => {
  const backend = await start();
  const headers = { authorization: `Bearer ${backend.secretKey}` };
  const overHttp = await (await fetch(`${backend.url}/v1/jwks`, { headers })).json();
  expect(overHttp.keys).toMatchObject([{ kid: backend.instanceId, kty: 'RSA', alg: 'RS256' }]);
  expect(await (await backend.fetch('/v1/jwks', { headers })).json()).toEqual(overHttp);
  expect(atob(backend.publishableKey.slice('pk_test_'.length))).toBe(`${new URL(backend.url).host}$`);
});

test('SC-127 a minted session token carries a real signature of the published key', async () => {
  const backend = await start({ listen: false, seed: DEMO_SEED });
  const [user] = backend.seeded?.users ?? [];
  const [organization] = backend.seeded?.organizations ?? [];
  const token = await backend.mint.session({ userId: user?.id ?? '', orgId: organization?.id });
  const [header = '', payload = '', signature = ''] = token.split('.');
  const valid = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${payload}`),
    createPublicKey(backend.jwtKey),
    Buffer.from(signature, 'base64url'),
  );
  expect(valid).toBe(true);
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(claims).toMatchObject({
    iss: backend.url,
    sub: user?.id,
    v: 2,
    sts: 'active',
    fea: 'o:invoices',
    o: { id: organization?.id, slg: 'acme', rol: 'admin', per: 'manage,read', fpm: '3' },
  });
});
