import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';
import {
  addWebhookEndpoint,
  listWebhookEndpoints,
  type NewWebhookEndpoint,
  removeWebhookEndpoint,
  type WebhookEndpoint,
} from './endpoint.ts';
import { retryWaits } from './retry-schedule.ts';

/** Sends events to those who want them. */
export interface Webhooks {
  /**
   * Has events sent to an address from now on.
   *
   * @throws {LocalBackendError} `option-invalid`
   */
  addEndpoint(endpoint: NewWebhookEndpoint): Promise<WebhookEndpoint>;
  endpoints(): Promise<WebhookEndpoint[]>;
  removeEndpoint(id: string): Promise<void>;
  /** Sends a delivery again, whatever came of it. */
  resend(deliveryId: string): Promise<void>;
  /** Resolves when nothing is being sent and nothing is due at this moment. What waits for its next attempt may still be to come. */
  settled(): Promise<void>;
  /** Stops sending. What is under way is broken off, and sent again after the next start. */
  close(): Promise<void>;
}

export interface WebhookOptions {
  /** What sends; `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** How many deliveries are under way at most. */
const parallel = 8;

/**
 * How long a delivery is another process's once it has taken it, in milliseconds: longer than an attempt takes. Should that
 * process die, the delivery is anybody's again.
 */
const claim = 60_000;

/** Longest wait of a timer: they count in 32 bits. */
const longestTimer = 0x7fff_ffff;

export function createWebhooks(context: Context, options: WebhookOptions = {}): Webhooks {
  const { db, clock } = context;
  const fetch = options.fetch ?? globalThis.fetch;
  const closing = new AbortController();
  let working: Promise<void> | undefined;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | undefined;

  /** Works off what is due; asked while at it, it looks again before it ends. */
  function wake(): Promise<void> {
    if (closing.signal.aborted) return Promise.resolve();
    isAskedAgain = true;
    working ??= work()
      .catch((error: unknown) => console.error('keystile: webhooks could not be sent:', error))
      .finally(() => {
        working = undefined;
      });
    return working;
  }

  async function work(): Promise<void> {
    while (isAskedAgain && !closing.signal.aborted) {
      isAskedAgain = false;
      let due = await claimDue();
      while (due.length > 0) {
        await Promise.all(due.map(attempt));
        // What is claimed is attempted, or given back by the attempt: so nothing is claimed once it closes.
        due = closing.signal.aborted ? [] : await claimDue();
      }
      await waitForNext();
    }
  }

  async function claimDue(): Promise<Row<'webhook_deliveries'>[]> {
    const now = clock.now();
    const due = await db
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('status', '=', 'pending')
      .where('next_attempt_at', '<=', now)
      .orderBy('next_attempt_at')
      .orderBy('id')
      .limit(parallel)
      .execute();
    const mine = [];
    for (const row of due) {
      const taken = await db
        .updateTable('webhook_deliveries')
        .set({ next_attempt_at: now + claim })
        .where('id', '=', row.id)
        .where('next_attempt_at', '=', row.next_attempt_at)
        .returning('id')
        .executeTakeFirst();
      if (taken !== undefined) mine.push(row);
    }
    return mine;
  }

  async function attempt(delivery: Row<'webhook_deliveries'>): Promise<void> {
    const endpoint = await db
      .selectFrom('webhook_endpoints')
      .selectAll()
      .where('id', '=', delivery.endpoint_id)
      .executeTakeFirst();
    const event = await db.selectFrom('events').selectAll().where('id', '=', delivery.event_id).executeTakeFirst();
    if (endpoint === undefined || event === undefined) return;
    const result = closing.signal.aborted ? undefined : await send(delivery, endpoint, event);
    const now = clock.now();
    if (result === undefined || closing.signal.aborted) {
      await db.updateTable('webhook_deliveries').set({ next_attempt_at: now }).where('id', '=', delivery.id).execute();
      return;
    }
    const attempts = delivery.attempts + 1;
    const wait = retryWaits[delivery.attempts];
    const change =
      result.error === undefined
        ? { status: 'succeeded', next_attempt_at: null }
        : wait === undefined
          ? { status: 'failed', next_attempt_at: null }
          : { status: 'pending', next_attempt_at: now + wait };
    await context.transaction(async (tx) => {
      const changed = await tx.db
        .updateTable('webhook_deliveries')
        .set({ ...change, attempts, updated_at: now })
        .where('id', '=', delivery.id)
        .returning('id')
        .executeTakeFirst();
      // A reset, or the end of its endpoint, came in between: nobody is left to be told.
      if (changed === undefined) return;
      await tx.db
        .insertInto('webhook_attempts')
        .values({
          id: tx.ids.create('atmpt'),
          delivery_id: delivery.id,
          response_status: result.responseStatus ?? null,
          error: result.error ?? null,
          duration_in_ms: result.durationInMs,
          created_at: now,
        })
        .execute();
    });
  }

  async function send(delivery: Row<'webhook_deliveries'>, endpoint: Row<'webhook_endpoints'>, event: Row<'events'>) {
    const { sendAttempt } = await import('./send-attempt.ts');
    return sendAttempt(context, delivery, endpoint, event, { fetch, signal: closing.signal });
  }

  async function waitForNext(): Promise<void> {
    if (closing.signal.aborted) return;
    const next = await db
      .selectFrom('webhook_deliveries')
      .select((eb) => eb.fn.min('next_attempt_at').as('at'))
      .where('status', '=', 'pending')
      .executeTakeFirst();
    if (next?.at == null) return;
    clearTimeout(timer);
    timer = setTimeout(() => void wake(), Math.min(longestTimer, Math.max(0, Number(next.at) - clock.now())));
    // Waiting keeps no process alive.
    timer.unref();
  }

  const stopListening = context.onEvent(() => void wake());
  const stopWatching = clock.onChange(() => void wake());
  // What an earlier process has left.
  void wake();

  return {
    addEndpoint: (endpoint) => addWebhookEndpoint(context, endpoint),
    endpoints: () => listWebhookEndpoints(context),
    removeEndpoint: (id) => removeWebhookEndpoint(context, id),
    async resend(id) {
      const change = { status: 'pending', attempts: 0, next_attempt_at: clock.now(), updated_at: clock.now() };
      await db.updateTable('webhook_deliveries').set(change).where('id', '=', id).execute();
      await wake();
    },
    settled: () => wake(),
    async close() {
      stopListening();
      stopWatching();
      clearTimeout(timer);
      closing.abort();
      await working;
    },
  };
}
