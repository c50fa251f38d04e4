import { Hono } from 'hono';
import type { Context } from '../context.ts';
import type { Controls } from '../control/create-controls.ts';
import { answerProblems } from '../frontend-api/pages/answer-problems.ts';
import { securityHeaders } from '../frontend-api/pages/security-headers.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import { createAccessPage, requireConsoleKey } from './access.ts';
import { createDeliveryPages } from './deliveries.ts';
import { createInspector } from './inspector.ts';
import { createKeyPages } from './keys.ts';
import { createOrganizationPages } from './organizations.ts';
import { createOutbox } from './outbox.ts';
import { createOverview } from './overview.ts';
import { createRequestPages } from './requests.ts';
import { createSessionPages } from './sessions.ts';
import { consoleStylesheet } from './style.ts';
import { createUserPages } from './users.ts';

/** What the console shows. */
export interface ConsoleServices {
  readonly context: Context;
  readonly controls: Controls;
  readonly webhooks: Webhooks;
}

/** The console: what a backend holds and does, as pages that need no script. */
export function createConsole({ context, controls, webhooks }: ConsoleServices): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  answerProblems(app, {
    onError: { href: '/console', text: 'Go to the console' },
    notFound: { href: '/console', text: 'Go to the console' },
  });
  app.get('/console/style.css', (c) => c.text(consoleStylesheet, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.route('/', createAccessPage(context));
  app.use(requireConsoleKey(context));
  app.route('/', createOverview(context));
  app.route('/', createUserPages(context));
  app.route('/', createSessionPages(context));
  app.route('/', createOrganizationPages(context));
  app.route('/', createKeyPages(context));
  app.route('/', createOutbox(context));
  app.route('/', createDeliveryPages(context, webhooks));
  app.route('/', createRequestPages(controls));
  app.route('/', createInspector(context));
  return app;
}
