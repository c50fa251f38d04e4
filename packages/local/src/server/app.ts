import { Hono } from 'hono';
import { notFound } from '../api-error.ts';
import { handlers } from '../backend-api/index.ts';
import type { Context } from '../context.ts';
import { operations } from '../contract/operations.generated.ts';
import { createFrontendApi } from '../frontend-api/index.ts';
import type { LocalBackendOptions } from '../options.ts';
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
  options: Pick<LocalBackendOptions, 'allowedHosts' | 'signInLimit'> = {},
): Hono {
  const app = new Hono();
  app.onError((error, c) => answerError(c, error));
  app.notFound((c) => answerError(c, notFound('endpoint')));
  app.use(hostGuard(options.allowedHosts ?? []));
  app.use(bodyLimit(largestBody));
  app.route('/', createBackendApi(context, operations, handlers));
  app.route('/', createImages(context));
  app.route('/', createFrontendApi(context, options));
  app.all(
    '/_keystile/*',
    onDemand(async () => (await import('../control/index.ts')).createControlApi(context)),
  );
  return app;
}
