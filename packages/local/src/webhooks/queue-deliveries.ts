import type { BackendEvent, Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';
import { wantsEvent } from './endpoint.ts';

/**
 * Notes that an event has to be sent, to each endpoint that wants it. Runs where the event is recorded, in the same transaction:
 * what is answered is sent, even when the process is killed in between.
 */
export async function queueDeliveries({ db, ids }: Pick<Context, 'db' | 'ids'>, event: BackendEvent): Promise<void> {
  const endpoints = await db
    .selectFrom('webhook_endpoints')
    .select(['id', 'event_types'])
    .where('disabled', '=', 0)
    .execute();
  const deliveries = endpoints
    .filter(({ event_types }) => wantsEvent(fromJson<string[]>(event_types), event.type))
    .map(({ id }) => ({
      id: ids.create('msg'),
      endpoint_id: id,
      event_id: event.id,
      status: 'pending',
      next_attempt_at: event.createdAt,
      created_at: event.createdAt,
      updated_at: event.createdAt,
    }));
  if (deliveries.length > 0) await db.insertInto('webhook_deliveries').values(deliveries).execute();
}
