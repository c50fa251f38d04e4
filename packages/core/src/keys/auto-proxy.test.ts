import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config.ts';
import type { Environment } from '../environment.ts';

const LIVE = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k';
const DEPLOYMENT: Environment = { VERCEL_TARGET_ENV: 'production', VERCEL_PROJECT_PRODUCTION_URL: 'my-app.vercel.app' };

const proxyUrl = (environment: Environment, options = {}) =>
  resolveConfig({ publishableKey: LIVE, ...options }, environment).proxyUrl;

describe('the automatic proxy, section 1.2', () => {
  it('is on for a production deployment on a shared host', () => {
    expect(proxyUrl(DEPLOYMENT)).toBe('/__clerk');
  });

  it.each([
    ['true', undefined],
    ['TRUE', undefined],
    ['1', undefined],
    ['0', '/__clerk'],
    ['false', '/__clerk'],
    ['', '/__clerk'],
  ])('is switched off by CLERK_DISABLE_AUTO_PROXY=%j: %s', (value, want) => {
    expect(proxyUrl({ ...DEPLOYMENT, CLERK_DISABLE_AUTO_PROXY: value })).toBe(want);
  });

  it.each([
    ['a host of its own', { VERCEL_PROJECT_PRODUCTION_URL: 'app.example.com' }],
    ['a host that only looks alike', { VERCEL_PROJECT_PRODUCTION_URL: 'my-app.vercel.app.evil.test' }],
    ['no host', { VERCEL_PROJECT_PRODUCTION_URL: undefined }],
    ['a preview', { VERCEL_TARGET_ENV: 'preview' }],
    ['another machine', { VERCEL_TARGET_ENV: undefined }],
  ])('is off for %s', (_, change) => {
    expect(proxyUrl({ ...DEPLOYMENT, ...change })).toBeUndefined();
  });

  it('gives way to what is configured', () => {
    expect(proxyUrl(DEPLOYMENT, { proxyUrl: 'https://p.example' })).toBe('https://p.example');
    expect(proxyUrl({ ...DEPLOYMENT, CLERK_PROXY_URL: '/own' })).toBe('/own');
    expect(proxyUrl(DEPLOYMENT, { domain: 's.example' })).toBeUndefined();
  });

  it('is off in development', () => {
    expect(proxyUrl(DEPLOYMENT, { publishableKey: 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k' })).toBeUndefined();
  });
});
