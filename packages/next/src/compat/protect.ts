import type { AcceptsToken, AuthenticatedFor, Requirement } from '@keystile/core';
import { type AuthFunctionParts, protectRequest } from '../auth-function.ts';
import type { ProgramAnswers, ProtectCheck, ProtectOptions } from '../protect.ts';

/** What may be demanded: all that is named, or in words of one's own. */
export type ProtectParams = Requirement | ProtectCheck;

/** What happens to requests that do not meet the demands. */
export interface ProtectSettings<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined> {
  /** The kinds of token that are taken. Default `session_token`. */
  readonly token?: Accepts;
  readonly unauthenticatedUrl?: string;
  readonly unauthorizedUrl?: string;
}

/** As `auth.protect()` of the main entry; programs are answered 404, and settings may stand among the demands. */
export type Protect = <const Accepts extends AcceptsToken | undefined = undefined>(
  params?: (Requirement & ProtectSettings<Accepts>) | ProtectCheck<Accepts>,
  settings?: ProtectSettings<Accepts>,
) => Promise<AuthenticatedFor<Accepts>>;

const ANSWERS: ProgramAnswers = { unauthenticated: 404, unauthorized: 404 };
const DEMANDS = ['role', 'permission', 'feature', 'plan', 'reverification'] as const;

export function createProtect(parts: AuthFunctionParts): Protect {
  const protect = (params: (Requirement & ProtectSettings) | ProtectCheck = {}, settings: ProtectSettings = {}) =>
    typeof params === 'function'
      ? protectRequest(parts, ANSWERS, params, toOptions({}, settings))
      : protectRequest(parts, ANSWERS, toOptions(params, { ...params, ...settings }));
  return protect as Protect;
}

/** What is not known by name is left out; of what is known, nothing. */
function toOptions(
  params: Requirement,
  { token, unauthenticatedUrl, unauthorizedUrl }: ProtectSettings,
): ProtectOptions {
  const demands = DEMANDS.filter((demand) => params[demand] !== undefined).map((demand) => [demand, params[demand]]);
  return {
    ...Object.fromEntries(demands),
    ...(token !== undefined && { acceptsToken: token }),
    unauthenticatedUrl,
    unauthorizedUrl,
  };
}
