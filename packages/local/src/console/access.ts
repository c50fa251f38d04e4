import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { parse } from 'hono/utils/cookie';
import type { Context } from '../context.ts';
import { suffixed } from '../frontend-api/browser/cookie-names.ts';
import { setCookie } from '../frontend-api/browser/set-cookie.ts';
import { csrfField, csrfToken } from '../frontend-api/pages/csrf.ts';
import { hidden, renderField } from '../frontend-api/pages/field.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import { type FieldError, renderPage } from '../frontend-api/pages/layout.ts';
import type { Instance } from '../instance.ts';
import { equalInConstantTime } from '../issuing/equal-in-constant-time.ts';
import { consoleKey } from './console-url.ts';

const cookieName = '__keystile_console';

/**
 * Lets in who has come by the address with the key, and asks others for the secret key. The console shows codes and links that
 * sign in as anybody, and a port of this machine is open to everybody who works on it.
 */
export function requireConsoleKey({ instance }: Context): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.query('key');
    if (given !== undefined && equalInConstantTime(given, consoleKey(instance))) {
      letIn(c, instance);
      // Out of the address bar and the history.
      return c.redirect(c.req.path, 303);
    }
    const cookie = parse(c.req.header('cookie') ?? '')[suffixed(cookieName, instance.publishableKey)];
    if (cookie !== undefined && equalInConstantTime(cookie, consoleKey(instance))) return next();
    const query = c.req.method === 'GET' ? `?next=${encodeURIComponent(c.req.path)}` : '';
    return c.redirect(`/console/access${query}`, 303);
  };
}

/** The page that asks for the secret key. */
export function createAccessPage(context: Context): Hono {
  const { instance } = context;
  const app = new Hono();

  app.get('/console/access', (c) => c.html(render(csrfToken(context, c), ownPath(c.req.query('next')), [])));

  app.post('/console/access', async (c) => {
    const { secret_key: given = '', next } = await readForm(context, c);
    const path = ownPath(next);
    if (!equalInConstantTime(given.trim(), instance.secretKey)) {
      const error = { field: 'secret_key', message: 'That is not the secret key of this backend.' };
      return c.html(render(csrfToken(context, c), path, [error]), 422);
    }
    letIn(c, instance);
    return c.redirect(path, 303);
  });

  return app;
}

function letIn(c: HonoContext, instance: Instance): void {
  const options = { httpOnly: true, secure: instance.url.startsWith('https:') };
  c.header('set-cookie', setCookie(suffixed(cookieName, instance.publishableKey), consoleKey(instance), options), {
    append: true,
  });
}

/** Where to go on: a page of the console, whatever the address says. */
const ownPath = (path: string | undefined) =>
  path !== undefined && /^\/console(?:\/[\w/-]*)?$/.test(path) ? path : '/console';

function render(csrf: string, next: string, errors: readonly FieldError[]) {
  return renderPage({
    title: 'Open the console',
    lead: html`with the secret key of this backend, or by the address that <strong>keystile dev</strong> prints`,
    errors,
    content: html`<form method="post" action="/console/access">
${hidden(csrfField, csrf)}${hidden('next', next)}
${renderField({ name: 'secret_key', label: 'Secret key', type: 'password', autocomplete: 'off', hint: 'sk_test_…, CLERK_SECRET_KEY of your application', autofocus: true }, errors)}
<button type="submit">Open</button>
</form>`,
  });
}
