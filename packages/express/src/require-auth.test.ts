import { type ApiKeyAuth, ConfigurationError, type SignedInAuth } from '@keystile/core';
import type { Application, ErrorRequestHandler, RequestHandler, Response } from 'express';
import request from 'supertest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../test/support/express-versions.ts';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { authMiddleware, requireAuth } from './index.ts';

const instance = createTestInstance();
const options = { publishableKey: instance.publishableKey, jwtKey: instance.jwtKey, logger: { warn() {} } };
const bearer = (claims = {}): [string, string] => ['authorization', `Bearer ${instance.session(claims)}`];
const preflight = { origin: 'https://front.example', 'access-control-request-method': 'GET' };
const showCode: ErrorRequestHandler = (error: { code?: string }, _req, res, _next) => {
  res.status(500).json({ code: error.code });
};

describe.each(EXPRESS_VERSIONS)('requireAuth on $name', ({ express }) => {
  const serve = (build: (app: Application) => void): Application => {
    const app = express();
    app.use(authMiddleware(options));
    build(app);
    app.use(showCode);
    return app;
  };

  it('lets the caller pass and hands him to the handler', async () => {
    const app = serve((a) => {
      a.get('/', requireAuth(), (_req, res) => {
        res.json({ userId: res.locals.auth.userId });
      });
    });
    const response = await request(app)
      .get('/')
      .set(...bearer());
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ userId: 'user_alice' });
  });

  it('SC-101 marks what is answered behind it as private, and merges Vary', async () => {
    const app = serve((a) => {
      a.use((_req, res, next) => {
        res.set({ 'cache-control': 'public, max-age=60', vary: 'Accept-Encoding, cookie' });
        next();
      });
      a.get('/', requireAuth(), (_req, res) => {
        res.end();
      });
      a.get('/own', requireAuth(), (_req, res) => {
        res.set('cache-control', 'private, max-age=5').end();
      });
    });
    for (const headers of [{}, Object.fromEntries([bearer()])]) {
      const response = await request(app).get('/').set(headers);
      expect(response.headers).toMatchObject({
        'cache-control': 'private, no-store',
        vary: 'Accept-Encoding, cookie, Authorization',
      });
    }
    const own = await request(app)
      .get('/own')
      .set(...bearer());
    expect(own.headers['cache-control']).toBe('private, max-age=5');
  });

  it.each([
    ['nobody', {}, 401, 'Bearer'],
    ['a bad token', { authorization: 'Bearer x.y.z' }, 401, /^Bearer error="invalid_token"/],
  ])('refuses %s with a challenge', async (_who, headers, status, challenge) => {
    let ran = false;
    const app = serve((a) => {
      a.get('/', requireAuth(), (_req, res) => {
        ran = true;
        res.end();
      });
    });
    const response = await request(app).get('/').set(headers);
    expect(response.status).toBe(status);
    expect(response.headers['www-authenticate']).toMatch(challenge);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(ran).toBe(false);
  });

  it('redirects a page load to the sign-in page', async () => {
    const app = serve((a) => {
      a.get('/page', requireAuth({ signInUrl: 'https://accounts.example/sign-in' }), (_req, res) => res.end());
    });
    const response = await request(app)
      .get('/page?tab=2')
      .set({ accept: 'text/html', cookie: '__clerk_db_jwt=dvb_1; __client_uat=0' });
    expect(response.status).toBe(307);
    const location = new URL(response.headers.location ?? '');
    expect(location.origin + location.pathname).toBe('https://accounts.example/sign-in');
    expect(location.searchParams.get('redirect_url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/page\?tab=2$/);
  });

  it('refuses a signed-in user who lacks a demand with 403', async () => {
    const app = serve((a) => {
      a.get('/', requireAuth({ permission: 'org:invoices:read' }), (_req, res) => res.end());
    });
    const member = { org_id: 'org_1', org_role: 'org:member', org_permissions: ['org:invoices:list'] };
    const reader = { ...member, org_permissions: ['org:invoices:read'] };
    expect(
      (
        await request(app)
          .get('/')
          .set(...bearer(member))
      ).status,
    ).toBe(403);
    expect(
      (
        await request(app)
          .get('/')
          .set(...bearer(reader))
      ).status,
    ).toBe(200);
  });

  describe('with a CORS preflight', () => {
    it('passes it on to whoever answers preflights', async () => {
      const app = serve((a) => {
        a.use('/api', requireAuth());
        a.options('/api/data', (_req, res) => {
          res.set('access-control-allow-origin', 'https://front.example').status(204).end();
        });
      });
      const response = await request(app).options('/api/data').set(preflight);
      expect(response.status).toBe(204);
      expect(response.headers['access-control-allow-origin']).toBe('https://front.example');
    });

    it('SC-096 does not run the handlers of the guarded route for it', async () => {
      let ran = 0;
      const app = serve((a) => {
        a.all('/data', requireAuth(), (_req, res) => {
          ran++;
          res.end('secret');
        });
      });
      const response = await request(app).options('/data').set(preflight);
      expect(response.text).not.toContain('secret');
      expect(ran).toBe(0);
    });

    it.each<[string, (res: Response) => void]>([
      ['res.send()', (res) => void res.send('secret')],
      ['res.json()', (res) => void res.json({ secret: 1 })],
      ['res.end()', (res) => void res.end('secret', () => undefined)],
      [
        'res.write()',
        (res) => {
          res.write('secret');
          res.end('secret');
        },
      ],
      ['res.writeHead()', (res) => void res.writeHead(200, { 'Content-Length': 6 }).end('secret')],
      ['res.writeHead() with a list', (res) => void res.writeHead(200, ['Content-Length', '6']).end('secret')],
      ['a static file', (res) => void res.sendFile('package.json', { root: '.' })],
    ])('SC-096 tells a stranger nothing who makes one up, whatever a router runs for it: %s', async (_what, answer) => {
      const router = express.Router();
      router.use(requireAuth());
      router.all('/data', (_req, res) => answer(res));
      const app = serve((a) => {
        a.use('/router', router);
        a.use('/mounted', requireAuth(), (_req, res) => answer(res));
      });
      for (const path of ['/router/data', '/mounted']) {
        const response = await request(app).options(path).set(preflight);
        expect([response.status, response.text]).toEqual([200, '']);
      }
    });

    it.each([
      ['OPTIONS without its headers', 'options', {}],
      ['its headers on another method', 'get', preflight],
    ] as const)('guards %s', async (_what, method, headers) => {
      const app = serve((a) => {
        a.all('/data', requireAuth(), (_req, res) => res.end());
      });
      expect((await request(app)[method]('/data').set(headers)).status).toBe(401);
    });
  });

  it('SC-096 guards HEAD as GET', async () => {
    const app = serve((a) => {
      a.get('/', requireAuth(), (_req, res) => res.end());
    });
    expect((await request(app).head('/')).status).toBe(401);
    expect(
      (
        await request(app)
          .head('/')
          .set(...bearer())
      ).status,
    ).toBe(200);
  });

  it('SC-095 fails closed without the middleware', async () => {
    const app = express();
    app.get('/', requireAuth(), (_req, res) => res.end());
    app.use(showCode);
    const response = await request(app)
      .get('/')
      .set(...bearer());
    expect(response.status).toBe(500);
    expect(response.body).toEqual({ code: 'middleware-missing' });
  });
});

it.each([
  ['permisson', { permisson: 'org:invoices:read' }],
  ['acceptsToken', { acceptsToken: 'session' }],
  ['acceptsToken', { acceptsToken: ['api_key', 'cookie'] }],
  ['scopes', { scopes: [''] }],
  ['mode', { mode: 'html' }],
  ['role', { role: null }],
])('refuses a misspelt demand when it is built: %s', (option, wrong) => {
  const build = () => requireAuth(wrong as object);
  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(expect.objectContaining({ option }) as Error);
});

it('types the caller for the handlers after it', () => {
  const app = EXPRESS_VERSIONS[0].express();
  app.get('/users/:id', requireAuth(), (req, res) => {
    expectTypeOf(res.locals.auth).toEqualTypeOf<SignedInAuth>();
    expectTypeOf(res.locals.auth.userId).toEqualTypeOf<string>();
    expectTypeOf(req.params.id).toEqualTypeOf<string>();
  });
  app.get('/keys', requireAuth({ acceptsToken: 'api_key' }), (_req, res) => {
    expectTypeOf(res.locals.auth).toEqualTypeOf<ApiKeyAuth>();
  });
  app.get('/both', requireAuth({ acceptsToken: ['api_key', 'session_token'] }), (_req, res) => {
    expectTypeOf(res.locals.auth).toEqualTypeOf<ApiKeyAuth | SignedInAuth>();
  });
  app.get('/several', [requireAuth(), requireAuth({ acceptsToken: 'm2m_token' })]);
  expectTypeOf(requireAuth()).toExtend<RequestHandler>();
});
