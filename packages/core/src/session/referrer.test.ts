import { describe, expect, it } from 'vitest';
import { createSessionKit, type SessionKitOptions } from '../../../../test/session/support/session-kit.ts';
import { isOtherSite } from './referrer.ts';

const ORIGIN = 'https://app.example.com';

function isFromElsewhere(referer: string, options: SessionKitOptions = {}) {
  const { instance } = createSessionKit({ type: 'production', ...options });
  return isOtherSite(referer, ORIGIN, instance.config);
}

const DEVELOPMENT: SessionKitOptions = { type: 'development', frontendApi: 'happy-otter-42.clerk.accounts.dev' };

describe('isOtherSite, F17', () => {
  it.each([
    ['search engine', 'https://search.example/', {}, true],
    ['other subdomain', 'https://www.example.com/', {}, true],
    ['other port', 'https://app.example.com:8443/', {}, true],
    ['other scheme', 'http://app.example.com/', {}, true],
    ['origin that begins alike', 'https://app.example.com.evil.test/', {}, true],
    ['opaque', 'android-app://com.example/', {}, true],
    ['same site', `${ORIGIN}/other?x=1`, {}, false],
    ['same origin alone', ORIGIN, {}, false],
    ['same site, default port', 'https://app.example.com:443/x', {}, false],
    ['no URL', 'nonsense', {}, false],
    ['empty', '', {}, false],
    ['frontend API', 'https://clerk.example.com/v1/x', {}, false],
    ['frontend API, other port and scheme', 'http://clerk.example.com:8080/', {}, false],
    ['account portal', 'https://accounts.example.com/sign-in', {}, false],
    [
      'proxy of another host',
      'https://proxy.example.com/',
      { options: { proxyUrl: 'https://proxy.example.com/__clerk' } },
      false,
    ],
    [
      '§17 S6 account portal of a proxied instance',
      'https://accounts.example.com/',
      { options: { proxyUrl: '/__clerk' } },
      false,
    ],
    ['SC-080 portal of someone else', 'https://accounts.evil.test/', {}, true],
    ['SC-080 frontend API as a prefix', 'https://clerk.example.com.evil.test/', {}, true],
    ['SC-080 frontend API as user', 'https://clerk.example.com@evil.test/', {}, true],
    ['SC-080 portal on another port', 'https://accounts.example.com:8443/', {}, true],
    ['SC-080 portal over http', 'http://accounts.example.com/', {}, true],
    ['SC-080 development portal in production', 'https://happy-otter-42.accounts.dev/', {}, true],
    ['development portal', 'https://happy-otter-42.accounts.dev/', DEVELOPMENT, false],
    ['development portal of another instance', 'https://sad-otter-1.accounts.dev/', DEVELOPMENT, false],
    ['staging portal', 'https://x.accountsstage.dev/', DEVELOPMENT, false],
    ['local portal', 'https://x.accounts.lclclerk.com/', DEVELOPMENT, false],
    ['older local portal', 'https://accounts.foo.lcl.dev/', DEVELOPMENT, false],
    ['older local host that is no portal', 'https://www.foo.lcl.dev/', DEVELOPMENT, true],
    ['frontend API of another development instance', 'https://sad-otter-1.clerk.accounts.dev/', DEVELOPMENT, true],
    ['own frontend API in development', 'https://happy-otter-42.clerk.accounts.dev/', DEVELOPMENT, false],
    ['portal domain alone', 'https://accounts.dev/', DEVELOPMENT, true],
    ['§17 S1 switched off', 'https://search.example/', { options: { crossOriginSync: false } }, false],
    [
      'S1 other origin than listed',
      'https://search.example/',
      { options: { crossOriginSync: ['https://satellite.example'] } },
      false,
    ],
    [
      'S1 listed origin',
      'https://satellite.example/x',
      { options: { crossOriginSync: ['https://satellite.example'] } },
      true,
    ],
  ] satisfies [string, string, SessionKitOptions, boolean][])('%s', (_, referer, options, want) => {
    expect(isFromElsewhere(referer, options)).toBe(want);
  });
});
