import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type AuthenticatorOptions, resolveConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { ConfigurationError } from './errors.ts';
import { toPublishableKey } from './keys/publishable-key.ts';

const DEVELOPMENT = toPublishableKey('clerk.example.com', 'development');
const PRODUCTION = toPublishableKey('clerk.example.com', 'production');
const SECRET = 'sk_test_canary0123456789';

const resolve = (options: Record<string, unknown> = {}, environment: Environment = {}) =>
  resolveConfig(options as AuthenticatorOptions, environment);

function refusalOf(options: Record<string, unknown>, environment: Environment = {}): ConfigurationError {
  try {
    resolve(options, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

test('the defaults', () => {
  expect(resolve()).toMatchObject({
    publishableKey: undefined,
    apiUrl: 'https://api.clerk.com',
    apiVersion: 'v1',
    isSatellite: false,
    trustForwarded: false,
    machineTokens: 'eager',
    concurrentVerifications: 1_000,
    unresolved: 'redirect',
    crossOriginSync: true,
    cache: { verifiedTokens: 10_000, opaqueTokenTtlMs: 0, opaqueTokenNegativeTtlMs: 0, opaqueTokens: 10_000 },
    keySetTimes: {
      refreshAfterMs: 300_000,
      staleGraceMs: 3_600_000,
      unknownKeyCooldownMs: 30_000,
      failurePauseMs: 1_000,
    },
    claimsPolicy: { audience: [], authorizedParties: [], issuer: [], clockSkewInMs: 5_000, requireAudience: false },
    typeRule: { accepted: ['JWT'], mayBeAbsent: true },
    timeoutMs: 10_000,
  });
});

describe('the environment', () => {
  const ENVIRONMENT = {
    CLERK_PUBLISHABLE_KEY: DEVELOPMENT,
    CLERK_SECRET_KEY: SECRET,
    CLERK_MACHINE_SECRET_KEY: 'ak_machine',
    CLERK_JWT_KEY: 'pem',
    CLERK_API_URL: 'https://api.example.com/',
    CLERK_API_VERSION: 'v2',
    CLERK_DOMAIN: 'satellite.test',
    CLERK_PROXY_URL: '/__clerk',
    CLERK_IS_SATELLITE: 'TRUE',
    CLERK_SIGN_IN_URL: '/sign-in',
    CLERK_SIGN_UP_URL: '/sign-up',
  };

  test('fills what was not given', () => {
    const config = resolve({}, ENVIRONMENT);
    expect(config.secretKey).toBe(SECRET);
    expect(config.machineSecretKey).toBe('ak_machine');
    expect(config).toMatchObject({
      publishableKey: { text: DEVELOPMENT },
      jwtKey: 'pem',
      apiUrl: 'https://api.example.com',
      apiVersion: 'v2',
      domain: 'satellite.test',
      proxyUrl: '/__clerk',
      isSatellite: true,
      signInUrl: '/sign-in',
      signUpUrl: '/sign-up',
    });
  });

  test('loses against options', () => {
    const other = toPublishableKey('other.example.com', 'development');
    const config = resolve({ publishableKey: other, isSatellite: false, signInUrl: '/x' }, ENVIRONMENT);
    expect(config).toMatchObject({ publishableKey: { text: other }, isSatellite: false, signInUrl: '/x' });
  });

  test('an empty text counts as not given, on both sides', () => {
    expect(resolve({ secretKey: '' }, ENVIRONMENT).secretKey).toBe(SECRET);
    expect(resolve({}, { CLERK_SECRET_KEY: '', CLERK_JWT_KEY: '' })).toMatchObject({ jwtKey: undefined });
  });

  test('what is no text counts as not set', () => {
    expect(resolve({}, { CLERK_SECRET_KEY: { value: SECRET }, CLERK_API_URL: 5 }).secretKey).toBeUndefined();
  });
});

describe('SC-099 refused when built, naming the option', () => {
  test.each<[option: string, options: Record<string, unknown>]>([
    ['publishableKey', { publishableKey: 'pk_test_x' }],
    ['publishableKey', { publishableKey: SECRET }],
    ['publishableKey', { publishableKey: `"${DEVELOPMENT}"` }],
    ['publishableKey', { publishableKey: 5 }],
    ['publishableKey', { publishableKey: null }],
    ['secretKey', { publishableKey: PRODUCTION, secretKey: SECRET }],
    ['secretKey', { publishableKey: PRODUCTION, secretKey: 'test_legacy' }],
    ['secretKey', { publishableKey: DEVELOPMENT, secretKey: 'sk_live_x' }],
    ['secretKey', { publishableKey: DEVELOPMENT, secretKey: 'live_legacy' }],
    ['secretKey', { secretKey: `${SECRET}\n` }],
    ['secretKey', { secretKey: ` ${SECRET}` }],
    ['secretKey', { secretKey: `${SECRET}é` }],
    ['secretKey', { secretKey: `${SECRET}\0` }],
    ['secretKey', { secretKey: [SECRET] }],
    ['machineSecretKey', { machineSecretKey: 'ak_x y' }],
    ['jwtKey', { jwtKey: 5 }],
    ['jwtKey', { jwtKey: null }],
    ['apiUrl', { apiUrl: 'api.example.com' }],
    ['apiUrl', { apiUrl: 'http://api.example.com' }],
    ['apiVersion', { apiVersion: '../v1' }],
    ['isSatellite', { isSatellite: 'false' }],
    ['satelliteAutoSync', { satelliteAutoSync: 1 }],
    ['satelliteOrigins', { satelliteOrigins: ['satellite.test'] }],
    ['satelliteOrigins', { satelliteOrigins: ['https://satellite.test/path'] }],
    ['satelliteOrigins', { satelliteOrigins: { 0: 'https://satellite.test' } }],
    ['publicOrigin', { publicOrigin: 'app.example.com' }],
    ['publicOrigin', { publicOrigin: 'https://app.example.com/path' }],
    ['publicOrigin', { publicOrigin: 'https://user@app.example.com' }],
    ['publicOrigin', { publicOrigin: 'ftp://app.example.com' }],
    ['publicOrigin', { publicOrigin: new URL('https://app.example.com') }],
    // A text would be searched for parts of itself.
    ['trustForwarded', { trustForwarded: 'app.example.com' }],
    ['trustForwarded', { trustForwarded: 1 }],
    ['trustForwarded', { trustForwarded: [/x/] }],
    ['crossOriginSync', { crossOriginSync: 'https://app.example.com' }],
    ['crossOriginSync', { crossOriginSync: ['app.example.com'] }],
    ['audience', { audience: 7 }],
    ['authorizedParties', { authorizedParties: /x/ }],
    ['issuer', { issuer: [null] }],
    ['headerType', { headerType: {} }],
    ['requireAudience', { requireAudience: 'true' }],
    ['machineTokens', { machineTokens: 'Lazy' }],
    ['machineTokens', { machineTokens: false }],
    ['concurrentVerifications', { concurrentVerifications: -1 }],
    ['unresolved', { unresolved: 'page' }],
    ['cache.verifiedTokens', { cache: { verifiedTokens: Number.POSITIVE_INFINITY } }],
    ['cache.verifiedTokens', { cache: { verifiedTokens: 1.5 } }],
    ['cache.opaqueTokens', { cache: { opaqueTokens: 1e12 } }],
    ['cache.opaqueTokenTtlMs', { cache: { opaqueTokenTtlMs: Number.POSITIVE_INFINITY } }],
    ['cache.opaqueTokenNegativeTtlMs', { cache: { opaqueTokenNegativeTtlMs: -1 } }],
    ['jwks.staleGraceMs', { jwks: { staleGraceMs: Number.NaN } }],
    ['jwks.refreshAfterMs', { jwks: { refreshAfterMs: '5m' } }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: 1e12 }],
    ['fetch', { fetch: 'fetch' }],
    ['now', { now: 5 }],
    ['onAuthenticate', { onAuthenticate: {} }],
  ])('%s: %j', (option, options) => {
    const refusal = refusalOf(options);
    expect(refusal).toMatchObject({ option, code: 'configuration-invalid', name: 'ConfigurationError' });
    expect(refusal.message).toContain(option);
  });

  test('and the variable, where the value came from the environment', () => {
    expect(refusalOf({}, { CLERK_SECRET_KEY: `${SECRET}\n` })).toMatchObject({
      option: 'secretKey',
      message: expect.stringContaining('CLERK_SECRET_KEY') as string,
    });
    expect(refusalOf({}, { CLERK_PUBLISHABLE_KEY: `${DEVELOPMENT} ` }).message).toContain('CLERK_PUBLISHABLE_KEY');
  });

  test('the kinds of both instances, where they are mixed', () => {
    const { message } = refusalOf({ publishableKey: PRODUCTION, secretKey: SECRET });
    expect(message).toContain('development');
    expect(message).toContain('production');
  });

  test('no refusal quotes a key', () => {
    for (const options of [
      { secretKey: `${SECRET} ` },
      { publishableKey: SECRET },
      { publishableKey: PRODUCTION, secretKey: SECRET },
      { jwtKey: { secret: SECRET } },
    ]) {
      expect(inspect(refusalOf(options), { depth: 10 })).not.toContain('canary');
    }
  });
});

test('keys of an unknown kind are left alone: legacy and self-made ones have no such prefix', () => {
  expect(resolve({ publishableKey: PRODUCTION, secretKey: 'custom' }).secretKey).toBe('custom');
});

test('cache: false remembers nothing', () => {
  expect(resolve({ cache: false }).cache).toMatchObject({ verifiedTokens: 0, opaqueTokens: 0, opaqueTokenTtlMs: 0 });
});

test('an explicit undefined is the default, one by one', () => {
  expect(resolve({ jwks: { staleGraceMs: 0, refreshAfterMs: undefined } }).keySetTimes).toEqual({
    refreshAfterMs: 300_000,
    staleGraceMs: 0,
    unknownKeyCooldownMs: 30_000,
    failurePauseMs: 1_000,
  });
  expect(resolve({ cache: { verifiedTokens: undefined, opaqueTokens: 5 } }).cache).toMatchObject({
    verifiedTokens: 10_000,
    opaqueTokens: 5,
  });
});

test('origins and hosts are compared in their canonical spelling', () => {
  const config = resolve({
    publicOrigin: 'https://APP.example.com:443/',
    satelliteOrigins: ['HTTPS://Satellite.test'],
    crossOriginSync: ['https://A.test/'],
    trustForwarded: ['App.Example.com'],
  });
  expect(config).toMatchObject({
    publicOrigin: 'https://app.example.com',
    satelliteOrigins: ['https://satellite.test'],
    crossOriginSync: ['https://a.test'],
    trustForwarded: ['app.example.com'],
  });
});

test('SC-119 a configuration that is printed, serialised or copied shows no secret', () => {
  const config = resolve({ secretKey: SECRET, machineSecretKey: 'ak_canary' });
  for (const shown of [
    inspect(config, { depth: 10 }),
    JSON.stringify(config),
    inspect({ ...config }),
    String(config),
  ]) {
    expect(shown).not.toContain('canary');
  }
});

test('the configuration cannot be changed afterwards', () => {
  const config = resolve({ secretKey: SECRET });
  expect(() => Object.assign(config, { secretKey: 'x' })).toThrow(TypeError);
  expect(() => Object.assign(config, { apiUrl: 'https://evil.test' })).toThrow(TypeError);
});

test('the real fetch is looked up when it is called, so that one that is patched later counts', async () => {
  const original = globalThis.fetch;
  const config = resolve();
  try {
    globalThis.fetch = async () => new Response('patched');
    expect(await (await config.fetch('https://example.com')).text()).toBe('patched');
  } finally {
    globalThis.fetch = original;
  }
});
