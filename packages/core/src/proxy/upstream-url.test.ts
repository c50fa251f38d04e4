import { describe, expect, it } from 'vitest';
import { toPublishableKey } from '../keys/publishable-key.ts';
import { assertUpstreamUrl, upstreamOfPublishableKey } from './upstream-url.ts';

describe('the frontend API behind a publishable key', () => {
  it.each([
    ['clerk.example.com', 'https://frontend-api.clerk.dev'],
    ['happy-otter-42.clerk.accounts.dev', 'https://frontend-api.clerk.dev'],
    ['clerk.example.lcl.dev', 'https://frontend-api.clerk.dev'],
    ['clerk.example.lclstage.dev', 'https://frontend-api.clerk.dev'],
    ['clerk.example.lclclerk.com', 'https://frontend-api.clerk.dev'],
    ['clerk.lcl.dev', 'https://frontend-api.clerk.dev'],
    ['example.lcl.dev', 'https://frontend-api.lclclerk.com'],
    ['clerk.examplelclstage.dev', 'https://frontend-api.lclclerk.com'],
    ['example-1.clerk.accounts.lclclerk.com', 'https://frontend-api.lclclerk.com'],
    ['x.clerk.accountsstage.dev', 'https://frontend-api.clerkstage.dev'],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('%s -> %s', (host, upstream) => {
    expect(upstreamOfPublishableKey(toPublishableKey(host, 'development'))).toBe(upstream);
  });

  it('of a key that cannot be read is production', () => {
    expect(upstreamOfPublishableKey('pk_test_')).toBe('https://frontend-api.clerk.dev');
  });
});

describe('SC-111 SC-108 a configured frontend API', () => {
  it.each([
    ['https://api.test', 'https://api.test/'],
    ['https://api.test//', 'https://api.test/'],
    ['https://api.test/base/', 'https://api.test/base'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['http://localhost', 'http://localhost/'],
  ])('%s is taken', (text, href) => {
    expect(assertUpstreamUrl(text, false).href).toBe(href);
  });

  it.each([
    '',
    'api.test',
    '//api.test',
    'ftp://api.test',
    'javascript:alert(1)',
    'https://user@api.test',
    'https://:pw@api.test',
    'https://api.test?',
    'https://api.test/?a=1',
    'https://api.test/#',
    'http://api.test',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
  ])('%j is refused', (text) => {
    expect(() => assertUpstreamUrl(text, false)).toThrow(expect.objectContaining({ option: 'frontendApiUrl' }));
  });

  it('plain http to another machine is taken when it is asked for', () => {
    expect(assertUpstreamUrl('http://backend:3000', true).href).toBe('http://backend:3000/');
  });
});
