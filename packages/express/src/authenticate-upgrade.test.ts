import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConfigurationError } from '@keystile/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthMiddlewareOptions, authenticateUpgrade, authMiddleware, type UpgradeOptions } from './index.ts';

const instance = createTestInstance();
const options: AuthMiddlewareOptions = {
  publishableKey: instance.publishableKey,
  jwtKey: instance.jwtKey,
  logger: { warn() {} },
};
const origin = 'https://front.example';

type Demands = Omit<UpgradeOptions, 'middleware'>;

/** A server that greets whoever may open a socket, by name. */
async function serve(middleware = authMiddleware(options), demands: Demands = {}): Promise<Server> {
  const server = createServer();
  server.on('upgrade', async (req: IncomingMessage, socket: Duplex) => {
    const caller = await authenticateUpgrade(req, socket, { middleware, ...demands });
    if (caller === undefined) return;
    const name = 'userId' in caller.auth ? caller.auth.userId : caller.auth.id;
    socket.end(`HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n\r\n${name} ${caller.expiresAt}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

async function open(server: Server, headers: Readonly<Record<string, string>>): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: 'upgrade', upgrade: 'websocket', ...headers });
  socket.write(`GET /socket HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ cookie: `__session=${token}; __client_uat=1; __clerk_db_jwt=dvb_1` });

describe('authenticateUpgrade', () => {
  it('SC-105 gives the caller and when his token expires', async () => {
    const exp = Math.floor(Date.now() / 1000) + 60;
    const answer = await open(await serve(), bearer(instance.session({ exp })));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 101 .*user_alice ${exp * 1000}$`, 's'));
  });

  it.each([
    ['nobody', () => ({})],
    ['a bad token', () => bearer('a.b.c')],
    ['an expired token', () => bearer(instance.session({ exp: Math.floor(Date.now() / 1000) - 60 }))],
    ['a browser that claims to load a page', () => ({ 'sec-fetch-dest': 'document', accept: 'text/html' })],
  ])('SC-105 answers %s with 401 on the socket', async (_who, headers) => {
    const answer = await open(await serve(), headers());
    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(answer).toMatch(/\r\nwww-authenticate: Bearer/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/);
  });

  it.each([
    ['the page of another site', { origin: 'https://evil.test' }, {}, 401],
    ['a page of no origin', { origin: 'null' }, {}, 401],
    ['a page of a listed origin', { origin }, { origins: [origin] }, 101],
    ['a program, which sends no Origin', {}, {}, 101],
  ])('SC-105 with the cookies of a visitor: %s', async (_who, headers, demands, status) => {
    const answer = await open(await serve(undefined, demands), { ...cookie(instance.session()), ...headers });
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });

  it('SC-105 takes the authorised parties as origins unless others are named', async () => {
    const server = await serve(authMiddleware({ ...options, authorizedParties: [origin] }));
    const headers = cookie(instance.session({ azp: origin }));
    expect(await open(server, { ...headers, origin })).toMatch(/^HTTP\/1\.1 101/);
    expect(await open(server, { ...headers, origin: 'https://evil.test' })).toMatch(/^HTTP\/1\.1 401/);
  });

  it('answers 403 where a demand is not met', async () => {
    const server = await serve(undefined, { role: 'org:admin' });
    expect(await open(server, bearer(instance.session()))).toMatch(/^HTTP\/1\.1 403 Forbidden/);
  });

  it('SC-098 answers 500 if the options cannot be had, and tells the application', async () => {
    const errors: Error[] = [];
    const server = await serve(
      authMiddleware(() => {
        throw new Error('unknown tenant');
      }),
      { onError: (error) => errors.push(error) },
    );
    expect(await open(server, bearer(instance.session()))).toMatch(/^HTTP\/1\.1 500 Internal Server Error/);
    expect(errors.map(({ message }) => message)).toEqual(['unknown tenant']);
  });

  it('survives a client that hangs up in the meantime', async () => {
    const asked = deferred();
    const ready = deferred();
    const server = await serve(
      authMiddleware(async () => {
        asked.resolve();
        await ready.promise;
        return options;
      }),
    );
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await asked.promise;
    socket.resetAndDestroy();
    ready.resolve();
    // The server still answers: nothing went unheard.
    expect(await open(server, bearer(instance.session()))).toMatch(/^HTTP\/1\.1 101/);
  });

  it('refuses a misspelt demand', async () => {
    const refused = authenticateUpgrade(
      {} as IncomingMessage,
      {} as Duplex,
      {
        middleware: authMiddleware(options),
        permision: 'org:x:y',
      } as UpgradeOptions,
    );
    await expect(refused).rejects.toThrow(ConfigurationError);
  });
});
