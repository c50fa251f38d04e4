import { KeystileError } from '@keystile/core';
import { type HandedOver, takeOver } from '@keystile/core/adapter';
import type { AuthOptions, GetAuthFn } from '@keystile/core/compat/internal';
import type { Application } from '../application.ts';
import { type NodeRequestLike, toHandlerHeaders, type WebRequestLike } from '../handler/get-auth.ts';
import { takesSessions } from '../protect.ts';
import { readState, STATE_HEADER } from '../state/sealed-state.ts';
import { openSync } from './open-sync.ts';

export interface GetAuthOptions extends AuthOptions {
  /** In place of the configured one. */
  readonly secretKey?: string;
}

/** A request of the Pages Router, or one of the Fetch API. */
export type RequestLike = NodeRequestLike | WebRequestLike;

/**
 * Says whose session a request has, as the proxy found out. It answers at once; `getAuth` of the main entry, which is
 * awaited, works without a proxy as well.
 *
 * @throws KeystileError `middleware-missing` if the proxy has not seen the request
 */
export type GetAuth = GetAuthFn<RequestLike> & ((request: RequestLike, options?: GetAuthOptions) => unknown);

export function createGetAuth(application: Application): GetAuth {
  return ((request: RequestLike, { secretKey, acceptsToken, ...pending }: GetAuthOptions = {}) => {
    const { authenticator, handedOver } = readHandedOver(application, request, secretKey);
    const told = takesSessions(acceptsToken) ? handedOver : NOBODY;
    const state = takeOver(told, authenticator.instance, application.now());
    return state.toAuth({ acceptsToken: 'session_token', ...pending });
  }) as GetAuth;
}

/** Only sessions are read here: who asks for machines alone is told of nobody. */
const NOBODY: HandedOver = { kind: 'signed-out', tokenType: 'session_token', reason: 'token-type-mismatch' };

function readHandedOver(application: Application, request: RequestLike, secretKey: string | undefined) {
  const headers = toHandlerHeaders(request.headers);
  const sealed = headers.get(STATE_HEADER);
  const secret = secretKey ?? application.secret;
  if (sealed === null || secret === undefined) throw missing();
  const carrier = { authorization: headers.get('authorization'), url: request.url, now: application.now() };
  const state = readState(openSync(sealed, secret, carrier.authorization ?? ''), carrier);
  if (state === undefined) throw missing();
  const { authenticator } = state.options === undefined ? application.setup : application.setupWith(state.options);
  return { authenticator, handedOver: state.handedOver ?? NOBODY };
}

function missing(): KeystileError {
  return new KeystileError(
    'middleware-missing',
    'getAuth(req) was called for a request that the proxy has not seen: export clerkMiddleware() from proxy.ts (or middleware.ts) beside app or pages, with a matcher that covers this route.',
    { status: 500 },
  );
}
