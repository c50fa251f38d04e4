import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toClientHeaders, toUpstreamHeaders } from './proxy-headers.ts';

const PROXY_URL = new URL('https://app.test/__clerk');
const OURS = {
  'accept-encoding': 'identity',
  'clerk-proxy-url': 'https://app.test/__clerk',
  'clerk-secret-key': 'sk_test_ours',
  'x-forwarded-host': 'app.test',
  'x-forwarded-proto': 'https',
};

function upstream(incoming: Record<string, string>, clientIp?: string) {
  return Object.fromEntries(
    toUpstreamHeaders(new Headers(incoming), { proxyUrl: PROXY_URL, secretKey: 'sk_test_ours', clientIp }),
  );
}

describe('§17 P3 SC-112 headers to the frontend API', () => {
  it.each([
    [
      'what says nothing of the way',
      { accept: '*/*', cookie: 'a=1', authorization: 'Bearer x', 'x-custom': '1' },
      undefined,
    ],
    ['our own names', { 'Clerk-Secret-Key': 'sk_live_theirs', 'Clerk-Proxy-Url': 'https://evil.test' }, {}],
    ['other names of ours', { 'clerk-api-version': '1', 'Clerk-Anything': '1' }, {}],
    ['removal of ours', { connection: 'clerk-secret-key, Clerk-Proxy-Url, x-forwarded-host' }, {}],
    [
      'what the connection names',
      { connection: 'x-hop , Keep-Alive', 'x-hop': '1', 'keep-alive': '1', 'x-kept': '1' },
      { 'x-kept': '1' },
    ],
    ['the connection’s own', { te: 'trailers', trailer: 'x', upgrade: 'websocket', 'proxy-authorization': 'x' }, {}],
    ['another length', { 'transfer-encoding': 'chunked, identity' }, {}],
    ['a wait that fetch cannot do', { expect: '100-continue' }, {}],
    ['the host', { host: 'app.test' }, {}],
    [
      'where a caller says that it is',
      {
        'x-forwarded-for': '192.0.2.9, 10.0.0.1',
        'x-real-ip': '192.0.2.9',
        'cf-connecting-ip': '192.0.2.9',
        'true-client-ip': '192.0.2.9',
        forwarded: 'for=192.0.2.9',
        'x-forwarded-host': 'evil.test',
        'x-forwarded-proto': 'http',
      },
      {},
    ],
    ['another encoding', { 'accept-encoding': 'br' }, {}],
  ])('%s', (_label, incoming, passed) => {
    expect(upstream(incoming)).toEqual({ ...(passed ?? incoming), ...OURS });
  });

  it('names the client if it is known', () => {
    expect(upstream({ 'x-forwarded-for': '10.0.0.1' }, '192.0.2.1')).toEqual({
      ...OURS,
      'x-forwarded-for': '192.0.2.1',
    });
  });

  it('ours stand, whatever is sent', () => {
    const name = fc.constantFrom(
      'connection',
      'clerk-x',
      'CLERK-SECRET-KEY',
      'Clerk-Proxy-Url',
      'x-forwarded-host',
      'te',
      'x-a',
    );
    const value = fc.constantFrom('', 'close', 'clerk-secret-key', 'Clerk-Proxy-Url, x-forwarded-proto', ',,', 'x-a');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (lines) => {
        const headers = new Headers(lines);
        const sent = toUpstreamHeaders(headers, {
          proxyUrl: PROXY_URL,
          secretKey: 'sk_test_ours',
          clientIp: undefined,
        });
        expect(Object.fromEntries(sent)).toMatchObject(OURS);
        expect([...sent.keys()].filter((key) => key.startsWith('clerk-'))).toEqual([
          'clerk-proxy-url',
          'clerk-secret-key',
        ]);
      }),
    );
  });
});

describe('headers to the browser', () => {
  const upstreamUrl = new URL('https://frontend-api.test');

  it('keep each cookie a line of its own and lose what is not true any more', () => {
    const answered = new Headers({
      'content-type': 'text/html',
      'content-encoding': 'gzip',
      'content-length': '10',
      connection: 'x-hop',
      'x-hop': '1',
      'transfer-encoding': 'chunked',
    });
    answered.append('set-cookie', 'a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT');
    answered.append('set-cookie', 'b=2');
    expect([...toClientHeaders(answered, PROXY_URL, upstreamUrl)]).toEqual([
      ['content-type', 'text/html'],
      ['set-cookie', 'a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it.each([
    ['https://frontend-api.test/v1/x?a=1#f', 'https://app.test/__clerk/v1/x?a=1#f'],
    ['/v1/x', 'https://app.test/__clerk/v1/x'],
    ['?a=1', 'https://app.test/__clerk/?a=1'],
    ['//frontend-api.test/x', 'https://app.test/__clerk/x'],
    ['https://frontend-api.test:444/x', 'https://frontend-api.test:444/x'],
    ['https://accounts.test/sign-in', 'https://accounts.test/sign-in'],
    ['//other.test/x', '//other.test/x'],
    ['http://[', 'http://['],
  ])('a redirect to %s becomes %s', (location, through) => {
    expect(toClientHeaders(new Headers({ location }), PROXY_URL, upstreamUrl).get('location')).toBe(through);
  });
});
