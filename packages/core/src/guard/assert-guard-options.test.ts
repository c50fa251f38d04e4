import { expect, test } from 'vitest';
import { assertGuardOptions } from './assert-guard-options.ts';
import type { GuardOptions } from './guard.ts';

test.each<[options: GuardOptions]>([
  [{}],
  [{ role: 'admin', permission: 'docs:read', feature: 'x', plan: 'y', reverification: 'strict' }],
  [{ reverification: { level: 'first_factor', afterMinutes: 10 } }],
  [{ scopes: 'a' }],
  [{ scopes: ['a', 'b'] }],
  [{ acceptsToken: 'any' }],
  [{ acceptsToken: [] }],
  [{ acceptsToken: ['session_token', 'api_key'] }],
  [{ mode: 'api', unavailable: 'service-unavailable', treatPendingAsSignedOut: false, allowImpersonation: false }],
])('%j is fine', (options) => {
  expect(() => assertGuardOptions(options)).not.toThrow();
});

test.each<[option: string, options: Record<string, unknown>]>([
  ['roles', { roles: 'admin' }],
  ['premission', { premission: 'docs:read' }],
  ['unauthorizedUrl', { role: 'admin', unauthorizedUrl: '/' }],
  ['__proto__', JSON.parse('{"__proto__":{}}')],
  ['constructor', { constructor: 'x' }],
  ['role', { role: null }],
  ['role', { role: '' }],
  ['permission', { permission: ['a'] }],
  ['scopes', { scopes: null }],
  ['scopes', { scopes: '' }],
  ['scopes', { scopes: ['a', ''] }],
  ['scopes', { scopes: /a/ }],
  ['acceptsToken', { acceptsToken: 'session' }],
  ['acceptsToken', { acceptsToken: ['any'] }],
  ['acceptsToken', { acceptsToken: null }],
  ['reverification', { reverification: {} }],
  ['reverification', { reverification: true }],
  ['allowImpersonation', { allowImpersonation: 'no' }],
  ['treatPendingAsSignedOut', { treatPendingAsSignedOut: 0 }],
  ['mode', { mode: 'page' }],
  ['unavailable', { unavailable: 503 }],
])('SC-034 %s in %j is refused when built', (option, options) => {
  expect(() => assertGuardOptions(options as GuardOptions)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option }) as Error,
  );
});
