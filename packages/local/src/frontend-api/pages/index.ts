import { Hono } from 'hono';
import { createAccountPages } from './account-page.ts';
import { answerProblems } from './answer-problems.ts';
import { mark, stylesheet } from './assets.ts';
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
  answerProblems(app, {
    onError: { href: '/sign-in', text: 'Go to sign-in' },
    notFound: { href: '/account', text: 'Go to your account' },
  });
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
