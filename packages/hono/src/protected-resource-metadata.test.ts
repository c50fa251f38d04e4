import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { authMiddleware, PROTECTED_RESOURCE_PATH, protectedResourceMetadata, requireAuth } from './index.ts';

const { publishableKey, jwtKey } = createTestInstance({ type: 'production' });
const resourceMetadata = `${PROTECTED_RESOURCE_PATH}/mcp`;
const app = new Hono()
  .use(authMiddleware({ publishableKey, jwtKey, publicOrigin: 'https://api.test' }))
  .all(`${PROTECTED_RESOURCE_PATH}/*`, protectedResourceMetadata({ scopesSupported: ['profile'] }))
  .post('/mcp', requireAuth({ acceptsToken: 'oauth_token', resourceMetadata }), (c) =>
    c.json({ by: c.var.auth.clientId }),
  );

it('leads an OAuth client from the challenge to the authorization server', async () => {
  const refused = await app.request('/mcp', { method: 'POST' });
  expect(refused.status).toBe(401);
  const [, metadata] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
  expect(metadata).toBe('https://api.test/.well-known/oauth-protected-resource/mcp');
  const response = await app.request(new URL(metadata ?? '').pathname);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toMatchObject({
    resource: 'https://api.test/mcp',
    authorization_servers: ['https://clerk.test.example'],
    scopes_supported: ['profile'],
  });
});

it('answers the preflight of a browser client', async () => {
  const headers = { origin: 'https://client.test', 'access-control-request-method': 'GET' };
  expect((await app.request(resourceMetadata, { method: 'OPTIONS', headers })).status).toBe(204);
});
