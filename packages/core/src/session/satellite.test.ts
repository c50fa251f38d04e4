import { describe, expect, it } from 'vitest';
import {
  createSessionKit,
  pageLoad,
  type SessionKitOptions,
  START,
} from '../../../../test/session/support/session-kit.ts';
import type { AuthenticatorOptions } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import type { HandshakeOutcome } from './outcome.ts';

const SATELLITE: AuthenticatorOptions = {
  isSatellite: true,
  domain: 'satellite.example',
  signInUrl: 'https://primary.example/sign-in',
};

describe('assertSatelliteConfig, section 7 A5, §17 S3', () => {
  it.each([
    ['(a) no sign-in page in development', 'development', { signInUrl: undefined }, 'signInUrl'],
    ['(b) relative sign-in page', 'production', { signInUrl: '/sign-in' }, 'signInUrl'],
    ['(b) sign-in page without scheme', 'production', { signInUrl: 'primary.example/sign-in' }, 'signInUrl'],
    ['(b) sign-in page of another scheme', 'production', { signInUrl: 'javascript:alert(1)' }, 'signInUrl'],
    [
      '(c) sign-in page of its own origin',
      'production',
      { signInUrl: 'https://app.satellite.example/in', publicOrigin: 'https://app.satellite.example' },
      'signInUrl',
    ],
    [
      '(c) sign-in page of its own domain',
      'production',
      { signInUrl: 'https://satellite.example/sign-in' },
      'signInUrl',
    ],
    ['(d) neither domain nor proxy', 'production', { domain: undefined }, 'domain'],
    ['a proxy that is no URL', 'production', { proxyUrl: 'proxy' }, 'proxyUrl'],
    ['a proxy of another scheme', 'production', { proxyUrl: 'ftp://x.example' }, 'proxyUrl'],
  ] as const)('refuses %s', (_, type, options, option) => {
    expect(() => createSessionKit({ type, options: { ...SATELLITE, ...options } })).toThrow(
      expect.objectContaining({ option, name: 'ConfigurationError' }),
    );
  });

  it.each([
    ['whole', 'development', {}],
    [
      'with a proxy in place of a domain',
      'production',
      { domain: undefined, proxyUrl: 'https://satellite.example/__clerk' },
    ],
    ['without a sign-in page in production', 'production', { signInUrl: undefined }],
    ['no satellite at all', 'development', { isSatellite: false, domain: undefined, signInUrl: '/sign-in' }],
  ] as const)('accepts a configuration that is %s', (_, type, options) => {
    expect(() => createSessionKit({ type, options: { ...SATELLITE, ...options } })).not.toThrow();
  });

  it.each(['https://primary.example', 'null', 'nonsense', '', 'https://satellite.example'])(
    'never throws for a request whose Origin is %j',
    async (origin) => {
      const kit = createSessionKit({ options: SATELLITE });
      expect(await kit.authenticate(pageLoad('https://satellite.example/', { headers: { origin } }))).toMatchObject({
        status: 'signed-out',
      });
    },
  );

  it('names itself as a configuration error', () => {
    expect(() => createSessionKit({ options: { ...SATELLITE, signInUrl: '/x' } })).toThrow(ConfigurationError);
  });
});

const location = async (options: SessionKitOptions, url: string, cookies: Record<string, string> = {}) => {
  const kit = createSessionKit(options);
  return ((await kit.authenticate(pageLoad(url, { cookies }))) as HandshakeOutcome).location;
};

describe('a satellite asks (F3, F5)', () => {
  it('its primary by the sign-in page in development', async () => {
    const options = { options: { ...SATELLITE, signInUrl: 'https://primary.example/sign-in?z=1' } };
    expect(await location(options, 'https://satellite.example/page?a=1&__clerk_synced=false')).toBe(
      `https://primary.example/sign-in?z=1&__clerk_redirect_url=${encodeURIComponent('https://satellite.example/page?a=1&__clerk_synced=false')}`,
    );
  });

  it('the frontend API of its own domain in production', async () => {
    const want = /^https:\/\/clerk\.satellite\.example\/v1\/client\/handshake\?.*satellite-needs-syncing/;
    expect(
      await location({ type: 'production', options: SATELLITE }, 'https://satellite.example/?__clerk_synced=false'),
    ).toMatch(want);
    expect(
      await location(
        { type: 'production', options: { ...SATELLITE, satelliteAutoSync: true } },
        'https://satellite.example/',
      ),
    ).toMatch(want);
  });

  it.each(['1', '', 'True', 'false '])('nobody for a value of __clerk_synced that is none: %j', async (synced) => {
    const kit = createSessionKit({ type: 'production', options: SATELLITE });
    const outcome = await kit.authenticate(
      pageLoad(`https://satellite.example/?__clerk_synced=${encodeURIComponent(synced)}`),
    );
    expect(outcome).toMatchObject({ status: 'signed-out', reason: 'session-token-and-uat-missing' });
  });

  it('takes an unsuffixed token of the primary for a foreign one in production (section 1.2)', async () => {
    const kit = createSessionKit({ type: 'production', options: SATELLITE });
    const cookies = { __session: kit.keys.session(), __client_uat: '5' };
    expect(await kit.authenticate(pageLoad('https://satellite.example/', { cookies }))).toMatchObject({
      status: 'signed-out',
    });
    const own = { ...cookies, __session: kit.keys.session({ iss: 'https://clerk.satellite.example' }) };
    expect(await kit.authenticate(pageLoad('https://satellite.example/', { cookies: own }))).toMatchObject({
      status: 'signed-in',
    });
  });
});

describe('a primary answers in development (F6)', () => {
  const answer = (
    returnTo: string,
    options: AuthenticatorOptions = {},
    cookies: Record<string, string> = { __clerk_db_jwt: 'dvb_1' },
  ) =>
    location(
      { options },
      `https://primary.example/sign-in?__clerk_redirect_url=${encodeURIComponent(returnTo)}`,
      cookies,
    );

  it.each([
    [
      'loopback',
      'http://localhost:4000/page?a=1',
      {},
      'http://localhost:4000/page?a=1&__clerk_db_jwt=dvb_1&__clerk_synced=true',
    ],
    [
      'loopback by number',
      'http://127.0.0.1:4000/',
      {},
      'http://127.0.0.1:4000/?__clerk_db_jwt=dvb_1&__clerk_synced=true',
    ],
    [
      'a configured satellite',
      'https://satellite.example/page?__clerk_synced=false',
      { satelliteOrigins: ['https://satellite.example'] },
      'https://satellite.example/page?__clerk_synced=true&__clerk_db_jwt=dvb_1',
    ],
    [
      'any host, where asked to',
      'https://any.example/',
      { satelliteOrigins: 'any' },
      'https://any.example/?__clerk_db_jwt=dvb_1&__clerk_synced=true',
    ],
  ] as const)('%s', async (_, returnTo, options, want) => {
    expect(await answer(returnTo, options)).toBe(want);
  });

  it('without a development browser, too', async () => {
    expect(await answer('http://localhost:4000/', {}, {})).toBe('http://localhost:4000/?__clerk_synced=true');
  });

  it.each([
    ['SC-076 another host', 'https://evil.test/'],
    ['SC-076 loopback as a prefix', 'http://localhost.evil.test/'],
    ['SC-076 loopback as a user', 'http://localhost@evil.test/'],
    ['SC-076 loopback with a user', 'http://user@localhost:3000/'],
    ['SC-076 configured host of another scheme', 'http://satellite.example/'],
    ['SC-076 configured host on another port', 'https://satellite.example:8443/'],
    ['SC-077 no URL', 'not-a-url'],
    ['SC-077 a path', '/page'],
    ['SC-077 protocol-relative', '//localhost/'],
    ['SC-077 empty', ''],
    ['§17 S2 javascript', 'javascript:alert(1)'],
    ['S2 data', 'data:text/html,x'],
    ['S2 file', 'file:///etc/passwd'],
  ])('nobody at %s', async (_, returnTo) => {
    const want = await answer(returnTo, { satelliteOrigins: ['https://satellite.example'] }, {});
    expect(want).toMatch(/__clerk_hs_reason=dev-browser-missing/);
  });

  it('SC-077 the first of several', async () => {
    const url =
      'https://primary.example/?__clerk_redirect_url=https%3A%2F%2Fevil.test&__clerk_redirect_url=http%3A%2F%2Flocalhost';
    expect(await location({}, url)).toMatch(/dev-browser-missing/);
  });

  it('SC-076 nobody in production', async () => {
    const kit = createSessionKit({ type: 'production', options: { satelliteOrigins: 'any' } });
    const cookies = { __session: kit.keys.session(), __client_uat: String(START - 60) };
    const outcome = await kit.authenticate(
      pageLoad('https://primary.example/?__clerk_redirect_url=http%3A%2F%2Flocalhost', { cookies }),
    );
    expect(outcome).toMatchObject({ status: 'signed-in' });
  });
});
