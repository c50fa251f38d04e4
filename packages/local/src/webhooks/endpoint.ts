import { randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { LocalBackendError } from '../errors.ts';
import { fromJson, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** Where events are sent. */
export interface NewWebhookEndpoint {
  /** http or https. */
  readonly url: string;
  /** `whsec_` and base64; made up when absent. */
  readonly secret?: string | undefined;
  /** For example `user.created`, or `user.*` for all of a kind; all events when absent. */
  readonly eventTypes?: readonly string[] | undefined;
}

/** An endpoint as it is kept. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** What the receiver verifies signatures with. */
  readonly secret: string;
  readonly eventTypes: readonly string[];
}

/**
 * Has events sent to an address from now on. One that is there already is left as it is, with its secret.
 *
 * @throws {LocalBackendError} `option-invalid` for what is no http or https URL, or no secret.
 */
export async function addWebhookEndpoint(context: Context, endpoint: NewWebhookEndpoint): Promise<WebhookEndpoint> {
  const { url, secret = createWebhookSecret(), eventTypes = [] } = endpoint;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new LocalBackendError('option-invalid', 'The url of a webhook endpoint must be an http or https URL.');
  }
  if (!/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(secret)) {
    throw new LocalBackendError('option-invalid', 'The secret of a webhook endpoint must be whsec_ and base64.');
  }
  const { db, clock, ids, sealer } = context;
  const known = await db.selectFrom('webhook_endpoints').selectAll().where('url', '=', url).executeTakeFirst();
  if (known !== undefined && endpoint.secret === undefined && endpoint.eventTypes === undefined)
    return toEndpoint(context, known);
  const now = clock.now();
  const change = { secret_sealed: sealer.seal(secret), event_types: toJson(eventTypes), disabled: 0, updated_at: now };
  const row =
    known === undefined
      ? await db
          .insertInto('webhook_endpoints')
          .values({ id: ids.create('ep'), url, ...change, created_at: now })
          .returningAll()
          .executeTakeFirstOrThrow()
      : await db
          .updateTable('webhook_endpoints')
          .set(change)
          .where('id', '=', known.id)
          .returningAll()
          .executeTakeFirstOrThrow();
  return toEndpoint(context, row);
}

/** All endpoints, oldest first. */
export async function listWebhookEndpoints(context: Context): Promise<WebhookEndpoint[]> {
  const rows = await context.db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => toEndpoint(context, row));
}

/** Takes an endpoint away, with what was delivered to it and what was about to be. */
export async function removeWebhookEndpoint({ db }: Context, id: string): Promise<void> {
  await db.deleteFrom('webhook_endpoints').where('id', '=', id).execute();
}

/** Whether an endpoint wants events of a type. */
export function wantsEvent(eventTypes: readonly string[], type: string): boolean {
  return (
    eventTypes.length === 0 ||
    eventTypes.some((wanted) => wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1))))
  );
}

function toEndpoint({ sealer }: Context, row: Row<'webhook_endpoints'>): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    secret: sealer.open(row.secret_sealed),
    eventTypes: fromJson<string[]>(row.event_types),
  };
}

const createWebhookSecret = () => `whsec_${randomBytes(24).toString('base64')}`;
