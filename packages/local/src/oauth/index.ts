import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { html } from 'hono/html';
import { ApiError } from '../api-error.ts';
import type { Context } from '../context.ts';
import { renderPage } from '../frontend-api/pages/layout.ts';
import { securityHeaders } from '../frontend-api/pages/security-headers.ts';
import type { AttemptLimiter } from '../frontend-api/sign-in/attempt-limiter.ts';
import { createAuthorize } from './authorize.ts';
import { createMetadata } from './metadata.ts';
import { answerOAuthError, OAuthError } from './oauth-error.ts';
import { createRegistration } from './registration.ts';
import { createTokenEndpoints } from './token-endpoint.ts';
import { createUserinfo } from './userinfo.ts';

/** An OAuth 2.1 authorization server: authorization code with PKCE, refresh with rotation, discovery and registration. */
export function createOAuthServer(context: Context, attempts: AttemptLimiter): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof OAuthError) return answerOAuthError(c, error);
    if (!(error instanceof ApiError)) throw error;
    return c.html(
      renderPage({ title: 'That did not work', lead: error.message, content: html`` }),
      error.status as 403,
    );
  });
  app.use('/oauth/authorize', securityHeaders);
  // Called by clients in browsers as well; none of these looks at a cookie.
  const open = cors({
    origin: '*',
    allowHeaders: ['Authorization', 'Content-Type'],
    allowMethods: ['GET', 'POST'],
    maxAge: 600,
  });
  for (const path of ['/oauth/token', '/oauth/token/revoke', '/oauth/userinfo', '/oauth/register', '/.well-known/*'])
    app.use(path, open);
  app.route('/', createAuthorize(context));
  app.route('/', createTokenEndpoints(context));
  app.route('/', createUserinfo(context));
  app.route('/', createRegistration(context, attempts));
  app.route('/', createMetadata(context));
  return app;
}
