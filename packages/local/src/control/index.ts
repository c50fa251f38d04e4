import { Hono, type Context as HonoContext } from 'hono';
import { ApiError, badRequest, forbidden, invalidParam, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { LocalBackendError } from '../errors.ts';
import { applySeed } from '../seed/apply-seed.ts';
import type { SeedData } from '../seed/seed-data.ts';
import { authenticate } from '../server/authenticate.ts';
import { bodyLimit } from '../server/body-limit.ts';
import { answerError } from '../server/error-answer.ts';
import type { ServerControls } from './create-controls.ts';
import type { Fault } from './faults.ts';
import { mintToken, type TokenRequest } from './mint-token.ts';
import { readReport } from './read-report.ts';
import type { RequestLimit } from './request-limit.ts';
import type { Snapshot } from './snapshot.ts';

/** Snapshots that are kept for restoring; the oldest goes first. */
const keptSnapshots = 8;

/** Largest report of decisions, in bytes: a hundred with long messages. */
const largestReportBody = 512 * 1024;

/**
 * What a test or the command line asks of a running backend in another process: tokens, data, the time, faults. For the holder of
 * the secret key alone.
 */
export function createControlApi(context: Context, controls: ServerControls): Hono {
  const snapshots = new Map<string, Snapshot>();
  const app = new Hono();
  app.onError((error, c) => answerError(c, toApiError(error)));
  app.use(async (c, next) => {
    const caller = await authenticate(context, 'clients', c.req.header('authorization'));
    if (caller.kind !== 'secret-key')
      throw forbidden('authorization_invalid', 'Only the secret key of the instance may do this.');
    await next();
  });

  app.post('/_keystile/tokens', async (c) =>
    c.json({ token: await mintToken(context, await readObject<TokenRequest>(c)) }),
  );

  app.post('/_keystile/seed', async (c) => c.json(await applySeed(context, await readObject<SeedData>(c))));
  app.post('/_keystile/reset', async (c) => c.json(await controls.reset(await readObject<SeedData>(c))));

  app.post('/_keystile/snapshots', async (c) => {
    const [oldest] = snapshots.size < keptSnapshots ? [] : snapshots.keys();
    if (oldest !== undefined) snapshots.delete(oldest);
    const id = context.ids.create('snap');
    snapshots.set(id, await controls.snapshot());
    return c.json({ id });
  });
  app.post('/_keystile/snapshots/:id/restore', async (c) => {
    const snapshot = snapshots.get(c.req.param('id'));
    if (snapshot === undefined) throw notFound('snapshot', c.req.param('id'));
    await controls.restore(snapshot);
    return c.json({});
  });

  app.post('/_keystile/clock', async (c) => {
    const { advance_ms: advance, freeze_at: freeze, resume, reset } = await readObject<ClockRequest>(c);
    const { clock } = context;
    assertNumber(advance, 'advance_ms');
    assertNumber(freeze, 'freeze_at');
    if (reset === true) clock.reset();
    if (advance !== undefined) clock.advance(advance);
    if (freeze !== undefined) clock.freeze(freeze);
    if (resume === true) clock.resume();
    return c.json({ now: clock.now() });
  });

  app.get('/_keystile/requests', (c) => c.json(controls.requests.entries()));
  app.delete('/_keystile/requests', (c) => {
    controls.requests.clear();
    return c.json({});
  });

  app.get('/_keystile/decisions', (c) => c.json(controls.decisions.entries()));
  app.post('/_keystile/decisions', bodyLimit(largestReportBody), async (c) => {
    const { decisions } = await readObject<{ readonly decisions?: unknown }>(c);
    for (const decision of readReport(decisions, context.clock.now())) controls.decisions.add(decision);
    return c.body(null, 204);
  });
  app.delete('/_keystile/decisions', (c) => {
    controls.decisions.clear();
    return c.json({});
  });

  app.get('/_keystile/faults', (c) => c.json(controls.faults.list()));
  app.post('/_keystile/faults', async (c) => {
    controls.faults.add(await readObject<Fault>(c));
    return c.json({});
  });
  app.delete('/_keystile/faults', (c) => {
    controls.faults.clear();
    return c.json({});
  });

  app.put('/_keystile/request-limit', async (c) => {
    const { requests, windowInSeconds } = await readObject<RequestLimit>(c);
    assertNumber(requests, 'requests');
    assertNumber(windowInSeconds, 'windowInSeconds');
    controls.limitRequests({ requests, windowInSeconds });
    return c.json({});
  });
  app.delete('/_keystile/request-limit', (c) => {
    controls.limitRequests(undefined);
    return c.json({});
  });

  return app;
}

/** What to do with the time; times are in milliseconds. */
interface ClockRequest {
  readonly advance_ms?: number;
  readonly freeze_at?: number;
  readonly resume?: boolean;
  readonly reset?: boolean;
}

function assertNumber(value: unknown, param: string): void {
  if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value)))
    throw invalidParam(param, 'must be a number.');
}

async function readObject<T extends object>(c: HonoContext): Promise<T> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('request_body_invalid', 'The request body must be a JSON object.');
  }
  return body as T;
}

function toApiError(error: unknown): unknown {
  if (!(error instanceof LocalBackendError)) return error;
  return new ApiError(422, [
    { code: error.code.replaceAll('-', '_'), message: error.message, long_message: error.message },
  ]);
}
