import { once } from 'node:events';
import { connect } from 'node:net';
import type { Application } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../test/support/express-versions.ts';
import { json, startLoopbackServer } from '../../../test/support/loopback-server.ts';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthMiddlewareOptions, authMiddleware } from './index.ts';

const { publishableKey, secretKey, jwtKey } = createTestInstance();

describe.each(EXPRESS_VERSIONS)('frontendApiProxy on $name', ({ express }) => {
  const serve = (
    options: AuthMiddlewareOptions,
    before: (app: Application) => void = () => {},
    after: (app: Application) => void = () => {},
  ): Application => {
    const app = express();
    before(app);
    app.use(authMiddleware({ publishableKey, secretKey, jwtKey, logger: { warn() {} }, ...options }));
    after(app);
    app.use((_req, res) => {
      res.status(404).send('application');
    });
    return app;
  };

  it('passes requests on with the keys, and E7 every cookie back', async () => {
    const upstream = await startLoopbackServer((_req, res) => {
      res.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Path=/', 'c=3; Path=/']);
      json({ client: 'abc' })(_req, res, 1);
    });
    const app = serve({ frontendApiProxy: { frontendApiUrl: upstream.url } });
    const response = await request(app).get('/__clerk/v1/client?x=1').set('cookie', '__client=1');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ client: 'abc' });
    expect(response.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/', 'c=3; Path=/']);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('x-clerk-'))).toEqual([]);
    expect(upstream.requests[0]?.line).toBe('GET /v1/client?x=1');
    expect(upstream.requests[0]?.headers).toMatchObject({ 'clerk-secret-key': secretKey, cookie: '__client=1' });
    expect(upstream.requests[0]?.headers['clerk-proxy-url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/__clerk$/);
  });

  it.each([
    ['POST', 'no parser', () => {}, 'application/json', '{"a":"é"}', '{"a":"é"}'],
    ['DELETE', 'no parser', () => {}, 'application/json', '{"a":1}', '{"a":1}'],
    [
      'POST',
      'express.json()',
      (app: Application) => app.use(express.json()),
      'application/json',
      '{ "a": 1 }',
      '{"a":1}',
    ],
    [
      'POST',
      'express.urlencoded()',
      (app: Application) => app.use(express.urlencoded({ extended: false })),
      'application/x-www-form-urlencoded',
      'a=1&b=%26',
      'a=1&b=%26',
    ],
    [
      'PATCH',
      'express.raw()',
      (app: Application) => app.use(express.raw({ type: '*/*' })),
      'application/octet-stream',
      'bytes',
      'bytes',
    ],
  ] as const)('sends the body of a %s along after %s', async (method, _parser, before, type, body, want) => {
    const upstream = await startLoopbackServer(json({}));
    const app = serve({ frontendApiProxy: { frontendApiUrl: upstream.url } }, before);
    const response = await request(app)
      [method.toLowerCase() as 'post']('/__clerk/v1/x')
      .set('content-type', type)
      .send(body);
    expect(response.status).toBe(200);
    expect(upstream.requests.map(({ body: sent }) => sent)).toEqual([want]);
  });

  it('says so if a parser took the body away', async () => {
    const upstream = await startLoopbackServer(json({}));
    const app = serve({ frontendApiProxy: { frontendApiUrl: upstream.url } }, (a) =>
      a.use((req, _res, next) => {
        req.resume().on('end', () => next());
      }),
    );
    const response = await request(app).post('/__clerk/v1/x').set('content-type', 'text/plain').send('gone');
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ code: 'proxy_request_failed' }] });
    expect(upstream.requests).toEqual([]);
  });

  it.each([
    ['/__clerk', undefined, true],
    ['/__clerk/', undefined, true],
    ['/__clerkx', undefined, false],
    ['/api/__clerk/v1', undefined, false],
    ['/auth/v1/client', '/auth/', true],
    ['/__clerk/v1/client', '/auth', false],
    ['/anything', '/', false],
    ['/__clerk/v1/client', '/', true],
  ])('E6 %s is the proxy’s under the path %s: %s', async (path, proxyPath, isProxied) => {
    const upstream = await startLoopbackServer(json({}));
    const app = serve({ frontendApiProxy: { frontendApiUrl: upstream.url, proxyPath } });
    await request(app).get(path);
    expect(upstream.requests.length).toBe(isProxied ? 1 : 0);
  });

  it('sends browsers through the proxy, too', async () => {
    const app = serve({ frontendApiProxy: true });
    const response = await request(app).get('/page').set({ accept: 'text/html', host: 'app.example' });
    expect(response.headers.location).toMatch(/^http:\/\/app\.example\/__clerk\/v1\/client\/handshake\?/);
  });

  it('is off by default', async () => {
    expect((await request(serve({})).get('/__clerk/v1/client')).text).toBe('application');
  });

  it('gives up with the browser', async () => {
    const upstream = await startLoopbackServer(() => {
      // Never answers.
    });
    const server = serve({ frontendApiProxy: { frontendApiUrl: upstream.url } }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    socket.write('GET /__clerk/v1/client HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => upstream.unanswered).toBe(1);
    socket.destroy();
    await expect.poll(() => upstream.unanswered).toBe(0);
    server.close();
  });
});
