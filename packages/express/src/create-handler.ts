import { KeystileError } from '@keystile/core';
import { type AdapterAuthenticator, NO_PATCH } from '@keystile/core/adapter';
import type { NextFunction, Request, Response } from 'express';
import { applyPatch } from './apply-patch.ts';
import { ExpressView } from './express-view.ts';
import { isSameOptions } from './is-same-options.ts';
import { isServable } from './is-servable.ts';
import { contextOf, type RequestContext, setContext } from './request-context.ts';

/** Where a middleware's authenticators come from. */
export interface AuthenticatorSource {
  /** What the application passed, to be compared with what it passed to another middleware. */
  readonly options: object;
  readonly authenticatorFor: (req: Request) => AdapterAuthenticator | Promise<AdapterAuthenticator>;
}

export interface HandlerSettings {
  /** Puts what applications read on a request that has its context. */
  readonly define: (req: Request) => void;
  /** Whether a request that another middleware has seen before is authenticated again. */
  readonly override: boolean;
}

/** The middleware itself. An ordinary request goes through it without a promise. */
export function createHandler(
  source: AuthenticatorSource,
  { define, override }: HandlerSettings,
): (req: Request, res: Response, next: NextFunction) => void {
  const warn = createWarnings();

  function conclude(context: RequestContext, req: Request, res: Response, next: NextFunction): void {
    if (Object.hasOwn(req, 'auth') && contextOf(req) === undefined) warn('foreignAuth', context);
    setContext(req, context);
    define(req);
    const { patch } = context.state;
    if (patch === NO_PATCH || !applyPatch(res, patch)) next();
  }

  return (req, res, next) => {
    const earlier = contextOf(req);
    if (earlier !== undefined && !override) {
      if (!isSameOptions(source.options, earlier.source.options)) warn('otherOptions', earlier);
      next();
      return;
    }
    if (!isServable(req)) {
      res.statusCode = 400;
      res.end();
      return;
    }
    const context = authenticate(source, req);
    if (context instanceof Promise) {
      context.then((settled) => conclude(settled, req, res, next)).catch((reason: unknown) => next(toError(reason)));
    } else {
      conclude(context, req, res, next);
    }
  };
}

function authenticate(source: AuthenticatorSource, req: Request): RequestContext | Promise<RequestContext> {
  const authenticator = source.authenticatorFor(req);
  return authenticator instanceof Promise
    ? authenticator.then((resolved) => authenticateWith(resolved, source, req))
    : authenticateWith(authenticator, source, req);
}

function authenticateWith(
  authenticator: AdapterAuthenticator,
  source: AuthenticatorSource,
  req: Request,
): RequestContext | Promise<RequestContext> {
  const view = new ExpressView(req);
  const state = authenticator.authenticateView(view, 'any');
  return state instanceof Promise
    ? state.then((settled) => ({ authenticator, source, view, state: settled }))
    : { authenticator, source, view, state };
}

const WARNINGS = {
  otherOptions:
    "A second authMiddleware() with other options saw a request: the first one's verdict stands. For a router of its own instance pass { scope: 'override' } as the second argument.",
  foreignAuth:
    'Another library left req.auth on a request before authMiddleware(): it is not trusted and has been replaced.',
} as const;

/** Each warning once for a middleware, however many requests give occasion to it. */
function createWarnings(): (name: keyof typeof WARNINGS, context: RequestContext) => void {
  const given = new Set<string>();
  return (name, { authenticator }) => {
    if (given.has(name)) return;
    given.add(name);
    authenticator.config.logger.warn(WARNINGS[name]);
  };
}

/** `next()` takes nothing and `'route'` for "go on": neither may come out of a failure. */
function toError(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  return new KeystileError('authentication-failed', 'The options of authMiddleware() could not be determined.', {
    status: 500,
    cause: reason,
  });
}
