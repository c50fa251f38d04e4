import {
  handOver,
  matchesProxyPath,
  NO_PATCH,
  PRIVATE_PATCH,
  patchHeaders,
  proxyFrontendApi,
  type ResponsePatch,
  toResponse,
  viewRequest,
} from '@keystile/core/adapter';
import { type NextFetchEvent, type NextProxy, type NextRequest, NextResponse } from 'next/server.js';
import type { Application } from '../application.ts';
import type { AuthFunction, AuthFunctionParts } from '../auth-function.ts';
import type { Caller } from '../caller.ts';
import type { AuthOptions, AuthOptionsCallback } from '../options.ts';
import { publicUrlOf } from '../public-url.ts';
import { classifyRequest } from '../request-kind.ts';
import { forwardHeaders, reachesHandlers, readForwardedHeaders } from '../state/forward-headers.ts';
import { STATE_HEADER, sealState } from '../state/sealed-state.ts';
import { type TravellingOptions, toTravellingOptions } from '../state/travelling-options.ts';
import { answerOf, createProxyExits, ProxyAnswer } from './exits.ts';

/** The application's own part of the proxy. What it returns is the answer; nothing: the request goes on. */
export type ProxyHandler<Auth = AuthFunction> = (
  auth: Auth,
  request: NextRequest,
  event: NextFetchEvent,
) => ReturnType<NextProxy>;

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
export interface AuthMiddleware<Auth = AuthFunction> {
  (handler: ProxyHandler<Auth>, options?: AuthOptions | AuthOptionsCallback): NextProxy;
  (options?: AuthOptions): NextProxy;
  /** The function itself, for `export { authMiddleware as proxy }`. */
  (request: NextRequest, event: NextFetchEvent): Promise<Response>;
}

/** @param createAuth - makes what the application's proxy function is told of the caller */
export function createAuthMiddleware<Auth>(
  application: Application,
  createAuth: (parts: AuthFunctionParts) => Auth,
): AuthMiddleware<Auth> {
  type Options = AuthOptions | AuthOptionsCallback;
  const create = (handler: ProxyHandler<Auth> | undefined, options: Options | undefined) =>
    createProxy(application, createAuth, handler, options);
  let plain: Proxy | undefined;

  function authMiddleware(
    first: ProxyHandler<Auth> | AuthOptions | NextRequest = {},
    second?: Options | NextFetchEvent,
  ): NextProxy | Promise<Response> {
    if (isRequest(first)) {
      plain ??= create(undefined, undefined);
      return plain(first, second as NextFetchEvent);
    }
    return typeof first === 'function' ? create(first, second as Options | undefined) : create(undefined, first);
  }
  return authMiddleware as AuthMiddleware<Auth>;
}

type Proxy = (request: NextRequest, event: NextFetchEvent) => Promise<Response>;

function isRequest(value: object): value is NextRequest {
  return 'nextUrl' in value && 'headers' in value;
}

function createProxy<Auth>(
  application: Application,
  createAuth: (parts: AuthFunctionParts) => Auth,
  handler: ProxyHandler<Auth> | undefined,
  options: AuthOptions | AuthOptionsCallback | undefined,
): Proxy {
  return async function proxy(request, event) {
    if (!isDecodable(request.nextUrl.pathname)) return new NextResponse(null, { status: 400 });
    const given = typeof options === 'function' ? await options(request) : options;
    const { authenticator, proxy } = given === undefined ? application.setup : application.setupWith(given);
    const view = viewRequest(request);
    if (proxy !== undefined && matchesProxyPath(view.target, proxy.proxyPath)) {
      return proxyFrontendApi(request, proxy, application.environment);
    }
    const state = await authenticator.authenticateView(view, 'any');
    if (state.patch.answer !== undefined) return toResponse(state.patch);

    const caller: Caller = { authenticator, view, state };
    const run = (auth: Auth) => application.proxyScope.run(caller, () => handler?.(auth, request, event));
    const { response, guarded } = await answer(caller, request, createAuth, run);
    // Some responses cannot be changed, and others belong to everybody.
    const final = new NextResponse(response.body, response);
    patchHeaders(final.headers, guarded);
    patchHeaders(final.headers, state.patch);
    if (reachesHandlers(final, request.url)) {
      await tellHandlers(final, request, caller, application, given && toTravellingOptions(given));
    }
    return final;
  };
}

/** Whether routers can read a path; handlers might see one thing in it and the matchers before them another. */
function isDecodable(pathname: string): boolean {
  if (!pathname.includes('%')) return true;
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** Runs the application's part, and answers in its place where it was ended. */
async function answer<Auth>(
  caller: Caller,
  request: NextRequest,
  createAuth: (parts: AuthFunctionParts) => Auth,
  run: (auth: Auth) => ReturnType<NextProxy> | undefined,
): Promise<{ readonly response: Response; readonly guarded: ResponsePatch }> {
  let guarded = NO_PATCH;
  const exits = createProxyExits(request, caller);
  const auth = createAuth({
    findCaller: async () => caller,
    kindOf: ({ view }) => classifyRequest(view),
    exitsFor: () => exits,
    onPass: ({ patch }) => {
      guarded = patch;
    },
  });
  try {
    return { response: (await run(auth)) ?? NextResponse.next(), guarded };
  } catch (error) {
    const response = answerOf(error, request);
    if (response === undefined) throw error;
    return { response, guarded: error instanceof ProxyAnswer ? PRIVATE_PATCH : guarded };
  }
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
