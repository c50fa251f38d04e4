import { Hono } from 'hono';
import { html } from 'hono/html';
import { ApiError } from '../../api-error.ts';
import { createAccountPages } from './account-page.ts';
import { mark, stylesheet } from './assets.ts';
import { renderPage } from './layout.ts';
import { createSecondFactorPages } from './second-factor-page.ts';
import { securityHeaders } from './security-headers.ts';
import type { PageServices } from './services.ts';
import { createSignInPages } from './sign-in-page.ts';
import { createSignOutPages } from './sign-out-page.ts';
import { createSignUpPages } from './sign-up-page.ts';
import { createTaskPages } from './tasks-page.ts';
import { createTicketPages } from './ticket-page.ts';

/** The hosted pages: plain HTML that needs no script. */
export function createPages(services: PageServices): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.onError((error, c) => {
    if (!(error instanceof ApiError)) throw error;
    const content = html`<a class="button" href="/sign-in">Go to sign-in</a>`;
    return c.html(renderPage({ title: 'That did not work', lead: error.message, content }), error.status as 403);
  });
  app.notFound((c) =>
    c.html(
      renderPage({ title: 'No such page', content: html`<a class="button" href="/account">Go to your account</a>` }),
      404,
    ),
  );
  app.get('/assets/keystile.css', (c) => c.text(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/assets/keystile.svg', (c) => c.text(mark, 200, { 'content-type': 'image/svg+xml' }));
  app.route('/', createSignInPages(services));
  app.route('/', createSecondFactorPages(services));
  app.route('/', createTaskPages(services));
  app.route('/', createTicketPages(services));
  app.route('/', createSignUpPages(services));
  app.route('/', createSignOutPages(services));
  app.route('/', createAccountPages(services));
  return app;
}
