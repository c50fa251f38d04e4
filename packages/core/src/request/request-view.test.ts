import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type RequestView, viewIncomingMessage, viewRequest } from './request-view.ts';

describe('viewRequest', () => {
  it.each([
    ['https://a.example/p/q?x=1', 'https://a.example', '/p/q?x=1'],
    ['https://a.example', 'https://a.example', '/'],
    ['http://a.example:8080/', 'http://a.example:8080', '/'],
    ['http://[::1]:3000/x', 'http://[::1]:3000', '/x'],
    ['http://a.example//evil.test/x', 'http://a.example', '//evil.test/x'],
    ['http://a.example/p#fragment', 'http://a.example', '/p'],
    ['http://a.example/?next=http://b.example/', 'http://a.example', '/?next=http://b.example/'],
  ])('%s', (url, origin, target) => {
    const view = viewRequest(new Request(url, { method: 'PUT', headers: { 'X-Name': 'value' } }));
    expect(view).toMatchObject({ method: 'PUT', origin, target });
    expect(view.header('x-name')).toBe('value');
    expect(view.header('x-other')).toBeUndefined();
    expect([...view.headers()]).toEqual([['x-name', 'value']]);
  });

  it.each([
    ['http://a.example?x=/y', 'http://a.example', '/?x=/y'],
    ['http://a.example#x/y', 'http://a.example', '/'],
  ])('takes a URL that nobody normalised: %s', (url, origin, target) => {
    expect(viewRequest({ method: 'GET', url, headers: new Headers() })).toMatchObject({ origin, target });
  });

  it('SC-067 leaves the body alone', async () => {
    const headers = { 'content-type': 'text/plain' };
    const request = new Request('https://a.example/', { method: 'POST', body: 'text', headers });
    const view = viewRequest(request);
    expect([view.method, view.target, view.header('content-type')]).toEqual(['POST', '/', 'text/plain']);
    expect(request.bodyUsed).toBe(false);
    expect(await request.text()).toBe('text');
  });
});

describe('viewIncomingMessage', () => {
  it.each([
    ['path and query', '/p?x=1', '/p?x=1'],
    ['SC-065 two slashes', '//evil.test/x', '//evil.test/x'],
    ['SC-065 absolute form', 'http://evil.test/x?y=1', '/x?y=1'],
    ['SC-065 absolute form without a path', 'http://evil.test', '/'],
    ['SC-065 absolute form, query alone', 'http://evil.test?x=/y', '/?x=/y'],
    ['SC-065 asterisk', '*', '/*'],
    ['SC-065 empty', '', '/'],
    ['SC-065 backslashes', '\\\\evil', '/\\\\evil'],
    ['query alone', '?x', '/?x'],
  ])('target: %s', (_, url, want) => {
    expect(viewIncomingMessage({ url, headers: {} }).target).toBe(want);
  });

  it.each([
    ['plain', { headers: { host: 'a.example:3000' } }, 'http://a.example:3000'],
    ['encrypted', { headers: { host: 'a.example' }, socket: { encrypted: true } }, 'https://a.example'],
    ['no host', { headers: {} }, 'http://localhost'],
    ['SC-064 hostile host', { headers: { host: 'evil.test#' } }, 'http://localhost'],
    ['SC-064 empty host', { headers: { host: '' } }, 'http://localhost'],
    ['no socket any more', { headers: { host: 'a.example' }, socket: null }, 'http://a.example'],
  ])('origin: %s', (_, message, want) => {
    expect(viewIncomingMessage(message).origin).toBe(want);
  });

  it('prefers the target before a router cut it (Express)', () => {
    expect(viewIncomingMessage({ url: '/b', originalUrl: '/a/b', headers: {} }).target).toBe('/a/b');
  });

  it('sees what Node parsed of a real request', async () => {
    const seen = await exchange(
      'GET /p?x=1 HTTP/1.1\r\nHost: a.example\r\nCookie: a=1\r\nCookie: b=2\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\nConnection: close\r\n\r\n',
    );
    expect(seen).toMatchObject({ method: 'GET', origin: 'http://a.example', target: '/p?x=1' });
    expect(seen.header('cookie')).toBe('a=1; b=2');
    // SC-052 Node keeps the first of two lines.
    expect(seen.header('authorization')).toBe('Bearer x');
    expect([...seen.headers()].map(([name]) => name)).toEqual(['host', 'cookie', 'authorization', 'connection']);
  });
});

/** Sends raw bytes to a server of Node's and gives the view of what arrived. */
async function exchange(raw: string): Promise<RequestView> {
  const server = createServer();
  const arrived = new Promise<RequestView>((resolve) => {
    server.on('request', (request, response) => {
      resolve(viewIncomingMessage(request));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(raw));
  try {
    return await arrived;
  } finally {
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}
