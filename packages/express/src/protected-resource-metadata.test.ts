import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../test/support/express-versions.ts';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { authMiddleware, PROTECTED_RESOURCE_PATH, protectedResourceMetadata, requireAuth } from './index.ts';

const { publishableKey, jwtKey, issuer } = createTestInstance();

describe.each(EXPRESS_VERSIONS)('protectedResourceMetadata on $name', ({ express }) => {
  const app = express();
  app.use(authMiddleware({ publishableKey, jwtKey, publicOrigin: 'https://api.example' }));
  app.use(PROTECTED_RESOURCE_PATH, protectedResourceMetadata({ scopesSupported: ['profile'] }));
  app.post(
    '/mcp',
    requireAuth({ acceptsToken: 'oauth_token', resourceMetadata: `${PROTECTED_RESOURCE_PATH}/mcp` }),
    (_req, res) => res.end(),
  );

  it('leads a client without a token from the challenge to the authorization server', async () => {
    const refused = await request(app).post('/mcp');
    expect(refused.status).toBe(401);
    const url = /resource_metadata="([^"]+)"/.exec(refused.headers['www-authenticate'] ?? '')?.[1] ?? '';
    expect(url).toBe('https://api.example/.well-known/oauth-protected-resource/mcp');
    const metadata = await request(app).get(new URL(url).pathname);
    expect(metadata.headers).toMatchObject({
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
    });
    expect(metadata.body).toEqual({
      resource: 'https://api.example/mcp',
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: ['profile'],
    });
  });

  it('may be asked by scripts of any origin, and only asked', async () => {
    const preflight = await request(app).options(PROTECTED_RESOURCE_PATH).set('origin', 'https://client.example');
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect((await request(app).post(PROTECTED_RESOURCE_PATH)).status).toBe(405);
  });
});
