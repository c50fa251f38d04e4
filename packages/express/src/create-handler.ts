import { type AdapterSetup, matchesProxyPath, NO_PATCH } from '@keystile/core/adapter';
import type { NextFunction, Request, Response } from 'express';
import { applyPatch } from './apply-patch.ts';
import { ExpressView } from './express-view.ts';
import { isSameOptions } from './is-same-options.ts';
import { isServable } from './is-servable.ts';
import { contextOf, type RequestContext, setContext } from './request-context.ts';
import { serveFrontendApi } from './serve-frontend-api.ts';
import type { SetupSource } from './setup-source.ts';
import { toError } from './to-error.ts';

export interface HandlerSettings {
  /** Puts what applications read on a request that has its context. */
  readonly define: (req: Request) => void;
  /** Whether a request that another middleware has seen before is authenticated again. */
  readonly override: boolean;
}

/** The middleware itself. An ordinary request goes through it without a promise. */
export function createHandler(
  source: SetupSource,
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

  function handle(setup: AdapterSetup, req: Request, res: Response, next: NextFunction): Promise<void> | undefined {
    const { authenticator, proxy } = setup;
    const view = new ExpressView(req);
    if (proxy !== undefined && matchesProxyPath(view.target, proxy.proxyPath)) {
      return serveFrontendApi(req, res, view, proxy);
    }
    const state = authenticator.authenticateView(view, 'any');
    if (state instanceof Promise) {
      return state.then((settled) => conclude({ req, authenticator, source, view, state: settled }, req, res, next));
    }
    conclude({ req, authenticator, source, view, state }, req, res, next);
    return undefined;
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
    const setup = source.setupFor(req);
    const handled =
      setup instanceof Promise
        ? setup.then((resolved) => handle(resolved, req, res, next))
        : handle(setup, req, res, next);
    handled?.catch((reason: unknown) => next(toError(reason)));
  };
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
