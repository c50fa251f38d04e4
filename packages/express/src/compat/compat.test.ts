import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { SignedInAuth } from '@keystile/core';
import type { Application, ErrorRequestHandler, Request, RequestHandler } from 'express';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { afterEach, describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../../test/support/express-versions.ts';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import {
  authenticateRequest,
  clerkClient,
  clerkMiddleware,
  createClerkClient,
  type ExpressRequestWithAuth,
  getAuth,
  requireAuth,
} from './index.ts';
import { verifyWebhook } from './webhooks.ts';

const instance = createTestInstance({ type: 'production' });
const development = createTestInstance();
const { publishableKey, secretKey, jwtKey } = instance;
const silent = { logger: { warn() {} } };
const options = { publishableKey, secretKey, jwtKey, ...silent };
const bearer = (claims = {}): [string, string] => ['authorization', `Bearer ${instance.session(claims)}`];
const showError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
  res.status(500).json({ message: error.message });
};

afterEach(() => vi.unstubAllEnvs());

describe.each(EXPRESS_VERSIONS)('/compat on $name', ({ express }) => {
  const serve = (...handlers: readonly RequestHandler[]): Application => {
    const app = express();
    for (const handler of handlers) app.use(handler);
    app.get('/', (req, res) => {
      const { auth } = req as unknown as ExpressRequestWithAuth;
      const { tokenType, ...rest } = auth();
      res.json({ tokenType, userId: 'userId' in rest ? rest.userId : null, getter: getAuth(req).userId });
    });
    app.use(showError);
    return app;
  };

  it('gives requests their auth as a function', async () => {
    const response = await request(serve(clerkMiddleware(options)))
      .get('/')
      .set(...bearer());
    expect(response.body).toEqual({ tokenType: 'session_token', userId: 'user_alice', getter: 'user_alice' });
  });

  it('X9 shows a pending session to those who ask for it', async () => {
    const app = express();
    app.use(clerkMiddleware(options));
    app.get('/', (req, res) => {
      const { auth } = req as unknown as ExpressRequestWithAuth;
      const shown = auth({ treatPendingAsSignedOut: false }) as SignedInAuth;
      res.json({ hidden: (auth() as SignedInAuth).userId, shown: shown.userId });
    });
    const response = await request(app)
      .get('/')
      .set(...bearer({ sts: 'pending' }));
    expect(response.body).toEqual({ hidden: null, shown: 'user_alice' });
  });

  it.each([
    ['a function', () => options],
    ['an async function', async () => options],
  ])('E4 takes %s', async (_what, callback) => {
    const response = await request(serve(clerkMiddleware(callback)))
      .get('/')
      .set(...bearer());
    expect(response.body).toMatchObject({ userId: 'user_alice' });
  });

  it.each([
    ['publishableKey', { secretKey }],
    ['secretKey', { publishableKey, jwtKey }],
    ['secretKey', { publishableKey, jwtKey, secretKey: '' }],
  ])('H1 notices a missing %s with the request', async (option, wrong) => {
    const response = await request(serve(clerkMiddleware(wrong))).get('/');
    expect(response.status).toBe(500);
    expect(response.body.message).toMatch(new RegExp(`^${option}: `));
  });

  it('reads keys from the environment as it is when the first request comes', async () => {
    const app = serve(clerkMiddleware(silent));
    vi.stubEnv('CLERK_SECRET_KEY', secretKey);
    vi.stubEnv('CLERK_PUBLISHABLE_KEY', publishableKey);
    vi.stubEnv('CLERK_JWT_KEY', jwtKey);
    const response = await request(app)
      .get('/')
      .set(...bearer());
    expect(response.body).toMatchObject({ userId: 'user_alice' });
  });

  it('takes the keys of a client that it is given, over those of the environment', async () => {
    vi.stubEnv('CLERK_SECRET_KEY', 'sk_test_of_somebody_else');
    const app = serve(clerkMiddleware({ clerkClient: createClerkClient(options), secretKey: '', ...silent }));
    const response = await request(app)
      .get('/')
      .set(...bearer());
    expect(response.body).toMatchObject({ userId: 'user_alice' });
  });

  it('takes options that depend on the URL', async () => {
    const app = serve(
      clerkMiddleware({
        ...options,
        isSatellite: (url) => url.hostname === 'satellite.example',
        domain: (url) => url.hostname,
        signInUrl: 'https://primary.example/sign-in',
      }),
    );
    const visit = (host: string) =>
      request(app).get('/').set({ host, 'sec-fetch-dest': 'document', cookie: '__client_uat=1' });
    expect((await visit('satellite.example')).headers.location).toMatch(/^https:\/\/clerk\.satellite\.example\//);
    expect((await visit('primary.example')).headers.location).toMatch(/^https:\/\/clerk\.test\.example\//);
  });

  it('X8 believes what a proxy says of the public address', async () => {
    const { publishableKey, secretKey, jwtKey } = development;
    const response = await request(serve(clerkMiddleware({ publishableKey, secretKey, jwtKey })))
      .get('/page')
      .set({ accept: 'text/html', 'x-forwarded-host': 'app.example', 'x-forwarded-proto': 'https' });
    const { searchParams } = new URL(response.headers.location ?? '');
    expect(searchParams.get('redirect_url')).toBe('https://app.example/page');
  });

  it('E7 serves the frontend API where it is told to, with every cookie', async () => {
    const cookies = ['a=1', 'b=2', 'c=3'];
    const upstream = await startLoopbackServer((req, res) => {
      res.setHeader('set-cookie', cookies);
      json({})(req, res, 1);
    });
    vi.stubEnv('CLERK_FAPI_URL', upstream.url);
    const enabled = (url: URL) => url.hostname === 'proxied.test';
    const app = serve(clerkMiddleware({ ...options, frontendApiProxy: { enabled, path: '/api/auth/' } }));
    const proxied = await request(app).get('/api/auth/v1/client').set('host', 'proxied.test');
    expect(proxied.headers['set-cookie']).toEqual(cookies);
    expect((await request(app).get('/api/auth/v1/client').set('host', 'other.test')).status).toBe(404);
    expect(upstream.requests).toHaveLength(1);
  });

  it('SC-095 names clerkMiddleware() where it has not run', async () => {
    const response = await request(serve((req, _res, next) => next(void getAuth(req)))).get('/');
    expect(response.body.message).toMatch(/getAuth.*clerkMiddleware\(\)/);
  });

  it('E1 authenticates once, however often it is registered', async () => {
    const seen: string[] = [];
    const onAuthenticate = (event: { status: string }) => seen.push(event.status);
    const middleware = clerkMiddleware({ ...options, onAuthenticate });
    await request(serve(middleware, middleware)).get('/');
    expect(seen).toEqual(['signed-out']);
  });

  describe('requireAuth', () => {
    it.each([
      ['the option', { signInUrl: '/login' }, '/from-env', '/login'],
      ['the environment', {}, '/from-env', '/from-env'],
      ['the root', {}, '', '/'],
    ])('E5 redirects to %s', async (_what, more, fromEnvironment, location) => {
      vi.stubEnv('CLERK_SIGN_IN_URL', fromEnvironment);
      const response = await request(serve(requireAuth({ ...options, ...more }))).get('/');
      expect(response.status).toBe(302);
      expect(response.headers.location).toBe(location);
    });

    it('E2 is not fooled by what another library left', async () => {
      const forge: RequestHandler = (req, _res, next) => {
        Object.assign(req, { auth: () => ({ userId: 'user_admin' }) });
        next();
      };
      expect((await request(serve(forge, requireAuth(options))).get('/')).status).toBe(302);
    });

    it('lets a user pass, and hands errors on', async () => {
      const signedIn = await request(serve(requireAuth(options)))
        .get('/')
        .set(...bearer());
      expect(signedIn.status).toBe(200);
      expect((await request(serve(requireAuth({ publishableKey: 'pk_test_!' }))).get('/')).status).toBe(500);
    });
  });

  describe('verifyWebhook', () => {
    const signingSecret = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';
    const compact = '{"type":"user.deleted","data":{"id":"user_1"}}';
    const pretty = '{ "type": "user.deleted", "data": { "id": "user_1", "ratio": 1.0 } }';

    it.each([
      ['no parser', undefined, compact, 400],
      ['express.json()', express.json(), compact, 200],
      ['express.json()', express.json(), pretty, 400],
      ['express.raw()', express.raw({ type: '*/*' }), pretty, 200],
      ['express.text()', express.text({ type: '*/*' }), pretty, 200],
    ])('X11 after %s', async (_parser, parser, body, status) => {
      const app = express();
      if (parser !== undefined) app.use(parser);
      app.post('/', async (req, res) => {
        const verified = await verifyWebhook(req, { signingSecret }).catch(() => undefined);
        res.sendStatus(verified === undefined ? 400 : 200);
      });
      const at = new Date();
      const signed = {
        'content-type': 'application/json',
        'svix-id': 'msg_1',
        'svix-timestamp': `${Math.floor(at.getTime() / 1000)}`,
        'svix-signature': new Webhook(signingSecret).sign('msg_1', at, body),
      };
      expect((await request(app).post('/').set(signed).send(body)).status).toBe(status);
    });
  });
});

it('authenticateRequest serves requests that Express never sees', async () => {
  const client = createClerkClient(options);
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  server.on('upgrade', async (req, socket) => {
    const state = await authenticateRequest({ clerkClient: client, request: req, options: { publishableKey } });
    const auth = state.toAuth();
    socket.end(`HTTP/1.1 ${auth !== null && 'userId' in auth && auth.userId ? 101 : 401} \r\n\r\n`);
  });
  const open = async (...headers: readonly string[]): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      ['GET / HTTP/1.1', 'host: x', 'connection: upgrade', 'upgrade: websocket', ...headers, '', ''].join('\r\n'),
    );
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return answer.slice(9, 12);
  };
  expect(await open(bearer().join(': '))).toBe('101');
  expect(await open()).toBe('401');
});

it('clerkClient takes its keys from the environment when it is first used', () => {
  vi.stubEnv('CLERK_SECRET_KEY', '');
  const before = clerkClient.users;
  vi.stubEnv('CLERK_SECRET_KEY', secretKey);
  const { users } = clerkClient;
  expect(users).not.toBe(before);
  expect(clerkClient.users).toBe(users);
  expect(() => {
    (clerkClient as { users: unknown }).users = {};
  }).toThrow(TypeError);
});

it('types what it gives', () => {
  const { auth } = {} as ExpressRequestWithAuth;
  expectTypeOf(auth).returns.toHaveProperty('tokenType');
  expectTypeOf<Request>().toExtend<Parameters<typeof getAuth>[0]>();
});
