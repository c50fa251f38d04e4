import { expect, test } from 'vitest';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { createKeySource, type KeySourceOptions } from './create-key-source.ts';
import { KEY_SET_TIMES } from './remote-key-set.ts';

const key = createSigningKey('a');
const defaults: KeySourceOptions = {
  jwtKey: undefined,
  secretKey: undefined,
  apiUrl: 'http://127.0.0.1:1',
  apiVersion: 'v1',
  keySetTimes: KEY_SET_TIMES,
  fetch,
  now: Date.now,
};

test('without a key there is no source', () => {
  expect(createKeySource(defaults)).toBeUndefined();
});

test('row 3 of section 5.2: the PEM wins, and nothing is fetched', async () => {
  const server = await startLoopbackServer(json({ keys: [] }));
  const source = createKeySource({ ...defaults, apiUrl: server.url, secretKey: 'sk_test_x', jwtKey: key.publicPem });
  expect(await source?.resolve('anything')).toMatchObject({ algorithm: 'RS256' });
  expect(server.requests).toHaveLength(0);
});

test('the key set is that of the configured URL and version', async () => {
  const server = await startLoopbackServer(json({ keys: [key.jwk] }));
  const source = createKeySource({
    ...defaults,
    apiUrl: `${server.url}/base`,
    apiVersion: 'v2',
    secretKey: 'sk_test_x',
  });
  expect(await source?.resolve('a')).toMatchObject({ algorithm: 'RS256' });
  expect(server.requests).toMatchObject([
    { line: 'GET /base/v2/jwks', headers: { authorization: 'Bearer sk_test_x' } },
  ]);
});
