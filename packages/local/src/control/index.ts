import { Hono, type Context as HonoContext } from 'hono';
import { ApiError, badRequest, forbidden } from '../api-error.ts';
import type { Context } from '../context.ts';
import { LocalBackendError } from '../errors.ts';
import { applySeed } from '../seed/apply-seed.ts';
import type { SeedData } from '../seed/seed-data.ts';
import { authenticate } from '../server/authenticate.ts';
import { answerError } from '../server/error-answer.ts';
import { clearData } from './clear-data.ts';
import { mintToken, type TokenRequest } from './mint-token.ts';

/**
 * What a test or the command line asks of a running backend in another process: tokens, data, the time. For the holder of
 * the secret key alone.
 */
export function createControlApi(context: Context): Hono {
  const app = new Hono();
  app.onError((error, c) => answerError(c, error instanceof LocalBackendError ? toApiError(error) : error));
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

  app.post('/_keystile/reset', async (c) => {
    const seed = await readObject<SeedData>(c);
    await clearData(context);
    return c.json(await applySeed(context, seed));
  });

  app.post('/_keystile/clock', async (c) => {
    const { advance_ms, freeze_at, resume, reset } = await readObject<ClockRequest>(c);
    const { clock } = context;
    if (reset === true) clock.reset();
    if (advance_ms !== undefined) clock.advance(advance_ms);
    if (freeze_at !== undefined) clock.freeze(freeze_at);
    if (resume === true) clock.resume();
    return c.json({ now: clock.now() });
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

async function readObject<T extends object>(c: HonoContext): Promise<T> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('request_body_invalid', 'The request body must be a JSON object.');
  }
  return body as T;
}

function toApiError({ message }: LocalBackendError): ApiError {
  return new ApiError(422, [{ code: 'seed_invalid', message, long_message: message }]);
}
