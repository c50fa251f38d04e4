import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { LocalBackendOptions } from '../options.ts';
import { applySeed, type SeedResult } from '../seed/apply-seed.ts';
import type { SeedData } from '../seed/seed-data.ts';
import { clearData } from './clear-data.ts';
import { createDecisionLog, type DecisionLog } from './decision-log.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRequestLimiter, hostedLimits, type RequestLimit } from './request-limit.ts';
import { createRequestLog, type RequestLog, redactQuery } from './request-log.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts';

/** What a test wants of a backend that it controls. */
export interface Controls {
  /** The requests it has answered. */
  readonly requests: Pick<RequestLog, 'entries' | 'clear' | 'onRequest'>;
  /** How applications authenticated their requests, of those that report it with `reportDecisions` of `@keystile/local/report`. */
  readonly decisions: Pick<DecisionLog, 'entries' | 'clear' | 'onDecision'>;
  readonly faults: Faults;
  /** Limits the requests to the Backend API; answers beyond it are 429 with `Retry-After`. undefined takes the limit off. */
  limitRequests(limit: RequestLimit | undefined): void;
  /** All data as it is now. Costs as much as there is data. */
  snapshot(): Promise<Snapshot>;
  /** Puts all data back as it was. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Takes away all data, and begins anew with a seed; without one, with that of the start. Keys, addresses and webhook endpoints stay. */
  reset(seed?: SeedData): Promise<SeedResult>;
}

/** What the server needs of the controls. */
export interface ServerControls extends Controls {
  readonly decisions: DecisionLog;
  readonly middleware: MiddlewareHandler;
  /** Ends what hangs. */
  close(): void;
}

export function createControls(
  context: Context,
  { seed = {}, requestLimit }: Pick<LocalBackendOptions, 'seed' | 'requestLimit'> = {},
): ServerControls {
  const closing = new AbortController();
  const log = createRequestLog();
  const faults = createFaults(closing.signal);
  const limiter = createRequestLimiter(context.clock);
  limiter.set(requestLimit === 'hosted' ? hostedLimits.development : requestLimit);

  return {
    requests: log,
    decisions: createDecisionLog(),
    faults,
    limitRequests: (limit) => limiter.set(limit),
    snapshot: () => takeSnapshot(context),
    restore: (snapshot) => restoreSnapshot(context, snapshot),
    async reset(data = seed) {
      await clearData(context);
      return applySeed(context, data);
    },
    close: () => closing.abort(),

    async middleware(c, next) {
      const { path } = c.req;
      if (isOwn(path)) return next();
      const at = context.clock.now();
      const begun = performance.now();
      const wait = isBackendApi(path) ? limiter.take() : 0;
      if (wait > 0) c.res = tooMany(wait);
      else {
        const replaced = await faults.commit(c, path, async () => {
          await next();
          return c.res;
        });
        if (replaced === undefined) await next();
        else c.res = replaced;
      }
      log.add({
        at,
        method: c.req.method,
        path,
        query: redactQuery(searchOf(c.req.url)),
        status: c.res.status,
        durationInMs: Math.round((performance.now() - begun) * 100) / 100,
        reason: wait > 0 ? 'rate_limit_exceeded' : reasonOf(c, path),
        userAgent: c.req.header('user-agent'),
      });
    },
  };
}

/** The console and the controls themselves are no part of what is watched. */
const isOwn = (path: string) =>
  path.startsWith('/console') || path.startsWith('/_keystile') || path.startsWith('/assets/');

/** What the limit of the hosted service is about; a browser's requests are not. */
const isBackendApi = (path: string) =>
  !(path.startsWith('/v1/client/') || path === '/v1/client' || path.startsWith('/v1/tickets')) &&
  /^\/(?:v1|api_keys|m2m_tokens|oauth_applications)\//.test(path);

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function reasonOf(c: HonoContext, path: string): string | undefined {
  const { error } = c;
  if (error !== undefined) return error instanceof ApiError ? error.errors[0]?.code : error.name;
  return path === '/v1/client/handshake' ? c.req.query('__clerk_hs_reason') : undefined;
}

function tooMany(seconds: number): Response {
  const body = {
    errors: [
      { code: 'rate_limit_exceeded', message: 'Too many requests', long_message: 'Too many requests; retry later.' },
    ],
  };
  return Response.json(body, { status: 429, headers: { 'retry-after': String(seconds) } });
}
