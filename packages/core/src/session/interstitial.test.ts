import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackendServer, startBackendServer } from '../../../../test/session/support/backend-server.ts';
import {
  apiCall,
  createSessionKit,
  pageLoad,
  type SessionKitOptions,
} from '../../../../test/session/support/session-kit.ts';
import type { AuthenticatorOptions } from '../config.ts';
import { type InterstitialSettings, interstitialPage, isNonce } from './interstitial-page.ts';
import type { HandshakeOutcome } from './outcome.ts';

const APP = 'https://app.example.com';

const show = async (options: AuthenticatorOptions = {}, kitOptions: SessionKitOptions = {}, url = APP) => {
  const kit = createSessionKit({ ...kitOptions, options: { unresolved: 'interstitial', ...options } });
  return (await kit.authenticate(pageLoad(url))) as HandshakeOutcome;
};

/** The settings that a page hands to its script. */
function settingsOf(page: string | undefined): InterstitialSettings {
  const literal = /\}\)\((\{.*\})\);\n<\/script>/.exec(page ?? '')?.[1];
  return JSON.parse(literal ?? 'null');
}

describe('the interstitial page in place of the redirect, section 15.5', () => {
  it('replaces the location and nothing else', async () => {
    const redirect = await createSessionKit().authenticate(pageLoad(APP));
    const { page, ...rest } = await show();
    const { location, ...want } = redirect as HandshakeOutcome;
    expect(location).toContain('/v1/client/handshake');
    expect(rest).toEqual(want);
    expect(page).toContain('<!doctype html>');
  });

  it('counts redirects and gives up as they do (G3)', async () => {
    const kit = createSessionKit({ options: { unresolved: 'interstitial' } });
    const shown = (await kit.authenticate(
      pageLoad(APP, { cookies: { __clerk_redirect_count: '2' } }),
    )) as HandshakeOutcome;
    expect(shown.responseHeaders).toContainEqual(['set-cookie', expect.stringContaining('__clerk_redirect_count=3')]);
    expect(await kit.authenticate(pageLoad(APP, { cookies: { __clerk_redirect_count: '3' } }))).toMatchObject({
      status: 'signed-out',
    });
  });

  it('is for page loads alone (G1)', async () => {
    const kit = createSessionKit({ options: { unresolved: 'interstitial' } });
    expect(await kit.authenticate(apiCall(APP))).toMatchObject({ status: 'signed-out', reason: 'dev-browser-missing' });
  });

  it.each([
    [
      'a satellite asks',
      { isSatellite: true, domain: 's.example', signInUrl: 'https://p.example/in' },
      `${APP}?__clerk_synced=false`,
    ],
    ['a primary answers', {}, `${APP}?__clerk_redirect_url=http%3A%2F%2Flocalhost%2F`],
  ])('stays a redirect where %s in development', async (_, options, url) => {
    const outcome = await show(options, {}, url);
    expect(outcome.page).toBeUndefined();
    expect(outcome.location).toBeDefined();
  });

  it.each([
    [
      'development',
      {},
      {},
      { scriptUrl: 'https://clerk.example.com/npm/@clerk/clerk-js@latest/dist/clerk.browser.js' },
    ],
    [
      'staging',
      {},
      { frontendApi: 'x.clerk.accountsstage.dev' },
      { scriptUrl: 'https://x.clerk.accountsstage.dev/npm/@clerk/clerk-js@canary/dist/clerk.browser.js' },
    ],
    [
      'a local backend',
      {},
      { frontendApi: '127.0.0.1:4000' },
      { scriptUrl: 'http://127.0.0.1:4000/npm/@clerk/clerk-js@latest/dist/clerk.browser.js' },
    ],
    [
      'a proxy',
      { proxyUrl: '/__clerk' },
      {},
      { scriptUrl: `${APP}/__clerk/npm/@clerk/clerk-js@latest/dist/clerk.browser.js`, proxyUrl: `${APP}/__clerk` },
    ],
    [
      'a script of its own',
      { interstitial: { scriptUrl: 'https://clerk.example.com/own.js' } },
      {},
      { scriptUrl: 'https://clerk.example.com/own.js' },
    ],
    ['a sign-in page', { signInUrl: '/sign-in' }, {}, { signInUrl: '/sign-in' }],
  ] satisfies [string, AuthenticatorOptions, SessionKitOptions, Partial<InterstitialSettings>][])(
    'names the instance: %s',
    async (_, options, kitOptions, want) => {
      const { page } = await show(options, kitOptions);
      expect(settingsOf(page)).toMatchObject({ isSatellite: false, reason: 'dev-browser-missing', ...want });
    },
  );

  it('names a satellite', async () => {
    const kit = createSessionKit({
      type: 'production',
      options: { unresolved: 'interstitial', isSatellite: true, domain: 'satellite.example', satelliteAutoSync: true },
    });
    const { page } = (await kit.authenticate(pageLoad('https://satellite.example/'))) as HandshakeOutcome;
    expect(settingsOf(page)).toMatchObject({
      isSatellite: true,
      domain: 'satellite.example',
      scriptUrl: expect.stringContaining('https://clerk.satellite.example/'),
    });
  });

  it.each([
    ['the page', { page: 'other' }],
    ['the script', { scriptUrl: '/own.js' }],
    ['the script', { scriptUrl: 'javascript:alert(1)' }],
    ['the nonce', { nonce: 'abc' }],
    ['the page of an origin that only the request knows', { page: 'remote' }],
  ])('refuses an unusable option of %s when built', (_, interstitial) => {
    const options = { interstitial, proxyUrl: '/__clerk' } as unknown as AuthenticatorOptions;
    expect(() => createSessionKit({ options })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', option: expect.stringContaining('interstitial') }),
    );
  });
});

describe('SC-081 hostile settings', () => {
  const HOSTILE = [
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '"\'`$',
    '\u2028\u2029\n',
    '&lt;',
    '\\u003c',
    ']]>',
  ];

  it.each(HOSTILE)('%j stays a value', (text) => {
    const settings = {
      publishableKey: text,
      scriptUrl: text,
      proxyUrl: text,
      domain: text,
      signInUrl: text,
      isSatellite: true,
      reason: text,
    };
    const page = interstitialPage(settings, undefined);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script/g)).toHaveLength(1);
    expect(page).not.toContain('<!--');
    expect(page).not.toMatch(/[\u2028\u2029]/);
    expect(settingsOf(page)).toEqual(settings);
  });

  it('runs as a script, with the settings as its argument', () => {
    const settings = {
      publishableKey: HOSTILE.join(),
      scriptUrl: 'https://x.example/s.js',
      isSatellite: false,
      reason: 'r',
    };
    const code = /<script>\n([\s\S]*)<\/script>/.exec(interstitialPage(settings, undefined))?.[1] ?? '';
    expect(() => new Function(code)).not.toThrow();
  });

  it('names no origin but those it was given', () => {
    const page = interstitialPage(
      { publishableKey: 'pk', scriptUrl: 'https://clerk.example.com/s.js', isSatellite: false, reason: 'r' },
      undefined,
    );
    expect(page.match(/https?:\/\/[^/"\s]+/g)).toEqual(['https://clerk.example.com']);
  });
});

describe('the nonce of the policy', () => {
  it.each([
    ['given', () => 'abc+/-_1==', 3],
    ['none', () => undefined, 0],
    ['not of its alphabet', () => '"><script>', 0],
    ['empty', () => '', 0],
    [
      'a function that throws (SC-098)',
      () => {
        throw new Error('no');
      },
      0,
    ],
  ])('%s', async (_, nonce, count) => {
    const { page } = await show({ interstitial: { nonce } });
    expect(page?.match(/ nonce="abc\+\/-_1=="/g) ?? []).toHaveLength(count === 0 ? 0 : 2);
    expect(page?.match(/nonce="/g) ?? []).toHaveLength(count === 0 ? 0 : 2);
  });

  it('is made of the request', async () => {
    const kit = createSessionKit({
      options: { unresolved: 'interstitial', interstitial: { nonce: (request) => request.header('x-nonce') } },
    });
    const outcome = (await kit.authenticate(pageLoad(APP, { headers: { 'x-nonce': 'n1' } }))) as HandshakeOutcome;
    expect(outcome.page).toContain('<script nonce="n1">');
  });

  it.each([
    ['abc', true],
    ['a+/-_=', true],
    ['', false],
    ['a b', false],
    ['a"', false],
    ['===', false],
    ['a===', false],
  ])('%j is one: %s', (text, want) => {
    expect(isNonce(text)).toBe(want);
  });
});

describe('the page of the backend, section 15.1', () => {
  let backend: BackendServer;
  beforeAll(async () => {
    backend = await startBackendServer();
  });
  afterAll(() => backend.close());
  beforeEach(() => {
    backend.calls.length = 0;
  });

  const createKit = (options: AuthenticatorOptions = {}) =>
    createSessionKit({
      options: {
        unresolved: 'interstitial',
        interstitial: { page: 'remote' },
        apiUrl: backend.url,
        secretKey: 'sk_test_1',
        ...options,
      },
    });
  const pageOf = async (kit: ReturnType<typeof createKit>) =>
    ((await kit.authenticate(pageLoad(APP))) as HandshakeOutcome).page;

  it('is fetched once in a minute, without the secret key', async () => {
    const kit = createKit({ signInUrl: '/sign-in' });
    backend.answer = () => ({ html: '<p>remote</p>' });
    expect(await Promise.all([1, 2, 3].map(() => pageOf(kit)))).toEqual([
      '<p>remote</p>',
      '<p>remote</p>',
      '<p>remote</p>',
    ]);
    expect(backend.calls).toHaveLength(1);
    expect(backend.calls[0]).toMatchObject({
      method: 'GET',
      path: '/v1/public/interstitial',
      authorization: undefined,
    });
    expect(Object.fromEntries(backend.calls[0]?.query ?? [])).toEqual({
      publishable_key: kit.keys.publishableKey,
      sign_in_url: '/sign-in',
      use_domain_for_script: 'false',
    });
    kit.now += 59;
    await pageOf(kit);
    expect(backend.calls).toHaveLength(1);
    kit.now += 1;
    await pageOf(kit);
    expect(backend.calls).toHaveLength(2);
  });

  it('names a proxy of the fixed public origin', async () => {
    const kit = createKit({ proxyUrl: '/__clerk', publicOrigin: APP });
    backend.answer = () => ({ html: '<p>remote</p>' });
    expect(await pageOf(kit)).toBe('<p>remote</p>');
    expect(backend.calls[0]?.query.get('proxy_url')).toBe(`${APP}/__clerk`);
  });

  it.each([
    ['refuses', { status: 400, json: { errors: [] } }],
    ['sees a redirect loop', { status: 500, html: 'loop' }],
    ['answers nothing', { html: '' }],
  ])('gives way to the local one where the backend %s', async (_, answer) => {
    const kit = createKit();
    backend.answer = () => answer;
    expect(settingsOf(await pageOf(kit))).toMatchObject({ publishableKey: kit.keys.publishableKey });
    const calls = backend.calls.length;
    backend.answer = () => ({ html: '<p>remote</p>' });
    await pageOf(kit);
    expect(backend.calls).toHaveLength(calls);
    kit.now += 10;
    expect(await pageOf(kit)).toBe('<p>remote</p>');
  });

  it('gives way to the local one where the backend hangs', async () => {
    const kit = createKit({ timeoutMs: 50 });
    backend.answer = () => undefined;
    expect(settingsOf(await pageOf(kit))).not.toBeNull();
    expect(kit.warnings).toEqual([expect.stringContaining('interstitial page')]);
  });
});
