import { describe, expect, it } from 'vitest';
import {
  accountsUrl,
  type FrontendApiConfig,
  frontendApiUrl,
  instanceHost,
  isLoopbackHost,
  toFrontendApiUrl,
} from './frontend-api.ts';
import { assertPublishableKey, toPublishableKey } from './publishable-key.ts';

const config = (
  given: Partial<FrontendApiConfig>,
  type: 'production' | 'development' = 'production',
): FrontendApiConfig => ({
  publishableKey: assertPublishableKey(toPublishableKey('clerk.example.com', type)),
  proxyUrl: undefined,
  isSatellite: false,
  domain: undefined,
  ...given,
});

const ORIGIN = 'https://app.example.com';

describe('the frontend API, section 1.2', () => {
  it.each([
    [
      'row 1 absolute proxy',
      config({ proxyUrl: 'https://p.example/__clerk' }),
      'https://p.example/__clerk',
      'clerk.example.com',
    ],
    ['row 1 proxy of a path', config({ proxyUrl: '/__clerk' }), 'https://app.example.com/__clerk', 'clerk.example.com'],
    [
      'row 1 trailing slashes',
      config({ proxyUrl: 'https://p.example/x//' }),
      'https://p.example/x',
      'clerk.example.com',
    ],
    [
      'row 1 before row 2',
      config({ proxyUrl: 'https://p.example', isSatellite: true, domain: 's.example' }),
      'https://p.example',
      'clerk.s.example',
    ],
    ['row 2', config({ isSatellite: true, domain: 's.example' }), 'https://clerk.s.example', 'clerk.s.example'],
    [
      'row 3 domain without satellite',
      config({ domain: 's.example' }),
      'https://clerk.example.com',
      'clerk.example.com',
    ],
    ['row 3 satellite without domain', config({ isSatellite: true }), 'https://clerk.example.com', 'clerk.example.com'],
    [
      'row 3 satellite in development',
      config({ isSatellite: true, domain: 's.example' }, 'development'),
      'https://clerk.example.com',
      'clerk.example.com',
    ],
    ['row 3', config({}), 'https://clerk.example.com', 'clerk.example.com'],
  ])('%s', (_, given, url, host) => {
    expect(frontendApiUrl(given, ORIGIN)).toBe(url);
    expect(instanceHost(given)).toBe(host);
  });

  it.each([
    ['clerk.example.com', 'https://clerk.example.com'],
    ['clerk.example.com///', 'https://clerk.example.com'],
    ['http://clerk.example.com', 'http://clerk.example.com'],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['foo.localhost', 'http://foo.localhost'],
  ])('is spoken to as %s says', (host, url) => {
    expect(toFrontendApiUrl(host)).toBe(url);
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST:3000', 'a.b.localhost', '127.0.0.1', '127.1.2.3:80', '[::1]', '[::1]:80'])(
    '%s is',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    'localhost.evil.test',
    'notlocalhost',
    '127.0.0.1.evil.test',
    '128.0.0.1',
    '127.0.0',
    '10.0.0.1',
    '[::2]',
    '0.0.0.0',
    '',
  ])('%j is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('the account portal, section 11.1', () => {
  it.each([
    ['happy-otter-42.clerk.accounts.dev', 'https://happy-otter-42.accounts.dev'],
    ['x.clerk.accountsstage.dev', 'https://x.accountsstage.dev'],
    ['clerk.example.com', 'https://accounts.example.com'],
    ['clerk.accounts.example.com', 'https://accounts.example.com'],
    ['clerk.clerk.dev', 'https://accounts.clerk.dev'],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['', ''],
  ])('of %j is %j', (host, url) => {
    expect(accountsUrl(host)).toBe(url);
  });
});
