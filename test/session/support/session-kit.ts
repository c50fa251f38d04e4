import { authenticate } from '../../../packages/core/src/authenticate.ts';
import { type AuthenticatorOptions, resolveConfig } from '../../../packages/core/src/config.ts';
import { createInstance } from '../../../packages/core/src/create-instance.ts';
import type { Instance } from '../../../packages/core/src/instance.ts';
import { type CookieNames, nameCookies } from '../../../packages/core/src/keys/cookie-names.ts';
import { type RequestView, viewRequest } from '../../../packages/core/src/request/request-view.ts';
import type { Outcome } from '../../../packages/core/src/session/outcome.ts';
import { createTestInstance, type TestInstance } from '../../support/test-instance.ts';

export interface SessionKitOptions {
  readonly type?: 'development' | 'production';
  readonly frontendApi?: string;
  /** Whether the instance signs with a key of its own. */
  readonly ownKey?: boolean;
  readonly options?: AuthenticatorOptions;
}

/** An instance with its configuration, on a clock that stands still until a test moves it. */
export interface SessionKit {
  readonly keys: TestInstance;
  readonly instance: Instance;
  readonly names: CookieNames;
  readonly warnings: string[];
  /** In seconds since the epoch. */
  now: number;
  authenticate(request: RequestView): Promise<Outcome>;
}

export const START = 1_800_000_000;

export function createSessionKit({
  type = 'development',
  frontendApi = 'clerk.example.com',
  ownKey = false,
  options = {},
}: SessionKitOptions = {}): SessionKit {
  const warnings: string[] = [];
  const now = () => kit.now * 1000;
  const keys = createTestInstance({ type, frontendApi, ownKey, now });
  const config = resolveConfig(
    {
      publishableKey: keys.publishableKey,
      jwtKey: keys.jwtKey,
      now,
      logger: { warn: (message) => warnings.push(message) },
      ...options,
    },
    {},
  );
  const { instance } = createInstance(config);
  const names = nameCookies(keys.publishableKey);
  if (names instanceof Promise) throw new Error('the cookies are named synchronously on Node');
  const kit: SessionKit = {
    keys,
    instance,
    names,
    warnings,
    now: START,
    authenticate: async (request) => authenticate(request, instance, 'session_token', now()),
  };
  return kit;
}

export interface RequestParts {
  readonly method?: string;
  readonly cookies?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A page load by a browser. */
export function pageLoad(url: string, { method = 'GET', cookies = {}, headers = {} }: RequestParts = {}): RequestView {
  const cookie = Object.entries(cookies)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  return viewRequest({
    method,
    url,
    headers: new Headers({
      host: new URL(url).host,
      accept: 'text/html,application/xhtml+xml',
      'sec-fetch-dest': 'document',
      ...(cookie !== '' && { cookie }),
      ...headers,
    }),
  });
}

/** A call by a script. */
export function apiCall(url: string, parts: RequestParts = {}): RequestView {
  return pageLoad(url, { ...parts, headers: { accept: '*/*', 'sec-fetch-dest': 'empty', ...parts.headers } });
}
