import type { AuthenticatorOptions } from '@keystile/core';
import type { NextFetchEvent, NextProxy, NextRequest } from 'next/server.js';
import type { Application } from '../application.ts';
import type { AuthOptions } from '../options.ts';
import { createAuthMiddleware, type ProxyHandler } from '../proxy/auth-middleware.ts';
import { type ClerkMiddlewareAuth, createClerkAuth } from './auth.ts';

export interface ClerkMiddlewareOptions extends AuthenticatorOptions {
  /** Serves the frontend API under a path of the application. */
  readonly frontendApiProxy?: {
    readonly enabled: boolean | ((url: URL) => boolean);
    /** Default `/__clerk`. */
    readonly path?: string;
  };
}

type OptionsCallback = (request: NextRequest) => ClerkMiddlewareOptions | Promise<ClerkMiddlewareOptions>;

/** As `authMiddleware` of the main entry, with the names and the defaults of the ecosystem's package. */
export interface ClerkMiddleware {
  (handler: ProxyHandler<ClerkMiddlewareAuth>, options?: ClerkMiddlewareOptions | OptionsCallback): NextProxy;
  (options?: ClerkMiddlewareOptions): NextProxy;
  (request: NextRequest, event: NextFetchEvent): Promise<Response>;
}

export function createClerkMiddleware(application: Application): ClerkMiddleware {
  const authMiddleware = createAuthMiddleware(application, createClerkAuth);
  const nothing: ProxyHandler<ClerkMiddlewareAuth> = () => undefined;
  let plain: NextProxy | undefined;

  function clerkMiddleware(
    first: ProxyHandler<ClerkMiddlewareAuth> | ClerkMiddlewareOptions | NextRequest = {},
    second: ClerkMiddlewareOptions | OptionsCallback | NextFetchEvent = {},
  ) {
    if ('nextUrl' in first) {
      plain ??= authMiddleware();
      return plain(first, second as NextFetchEvent);
    }
    const [handler, options] =
      typeof first === 'function' ? [first, second as ClerkMiddlewareOptions | OptionsCallback] : [nothing, first];
    if (typeof options !== 'function' && typeof options.frontendApiProxy?.enabled !== 'function') {
      return authMiddleware(handler, toOptions(options, undefined));
    }
    return authMiddleware(handler, async (request) =>
      toOptions(typeof options === 'function' ? await options(request) : options, request),
    );
  }
  return clerkMiddleware as ClerkMiddleware;
}

/** The frontend API is served as the ecosystem's package does: what a request says of its origin and address is believed. */
function toOptions(
  { frontendApiProxy, ...options }: ClerkMiddlewareOptions,
  request: NextRequest | undefined,
): AuthOptions {
  if (frontendApiProxy === undefined) return options;
  const { enabled, path } = frontendApiProxy;
  const isEnabled = typeof enabled === 'function' ? request !== undefined && enabled(new URL(request.url)) : enabled;
  const settings = {
    proxyPath: path,
    allowInsecureFrontendApiUrl: true,
    trustForwarded: true,
    maxRequestBytes: Number.POSITIVE_INFINITY,
  };
  return { ...options, frontendApiProxy: isEnabled && settings };
}
