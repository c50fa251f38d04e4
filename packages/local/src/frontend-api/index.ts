import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { onDemand } from '../server/on-demand.ts';
import { createSync } from './client/sync.ts';
import { createHandshake } from './handshake/handshake.ts';
import { type AttemptLimit, createAttemptLimiter, usualAttemptLimit } from './sign-in/attempt-limiter.ts';
import { createPasswordCheck } from './sign-in/check-password.ts';

/** How the frontend API differs from the usual. */
export interface FrontendApiOptions {
  /** How often a sign-in may be tried for one identifier. Default ten times a minute; `false` for tests that sign in a lot. */
  readonly signInLimit?: AttemptLimit | false | undefined;
}

/** The frontend API and the pages of a browser. */
export function createFrontendApi(context: Context, options: FrontendApiOptions = {}): Hono {
  const attempts = createAttemptLimiter(context.clock, options.signInLimit ?? usualAttemptLimit);
  const services = { context, attempts, checkPassword: createPasswordCheck() };
  const scripts = onDemand(async () => (await import('./client/index.ts')).createScriptApi(context));
  const pages = onDemand(async () => (await import('./pages/index.ts')).createPages(services));

  const oauth = onDemand(async () => (await import('../oauth/index.ts')).createOAuthServer(context, attempts));

  const app = new Hono();
  app.route('/', createHandshake(context));
  app.route('/', createSync(context));
  for (const path of ['/v1/client', '/v1/client/*', '/v1/dev_browser']) app.all(path, scripts);
  app.all('/npm/*', scripts);
  for (const path of ['/oauth/*', '/.well-known/*']) app.all(path, oauth);
  for (const path of [
    '/sign-in',
    '/sign-in/*',
    '/sign-up',
    '/sign-up/*',
    '/v1/tickets/accept',
    '/sign-out',
    '/account',
    '/account/*',
    '/assets/*',
  ])
    app.all(path, pages);
  return app;
}
