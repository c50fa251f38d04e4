import type { AcceptsToken, AuthObject, Requirement, TokenType } from '@keystile/core';

/**
 * The application that every harness serves.
 *
 * | route                     | answer                                                                                |
 * | ------------------------- | ------------------------------------------------------------------------------------- |
 * | any /auth                 | `describeAuth` of what the getter gives, selected by `readSelection`                    |
 * | any /mounted/deep/auth    | the same, in a router that is mounted at /mounted                                       |
 * | any /guarded/<name>       | behind the guard of that name: `describeAuth` of the caller                             |
 * | POST /body                | `{ userId, text }`: who sent what                                                       |
 * | GET /cookies              | the application's own `own=1; Path=/` and `Cache-Control: s-maxage=31536000`            |
 * | GET /backend              | `{ hasBackend }`: whether the request carries a client                                  |
 * | GET /fail                 | the handler throws: 500                                                                 |
 * | GET /unprotected          | calls the getter where the middleware has not run: 500                                  |
 * | POST /webhooks            | `{ type }` of a verified event, or the status of the error                              |
 */
export const ROUTES = {
  auth: '/auth',
  mounted: '/mounted/deep/auth',
  guarded: '/guarded',
  body: '/body',
  cookies: '/cookies',
  backend: '/backend',
  fail: '/fail',
  unprotected: '/unprotected',
  webhooks: '/webhooks',
} as const;

/** What a guard of the application demands. */
export interface GuardDemands extends Requirement {
  readonly acceptsToken?: AcceptsToken;
  readonly scopes?: string | readonly string[];
  readonly mode?: 'auto' | 'api' | 'redirect';
  readonly signInUrl?: string;
  readonly resourceMetadata?: string;
}

export type GuardName =
  | 'session'
  | 'api'
  | 'page'
  | 'permission'
  | 'role'
  | 'both'
  | 'reverification'
  | 'api-key'
  | 'machine'
  | 'scope'
  | 'oauth'
  | 'either'
  | 'any';

/** The guards, by name. */
export const GUARDS: Readonly<Record<GuardName, GuardDemands>> = {
  session: {},
  api: { mode: 'api' },
  page: { signInUrl: 'https://accounts.example/sign-in' },
  permission: { permission: 'org:invoices:read' },
  role: { role: 'org:admin' },
  both: { role: 'org:admin', permission: 'org:invoices:read' },
  reverification: { reverification: 'strict' },
  'api-key': { acceptsToken: 'api_key' },
  machine: { acceptsToken: 'm2m_token' },
  scope: { acceptsToken: 'api_key', scopes: 'read:users' },
  oauth: {
    acceptsToken: 'oauth_token',
    scopes: ['profile'],
    resourceMetadata: '/.well-known/oauth-protected-resource',
  },
  either: { acceptsToken: ['api_key', 'session_token'] },
  any: { acceptsToken: 'any' },
};

/** The body that `/cookies` answers with, and what it sets beside. */
export const OWN_COOKIE = 'own=1; Path=/';
export const OWN_CACHE_CONTROL = 's-maxage=31536000';

/** What the getter is asked: `?accepts=api_key,session_token`, `?accepts=any`, `?pending=show`. */
export interface Selection {
  readonly acceptsToken?: AcceptsToken;
  readonly treatPendingAsSignedOut?: boolean;
}

/** Reads the selection out of a target such as `/auth?accepts=any`. */
export function readSelection(target: string): Selection {
  const { searchParams } = new URL(target, 'http://localhost');
  const accepts = searchParams.get('accepts');
  return {
    ...(accepts !== null && { acceptsToken: toAcceptsToken(accepts) }),
    ...(searchParams.get('pending') === 'show' && { treatPendingAsSignedOut: false }),
  };
}

function toAcceptsToken(text: string): AcceptsToken {
  if (text === 'any') return text;
  return text.includes(',') ? (text.split(',').filter(Boolean) as TokenType[]) : (text as TokenType);
}

/** What the application tells of an auth object. */
export interface AuthDescription {
  readonly tokenType: string | null;
  readonly isAuthenticated: boolean;
  readonly id?: string | null;
  readonly userId?: string | null;
  readonly orgId?: string | null;
  readonly machineId?: string | null;
  readonly sessionStatus?: string | null;
  readonly scopes?: readonly string[] | null;
}

/** The part of an auth object that travels as JSON. */
export function describeAuth(auth: AuthObject): AuthDescription {
  const { tokenType, isAuthenticated, ...rest } = auth;
  const shown = ['id', 'userId', 'orgId', 'machineId', 'sessionStatus', 'scopes'] as const;
  const fields = Object.fromEntries(shown.map((name) => [name, (rest as Record<string, unknown>)[name]]));
  return { tokenType, isAuthenticated, ...fields };
}
