import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHost } from './host.ts';
import { forwardedHost, type PublicUrlPolicy, readPublicOrigin, toPublicUrl } from './public-url.ts';
import { viewIncomingMessage, viewRequest } from './request-view.ts';

const TRUSTING: PublicUrlPolicy = { publicOrigin: undefined, trustForwarded: true };
const WARY: PublicUrlPolicy = { publicOrigin: undefined, trustForwarded: false };
const LISTING: PublicUrlPolicy = { publicOrigin: undefined, trustForwarded: ['a.com', 'a.com:3213'] };
const FIXED: PublicUrlPolicy = { publicOrigin: 'https://app.example.com', trustForwarded: true };

interface Given {
  readonly url?: string;
  readonly host?: string;
  readonly xfh?: string;
  readonly xfp?: string;
}

function publicUrl({ url = 'http://localhost:3000/p?q=1', host, xfh, xfp }: Given, policy: PublicUrlPolicy): string {
  const values = { host, 'x-forwarded-host': xfh, 'x-forwarded-proto': xfp };
  const view = {
    ...pick(viewRequest({ method: 'GET', url, headers: new Headers() })),
    header: (name: string) => values[name as keyof typeof values],
  };
  return toPublicUrl(readPublicOrigin(view, policy), view).href;
}

const pick = (view: ReturnType<typeof viewRequest>) => ({
  method: view.method,
  origin: view.origin,
  target: view.target,
  headers: () => view.headers(),
});

const UNCHANGED = 'http://localhost:3000/p?q=1';

describe('the public URL, section 3', () => {
  it.each([
    ['lists', { xfh: 'a.com,b.com', xfp: 'https, http' }, 'https://a.com/p?q=1'],
    ['host with port', { xfh: 'a.com:3213', xfp: 'https' }, 'https://a.com:3213/p?q=1'],
    ['scheme alone, no host', { xfp: 'https' }, UNCHANGED],
    ['scheme and host header', { xfp: 'https', host: 'h.com' }, 'https://h.com/p?q=1'],
    ['host header alone', { host: 'h.com' }, 'http://h.com/p?q=1'],
    ['forwarded host alone', { xfh: 'a.com', host: 'h.com' }, 'http://a.com/p?q=1'],
    ['same origin', { xfh: 'localhost:3000', xfp: 'http' }, UNCHANGED],
    ['default port', { xfh: 'a.com:443', xfp: 'https' }, 'https://a.com/p?q=1'],
    ['step 1 empty first element', { xfh: ',b.com', host: 'h.com', xfp: 'https' }, UNCHANGED],
    ['step 1 blank first element', { xfh: ' ,b.com', host: 'h.com' }, UNCHANGED],
    ['step 2 empty first element', { xfp: ',https', host: 'h.com' }, UNCHANGED],
    ['§17 N2 blanks around', { xfh: ' a.com , b.com', xfp: ' https , http' }, 'https://a.com/p?q=1'],
    ['N2 scheme in upper case', { xfh: 'a.com', xfp: 'HTTPS' }, 'https://a.com/p?q=1'],
    ['N2 host in upper case', { xfh: 'A.com', xfp: 'https' }, 'https://a.com/p?q=1'],
    ['N2 markup', { xfh: '<bad>', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 markup, no host', { xfh: '<bad>' }, UNCHANGED],
    ['N2 port out of range', { xfh: 'a.com:99999', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 user', { xfh: 'user:pw@evil.com', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 path', { xfh: 'a.com/x', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 fragment', { xfh: 'evil.test#', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 scheme in the host', { xfh: 'https://a.com', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 scheme javascript', { xfp: 'javascript', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['N2 scheme wss', { xfp: 'wss', host: 'h.com' }, 'http://h.com/p?q=1'],
    [
      '§17 N1 path of two slashes',
      { url: 'http://localhost:3000//evil.com/x', host: 'good.com' },
      'http://good.com//evil.com/x',
    ],
    [
      'N1 path of a backslash',
      { url: 'http://localhost:3000/\\evil.com/x', host: 'good.com' },
      'http://good.com//evil.com/x',
    ],
    ['SC-064 bad host', { host: 'a b' }, UNCHANGED],
    ['SC-064 half an address', { host: '[::1' }, UNCHANGED],
    ['SC-064 empty host', { host: '' }, UNCHANGED],
    ['SC-064 host with a fragment', { host: 'evil.test#' }, UNCHANGED],
    ['SC-064 70 kB', { host: 'a'.repeat(70_000) }, UNCHANGED],
    ['SC-064 looks like a host and is none', { host: '999.999.999.999' }, UNCHANGED],
    ['SC-064 ends in a number', { host: 'a.0' }, UNCHANGED],
    // Older runtimes refuse such a URL, newer ones do not look into labels of ASCII: what counts is that all of ours agree.
    ['SC-064 no Punycode', { host: 'xn--' }, URL.canParse('http://xn--') ? 'http://xn--/p?q=1' : UNCHANGED],
    ['IPv6', { host: '[::1]:8080' }, 'http://[::1]:8080/p?q=1'],
  ] satisfies [string, Given, string][])('trusting: %s', (_, given, want) => {
    expect(publicUrl(given, TRUSTING)).toBe(want);
  });

  it.each([
    ['by default', WARY, { xfh: 'evil.test', xfp: 'https', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['by default, no host header', WARY, { xfh: 'evil.test', xfp: 'https' }, UNCHANGED],
    ['by default, empty forwarded host', WARY, { xfh: ',', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['unless listed', LISTING, { xfh: 'evil.test', xfp: 'https', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['listed', LISTING, { xfh: 'A.com', xfp: 'https', host: 'h.com' }, 'https://a.com/p?q=1'],
    ['listed with port', LISTING, { xfh: 'a.com:3213', xfp: 'https', host: 'h.com' }, 'https://a.com:3213/p?q=1'],
    ['listed host with another port', LISTING, { xfh: 'a.com:1', xfp: 'https', host: 'h.com' }, 'http://h.com/p?q=1'],
    ['listed host header: the scheme counts', LISTING, { xfp: 'https', host: 'a.com' }, 'https://a.com/p?q=1'],
    ['suffix of a listed one', LISTING, { xfh: 'evil-a.com', host: 'h.com' }, 'http://h.com/p?q=1'],
    [
      'with a fixed origin',
      FIXED,
      { xfh: 'evil.test', xfp: 'http', host: 'evil.test' },
      'https://app.example.com/p?q=1',
    ],
  ] satisfies [string, PublicUrlPolicy, Given, string][])(
    '§17 N3 SC-063 forwarded headers do not count %s',
    (_, policy, given, want) => {
      expect(publicUrl(given, policy)).toBe(want);
    },
  );

  it('reads no other header', () => {
    const read: string[] = [];
    const view = {
      method: 'GET',
      origin: 'http://localhost',
      target: '/',
      header: (name: string) => {
        read.push(name);
        return undefined;
      },
      headers: () => [],
    };
    readPublicOrigin(view, TRUSTING);
    expect(read.sort()).toEqual(['host', 'x-forwarded-host', 'x-forwarded-proto']);
  });

  it('SC-063, SC-064, SC-065 is always a URL of http(s) whose path is the one that was sent', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('a.com', '//evil.test', 'user@evil.test', 'https', 'javascript', '[::1]', '%'),
    );
    fc.assert(
      fc.property(text, text, text, text, (host, xfh, xfp, path) => {
        const view = viewIncomingMessage({
          url: `/${path}`,
          headers: { host, 'x-forwarded-host': xfh, 'x-forwarded-proto': xfp },
        });
        for (const policy of [TRUSTING, WARY, LISTING]) {
          const origin = readPublicOrigin(view, policy);
          expect(URL.canParse(origin)).toBe(true);
          const url = toPublicUrl(origin, view);
          expect(url.protocol).toMatch(/^https?:$/);
          expect(url.username).toBe('');
          expect(url.pathname).toBe(new URL(`http://x.test/${path}`).pathname);
        }
        expect(toPublicUrl(readPublicOrigin(view, FIXED), view).origin).toBe('https://app.example.com');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('isHost', () => {
  it.each(['a', 'a.com', 'a.com:80', 'A_b-c.com', 'localhost:65535', '127.0.0.1', '[::1]', '[::ffff:1.2.3.4]:1'])(
    '%s is one',
    (text) => {
      expect(isHost(text)).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    '.com',
    '-a',
    ':80',
    'a:',
    'a:x',
    'a:65536',
    'a:123456',
    'a b',
    'a@b',
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    'a%b',
    'a,b',
    '[::1',
    '::1',
    '[x]',
    'ä.com',
    'a\0',
    'a\n',
  ])('%j is none', (text) => {
    expect(isHost(text)).toBe(false);
  });
});

describe('forwardedHost', () => {
  it.each([
    ['none', undefined, undefined],
    ['one', 'A.com', 'a.com'],
    ['first of several', 'a.com, b.com', 'a.com'],
    ['none that could be one', '<bad>', undefined],
  ])('%s', (_, value, want) => {
    expect(forwardedHost(viewIncomingMessage({ headers: { 'x-forwarded-host': value } }))).toBe(want);
  });
});
