import type { IncomingMessage } from 'node:http';
import { ConfigurationError, type Logger, type SessionAuth } from '@keystile/core';
import type { Application, ErrorRequestHandler, Request, Response } from 'express';
import request from 'supertest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../test/support/express-versions.ts';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthMiddlewareOptions, authMiddleware, getAuth, MiddlewareMissingError } from './index.ts';

const instance = createTestInstance();
const silent: Logger = { warn() {} };
const options: AuthMiddlewareOptions = {
  publishableKey: instance.publishableKey,
  jwtKey: instance.jwtKey,
  logger: silent,
};
const bearer = (token = instance.session()): [string, string] => ['authorization', `Bearer ${token}`];

const whoami = (req: Request, res: Response): void => {
  res.json({ userId: getAuth(req).userId });
};
const showCode: ErrorRequestHandler = (error: { code?: string; message?: string }, _req, res, _next) => {
  res.status(500).json({ code: error.code ?? error.message });
};

function createLogger(): Logger & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { warnings, warn: (message) => warnings.push(message) };
}

describe.each(EXPRESS_VERSIONS)('authMiddleware on $name', ({ express }) => {
  const serve = (build: (app: Application) => void): Application => {
    const app = express();
    build(app);
    app.use(showCode);
    return app;
  };

  it('tells who makes the request, by getter and by property', async () => {
    const app = serve((a) => {
      a.use(authMiddleware(options));
      a.get('/', (req, res) => {
        res.json({ getter: getAuth(req).userId, property: req.auth.userId });
      });
    });
    const response = await request(app)
      .get('/')
      .set(...bearer());
    expect(response.body).toEqual({ getter: 'user_alice', property: 'user_alice' });
    expect(Object.keys(response.headers).filter((name) => name.startsWith('x-clerk-'))).toEqual([]);
  });

  it('leaves a signed-out request to the application and says why it is', async () => {
    const app = serve((a) => a.use(authMiddleware(options)).get('/', whoami));
    const response = await request(app).get('/');
    expect(response.body).toEqual({ userId: null });
    expect(response.headers).toMatchObject({
      'x-clerk-auth-status': 'signed-out',
      'x-clerk-auth-reason': 'dev-browser-missing',
    });
  });

  it('gives a backend client with the keys of the instance, the same for each request', async () => {
    const clients = new Set<unknown>();
    const app = serve((a) => {
      a.use(authMiddleware(options));
      a.get('/', (req, res) => {
        clients.add(req.backend);
        expect(req.backend.users.getUserList).toBeTypeOf('function');
        res.end();
      });
    });
    await request(app).get('/').expect(200);
    await request(app).get('/').expect(200);
    expect(clients.size).toBe(1);
  });

  it('leaves nothing on the request that enumerating it would show', async () => {
    let found: unknown;
    const app = serve((a) => {
      a.use((req, _res, next) => {
        (req as Request & { before?: PropertyKey[] }).before = Reflect.ownKeys({ ...req });
        next();
      });
      a.use(authMiddleware(options));
      a.get('/', (req, res) => {
        const { before = [] } = req as Request & { before?: PropertyKey[] };
        found = Reflect.ownKeys({ ...req }).filter((key) => !['before', 'route', ...before].includes(key));
        res.end();
      });
    });
    await request(app)
      .get('/')
      .set(...bearer());
    expect(found).toEqual([]);
  });

  it('SC-060 E2 does not trust what another library left in req.auth, and says so once', async () => {
    const logger = createLogger();
    const app = serve((a) => {
      a.use((req, _res, next) => {
        Object.assign(req, { auth: { userId: 'user_admin', isAuthenticated: true } });
        next();
      });
      a.use(authMiddleware({ ...options, logger }));
      a.get('/', (req, res) => {
        res.json({ getter: getAuth(req).userId, property: req.auth.userId });
      });
    });
    for (let round = 0; round < 2; round++) {
      expect((await request(app).get('/')).body).toEqual({ getter: null, property: null });
    }
    expect(logger.warnings).toHaveLength(1);
    expect(logger.warnings[0]).toMatch(/req\.auth/);
  });

  it.each([
    ['an object', { userId: 'user_admin' }],
    ['a function', () => ({ userId: 'user_admin' })],
    ['a string', 'keystile'],
  ])('SC-060 getAuth does not take %s in req.auth for the middleware', async (_what, auth) => {
    const app = serve((a) => {
      a.use((req, _res, next) => {
        Object.assign(req, { auth, keystile: auth, body: { auth } });
        next();
      });
      a.get('/', whoami);
    });
    const response = await request(app).get('/');
    expect(response.status).toBe(500);
    expect(response.body).toEqual({ code: 'middleware-missing' });
  });

  it('SC-060 refuses to have req.auth replaced afterwards', async () => {
    const app = serve((a) => {
      a.use(authMiddleware(options));
      a.use((req, _res, next) => {
        (req as { auth: unknown }).auth = { userId: 'user_admin' };
        next();
      });
      a.get('/', whoami);
    });
    expect((await request(app).get('/')).body).toEqual({ code: 'request-property-taken' });
  });

  it('leaves requests alone that it has not seen', async () => {
    const app = serve((a) => {
      a.use('/ours', authMiddleware(options));
      a.get('/ours', whoami);
      a.use((req, _res, next) => {
        expect(req.auth).toBeUndefined();
        Object.assign(req, { auth: { userId: 'user_of_another_library' } });
        next();
      });
      a.get('/theirs', (req, res) => {
        res.json({ userId: req.auth.userId, own: Object.keys(req).includes('auth') });
      });
    });
    await request(app).get('/ours');
    expect((await request(app).get('/theirs')).body).toEqual({ userId: 'user_of_another_library', own: true });
  });

  it('SC-096 gives requests their properties in mounted applications and outside of them', async () => {
    const inner = express();
    inner.use(authMiddleware(options));
    inner.use((req, res, next) => {
      res.locals.inner = req.auth.userId;
      next();
    });
    const app = serve((a) => {
      a.use('/inner', inner);
      a.use((req, res) => {
        res.json({ inner: res.locals.inner, outer: req.auth?.userId });
      });
    });
    const response = await request(app)
      .get('/inner')
      .set(...bearer());
    expect(response.body).toEqual({ inner: 'user_alice', outer: 'user_alice' });
  });

  it('SC-103 tells requests apart in an application that gives all of them one res.locals', async () => {
    const shared = {};
    const app = serve((a) => {
      a.use((_req, res, next) => {
        res.locals = shared;
        next();
      });
      a.use(authMiddleware(options));
      // Nobody is answered before all have been authenticated.
      let waiting: (() => void)[] = [];
      a.get('/:expected', (req, res) => {
        waiting.push(() => res.json({ userId: getAuth(req).userId, own: req.auth.userId }));
        if (waiting.length < 4) return;
        for (const answer of waiting) answer();
        waiting = [];
      });
    });
    const tokens = ['user_alice', null, 'user_bob', null].map((sub) => sub && instance.session({ sub }));
    const answers = await Promise.all(
      tokens.map((token) =>
        request(app)
          .get('/x')
          .set(token === null ? {} : { authorization: `Bearer ${token}` }),
      ),
    );
    expect(answers.map(({ body }) => [body.userId, body.own])).toEqual([
      ['user_alice', 'user_alice'],
      [null, null],
      ['user_bob', 'user_bob'],
      [null, null],
    ]);
  });

  it('SC-095 getAuth without the middleware names it and itself', async () => {
    let caught: unknown;
    const app = serve((a) => {
      a.get('/', (req, res) => {
        try {
          getAuth(req);
        } catch (error) {
          caught = error;
        }
        res.end();
      });
    });
    await request(app).get('/');
    expect(caught).toBeInstanceOf(MiddlewareMissingError);
    expect((caught as Error).message).toMatch(/getAuth.*authMiddleware\(\)/);
  });

  describe('registered more than once', () => {
    const countDecisions = () => {
      const seen: string[] = [];
      return { seen, onAuthenticate: (event: { status: string }) => seen.push(event.status) };
    };

    it('SC-096 E1 authenticates once and is silent if the options are the same', async () => {
      const logger = createLogger();
      const { seen, onAuthenticate } = countDecisions();
      const same = { ...options, logger, onAuthenticate };
      const app = serve((a) => {
        a.use(authMiddleware(same));
        a.use('/api', authMiddleware({ ...same }));
        a.get('/api', whoami);
      });
      const response = await request(app)
        .get('/api')
        .set(...bearer());
      expect(response.body).toEqual({ userId: 'user_alice' });
      expect(seen).toEqual(['signed-in']);
      expect(logger.warnings).toEqual([]);
    });

    it('SC-096 keeps the verdict of the first and says so once if the options differ', async () => {
      const logger = createLogger();
      const app = serve((a) => {
        a.use(authMiddleware({ ...options, logger }));
        a.use(authMiddleware({ ...options, logger, audience: 'other' }));
        a.get('/', whoami);
      });
      const [name, value] = bearer(instance.session({ aud: 'mine' }));
      for (let round = 0; round < 2; round++) {
        expect((await request(app).get('/').set(name, value)).body).toEqual({ userId: 'user_alice' });
      }
      expect(logger.warnings).toHaveLength(1);
      expect(logger.warnings[0]).toMatch(/override/);
    });

    it('SC-096 authenticates again where the second overrides', async () => {
      const other = createTestInstance({ frontendApi: 'clerk.other.example', ownKey: true });
      const app = serve((a) => {
        a.use(authMiddleware(options));
        a.use(
          '/other',
          authMiddleware(
            { ...options, publishableKey: other.publishableKey, jwtKey: other.jwtKey },
            { scope: 'override' },
          ),
        );
        a.get('/', whoami);
        a.get('/other', (req, res) => {
          res.json({ getter: getAuth(req).userId, property: req.auth.userId });
        });
      });
      const token = other.session({ sub: 'user_other' });
      expect(
        (
          await request(app)
            .get('/')
            .set(...bearer(token))
        ).body,
      ).toEqual({ userId: null });
      expect(
        (
          await request(app)
            .get('/other')
            .set(...bearer(token))
        ).body,
      ).toEqual({ getter: 'user_other', property: 'user_other' });
      expect(
        (
          await request(app)
            .get('/other')
            .set(...bearer())
        ).body,
      ).toEqual({ getter: null, property: null });
    });
  });

  describe('with options by request', () => {
    const tenants = ['a', 'b'].map((name) =>
      createTestInstance({ frontendApi: `clerk.${name}.example`, ownKey: true }),
    );
    const byTenant = (req: IncomingMessage): AuthMiddlewareOptions => {
      const tenant = tenants[Number(req.headers['x-tenant'])];
      if (tenant === undefined) throw new Error('unknown tenant');
      return { publishableKey: tenant.publishableKey, jwtKey: tenant.jwtKey, logger: silent };
    };

    it.each([
      ['a function', byTenant],
      ['an async function', async (req: IncomingMessage) => byTenant(req)],
    ])('E4 SC-103 takes %s and mixes no tenants', async (_name, callback) => {
      const app = serve((a) => a.use(authMiddleware(callback)).get('/', whoami));
      const answers = await Promise.all(
        [0, 1, 0, 1].flatMap((own, index) =>
          [0, 1].map(async (sent) => {
            const token = tenants[sent]?.session({ sub: `user_${sent}_${index}` }) ?? '';
            const response = await request(app)
              .get('/')
              .set('x-tenant', `${own}`)
              .set(...bearer(token));
            return [response.body.userId, own === sent ? `user_${sent}_${index}` : null];
          }),
        ),
      );
      for (const [got, want] of answers) expect(got).toBe(want);
    });

    it.each([
      ['throws', byTenant, 'unknown tenant'],
      ['rejects', async (req: IncomingMessage) => byTenant(req), 'unknown tenant'],
      ['rejects with nothing', () => Promise.reject(), 'authentication-failed'],
      ["rejects with 'route'", () => Promise.reject('route'), 'authentication-failed'],
      ['gives unusable keys', () => ({ publishableKey: 'pk_test_!' }), 'configuration-invalid'],
    ])('SC-098 E4 hands the error on if the function %s', async (_name, callback, code) => {
      const app = serve((a) => a.use(authMiddleware(callback)).get('/', (_req, res) => res.json({ ran: true })));
      const response = await request(app).get('/').set('x-tenant', '7');
      expect(response.status).toBe(500);
      expect(response.body).toEqual({ code });
    });
  });

  describe('behind a proxy', () => {
    const handshakeOrigin = async (trustProxy: unknown, headers: Record<string, string>, more = {}) => {
      const app = serve((a) => {
        a.set('trust proxy', trustProxy);
        a.use(authMiddleware({ ...options, ...more }));
      });
      const response = await request(app)
        .get('/page?x=1')
        .set({ accept: 'text/html', host: 'app.internal', ...headers });
      expect(response.status).toBe(307);
      const url = new URL(response.headers.location ?? '').searchParams.get('redirect_url') ?? '';
      expect(url.endsWith('/page?x=1')).toBe(true);
      return new URL(url).origin;
    };
    const forwarded = { 'x-forwarded-host': 'app.example.com, inner', 'x-forwarded-proto': 'https' };

    it.each([
      ['X8 believes a proxy that the application trusts', true, forwarded, 'https://app.example.com'],
      ['X8 believes it by address', 'loopback', forwarded, 'https://app.example.com'],
      ['SC-063 does not believe one that it does not', false, forwarded, 'http://app.internal'],
      ['SC-063 does not believe one of another address', '10.0.0.1', forwarded, 'http://app.internal'],
      [
        'SC-063 takes no other scheme',
        true,
        { ...forwarded, 'x-forwarded-proto': 'javascript' },
        'http://app.example.com',
      ],
      [
        'SC-063 takes nothing that is no host',
        true,
        { ...forwarded, 'x-forwarded-host': 'evil.test/path' },
        'https://app.internal',
      ],
      ['takes the host alone', true, { 'x-forwarded-host': 'app.example.com:8443' }, 'http://app.example.com:8443'],
    ])('%s', async (_name, trustProxy, headers, origin) => {
      expect(await handshakeOrigin(trustProxy, headers)).toBe(origin);
    });

    it('lets a fixed public origin win', async () => {
      expect(await handshakeOrigin(true, forwarded, { publicOrigin: 'https://fixed.example' })).toBe(
        'https://fixed.example',
      );
    });
  });

  it('SC-096 sees the whole path in a mounted router', async () => {
    const app = serve((a) => {
      const router = express.Router();
      router.use(authMiddleware(options));
      a.use('/deep/down', router);
    });
    const response = await request(app).get('/deep/down/page').set('accept', 'text/html');
    const location = new URL(response.headers.location ?? '');
    expect(new URL(location.searchParams.get('redirect_url') ?? '').pathname).toBe('/deep/down/page');
  });

  it.each([
    ['publishableKey', { jwtKey: instance.jwtKey }],
    ['publishableKey', { ...options, publishableKey: 'pk_test_!' }],
    ['secretKey', { publishableKey: instance.publishableKey }],
    ['jwtKey', { ...options, jwtKey: 'not a key' }],
  ])('SC-099 refuses when built, naming %s', (option, wrong) => {
    expect(() => authMiddleware(wrong)).toThrow(expect.objectContaining({ option }) as ConfigurationError);
    expect(() => authMiddleware(wrong)).toThrow(ConfigurationError);
  });
});

it('types what a request carries', () => {
  expectTypeOf<Request['auth']>().toEqualTypeOf<SessionAuth>();
  expectTypeOf<Request['backend']['users']['getUser']>().toBeFunction();
});
