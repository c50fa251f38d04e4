import {
  handOver,
  matchesProxyPath,
  NO_PATCH,
  PRIVATE_PATCH,
  patchHeaders,
  proxyFrontendApi,
  toResponse,
  viewRequest,
} from '@keystile/core/adapter';
import { type NextFetchEvent, type NextProxy, type NextRequest, NextResponse } from 'next/server.js';
import type { Application } from '../application.ts';
import { type AuthFunction, createAuthFunction } from '../auth-function.ts';
import type { Caller } from '../caller.ts';
import type { AuthOptions, AuthOptionsCallback } from '../options.ts';
import { publicUrlOf } from '../public-url.ts';
import { classifyRequest } from '../request-kind.ts';
import { forwardHeaders, reachesHandlers, readForwardedHeaders } from '../state/forward-headers.ts';
import { STATE_HEADER, sealState } from '../state/sealed-state.ts';
import { type TravellingOptions, toTravellingOptions } from '../state/travelling-options.ts';
import { answerOf, createProxyExits, ProxyAnswer } from './exits.ts';

/** The application's own part of the proxy. What it returns is the answer; nothing: the request goes on. */
export type ProxyHandler = (auth: AuthFunction, request: NextRequest, event: NextFetchEvent) => ReturnType<NextProxy>;

/**
 * Makes the function that `proxy.ts` (or `middleware.ts`) exports: it finds out who makes each request, keeps the session in
 * the browser up to date, and tells the handlers.
 *
 * ```ts
 * // proxy.ts
 * const isPublic = createRouteMatcher(['/', '/sign-in(.*)']);
 *
 * export default authMiddleware(async (auth, request) => {
 *   if (!isPublic(request)) await auth.protect();
 * });
 *
 * export const config = {
 *   matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'],
 * };
 * ```
 *
 * It refuses nobody by itself. What the proxy decides holds for the requests alone that its `matcher` lets it see: check
 * again where the data is, with `auth.protect()` in pages, actions and handlers.
 */
export interface AuthMiddleware {
  (handler: ProxyHandler, options?: AuthOptions | AuthOptionsCallback): NextProxy;
  (options?: AuthOptions): NextProxy;
  /** The function itself, for `export { authMiddleware as proxy }`. */
  (request: NextRequest, event: NextFetchEvent): Promise<Response>;
}

export function createAuthMiddleware(application: Application): AuthMiddleware {
  let plain: ((request: NextRequest, event: NextFetchEvent) => Promise<Response>) | undefined;

  function authMiddleware(
    first: ProxyHandler | AuthOptions | NextRequest = {},
    second?: AuthOptions | AuthOptionsCallback | NextFetchEvent,
  ): NextProxy | Promise<Response> {
    if (isRequest(first)) {
      plain ??= createProxy(application, undefined, undefined);
      return plain(first, second as NextFetchEvent);
    }
    return typeof first === 'function'
      ? createProxy(application, first, second as AuthOptions | AuthOptionsCallback | undefined)
      : createProxy(application, undefined, first);
  }
  return authMiddleware as AuthMiddleware;
}

function isRequest(value: object): value is NextRequest {
  return 'nextUrl' in value && 'headers' in value;
}

function createProxy(
  application: Application,
  handler: ProxyHandler | undefined,
  options: AuthOptions | AuthOptionsCallback | undefined,
): (request: NextRequest, event: NextFetchEvent) => Promise<Response> {
  return async function proxy(request, event) {
    const given = typeof options === 'function' ? await options(request) : options;
    const { authenticator, proxy } = given === undefined ? application.setup : application.setupWith(given);
    const view = viewRequest(request);
    if (proxy !== undefined && matchesProxyPath(view.target, proxy.proxyPath)) {
      return proxyFrontendApi(request, proxy, application.environment);
    }
    const state = await authenticator.authenticateView(view, 'any');
    if (state.patch.answer !== undefined) return toResponse(state.patch);

    const caller: Caller = { authenticator, view, state };
    const { response, guarded } = await runHandler(handler, caller, request, event);
    // Some responses cannot be changed, and others belong to everybody.
    const answer = new NextResponse(response.body, response);
    patchHeaders(answer.headers, guarded);
    patchHeaders(answer.headers, state.patch);
    if (reachesHandlers(answer, request.url)) {
      await tellHandlers(answer, request, caller, application, given && toTravellingOptions(given));
    }
    return answer;
  };
}

async function runHandler(
  handler: ProxyHandler | undefined,
  caller: Caller,
  request: NextRequest,
  event: NextFetchEvent,
) {
  let guarded = NO_PATCH;
  const exits = createProxyExits(request, caller);
  const auth = createAuthFunction({
    findCaller: async () => caller,
    kindOf: ({ view }) => classifyRequest(view),
    exitsFor: () => exits,
    onPass: ({ patch }) => {
      guarded = patch;
    },
  });
  let response: Response | undefined;
  try {
    response = (await handler?.(auth, request, event)) ?? NextResponse.next();
  } catch (error) {
    response = answerOf(error, request);
    if (response === undefined) throw error;
    if (error instanceof ProxyAnswer) guarded = PRIVATE_PATCH;
  }
  return { response, guarded };
}

/** Hands on who makes the request, under a header that no client can write. */
async function tellHandlers(
  answer: Response,
  request: NextRequest,
  { state, authenticator, view }: Caller,
  application: Application,
  options: TravellingOptions | undefined,
): Promise<void> {
  const forwarded = readForwardedHeaders(answer, request);
  const seal = options === undefined ? application.seal : application.assertSeal();
  if (seal !== undefined) {
    const handedOver = handOver(state);
    const sealed = {
      url: publicUrlOf({ view, authenticator }).href,
      sealedAt: application.now(),
      ...(handedOver !== undefined && { handedOver }),
      ...(options !== undefined && { options }),
    };
    forwarded.set(STATE_HEADER, await sealState(sealed, seal, forwarded.get('authorization')));
  }
  forwardHeaders(answer, forwarded);
}
