import type { AdapterSetup } from '@keystile/core/adapter';
import type { AuthObject } from '@keystile/core/compat';
import type { Request, RequestHandler } from 'express';
import { createHandler } from '../create-handler.ts';
import { assertContext } from '../request-context.ts';
import { fixedSource, type SetupSource, sourceByRequest } from '../setup-source.ts';
import {
  type ClerkMiddlewareOptions,
  type ClerkMiddlewareOptionsCallback,
  isFixed,
  toMainOptions,
} from './middleware-options.ts';

/** What a request carries once `clerkMiddleware()` has seen it. */
export type RequestAuth = (options?: { readonly treatPendingAsSignedOut?: boolean }) => AuthObject;

/** A request with the `auth` of this entry: a function. */
export type ExpressRequestWithAuth = Omit<Request, 'auth'> & { readonly auth: RequestAuth };

/**
 * As `authMiddleware()` of the main entry, with the names and the defaults of the ecosystem's package: keys that are missing
 * are noticed with the first request, and `req.auth` is a function.
 */
export function clerkMiddleware(options: ClerkMiddlewareOptions | ClerkMiddlewareOptionsCallback = {}): RequestHandler {
  const handle = createHandler(toSource(options), { define: defineAuth, override: false });
  return function clerkMiddleware(req, res, next) {
    handle(req, res, next);
  };
}

function toSource(options: ClerkMiddlewareOptions | ClerkMiddlewareOptionsCallback): SetupSource {
  if (typeof options === 'object' && isFixed(options)) return lateSource(options);
  const { setupFor } = sourceByRequest((req) => {
    const given = typeof options === 'function' ? options(req) : options;
    return given instanceof Promise
      ? given.then((resolved) => toMainOptions(resolved, req))
      : toMainOptions(given, req);
  });
  return { options, setupFor };
}

/** One setup for all requests, made with the first of them. */
function lateSource(options: ClerkMiddlewareOptions): SetupSource {
  let setup: AdapterSetup | Promise<AdapterSetup> | undefined;
  return {
    options,
    setupFor: (req) => {
      setup ??= fixedSource(toMainOptions(options, req)).setupFor(req);
      return setup;
    },
  };
}

function defineAuth(req: Request): void {
  const auth: RequestAuth = ({ treatPendingAsSignedOut = true } = {}) =>
    assertContext(req, 'req.auth').state.toAuth({ acceptsToken: 'any', treatPendingAsSignedOut }) as AuthObject;
  Object.defineProperty(req, 'auth', { value: auth, configurable: true });
}
