import { Hono } from 'hono';
import { notFound } from '../api-error.ts';
import { handlers } from '../backend-api/index.ts';
import type { Context } from '../context.ts';
import { operations } from '../contract/operations.generated.ts';
import type { ServerControls } from '../control/create-controls.ts';
import { ConnectionCut } from '../control/faults.ts';
import { createFrontendApi } from '../frontend-api/index.ts';
import type { LocalBackendOptions } from '../options.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import { createBackendApi } from './backend-api.ts';
import { bodyLimit } from './body-limit.ts';
import { answerError } from './error-answer.ts';
import { hostGuard } from './host-guard.ts';
import { createImages } from './images.ts';
import { onDemand } from './on-demand.ts';

/** Largest request body in bytes: an image of 10 MB and its envelope. */
const largestBody = 11 * 1024 * 1024;

/** The one application of a backend: the Backend API under `/v1`, the frontend API and the pages beside it. */
export function createApp(
  context: Context,
  { controls, webhooks }: { readonly controls: ServerControls; readonly webhooks: Webhooks },
  options: Pick<LocalBackendOptions, 'allowedHosts' | 'signInLimit'> = {},
): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof ConnectionCut) throw error;
    return answerError(c, error);
  });
  app.notFound((c) => answerError(c, notFound('endpoint')));
  app.use(controls.middleware);
  app.use(hostGuard(options.allowedHosts ?? []));
  app.use(bodyLimit(largestBody));
  app.route('/', createBackendApi(context, operations, handlers));
  app.route('/', createImages(context));
  app.route('/', createFrontendApi(context, options));
  app.all(
    '/_keystile/*',
    onDemand(async () => (await import('../control/index.ts')).createControlApi(context, controls)),
  );
  const pages = onDemand(async () =>
    (await import('../console/index.ts')).createConsole({ context, controls, webhooks }),
  );
  app.all('/console', pages).all('/console/*', pages);
  return app;
}
