import { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { cookieSuffix } from '../../issuing/session-cookies.ts';
import { answerError } from '../../server/error-answer.ts';
import { allowedOrigins } from './allowed-origins.ts';
import { browserScript } from './browser-script.ts';
import { createClientApi } from './client-api.ts';

/** What scripts in a browser use: the client and its sessions, and the script that restores cookies. */
export function createScriptApi(context: Context): Hono {
  const app = new Hono();
  app.onError((error, c) => answerError(c, error));
  for (const path of ['/v1/client', '/v1/client/*', '/v1/dev_browser']) app.use(path, allowedOrigins(context));
  app.route('/', createClientApi(context));
  app.get('/npm/*', (c) => {
    c.header('content-type', 'text/javascript; charset=utf-8');
    // Loaded with `crossorigin`, by applications on other ports and hosts. It holds no secret.
    c.header('access-control-allow-origin', '*');
    c.header('cross-origin-resource-policy', 'cross-origin');
    c.header('cache-control', 'no-cache');
    return c.body(browserScript(cookieSuffix(context.instance.publishableKey)));
  });
  return app;
}
