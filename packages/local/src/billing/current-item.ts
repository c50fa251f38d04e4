import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';
import { findSubscription } from './subscription.ts';

/** The item as it is at this moment: the time may have ended or renewed it. */
export async function findCurrentItem(context: Context, id: string): Promise<Row<'billing_subscription_items'>> {
  const { db } = context;
  const select = () => db.selectFrom('billing_subscription_items').selectAll().where('id', '=', id).executeTakeFirst();
  const before = await select();
  if (before === undefined) throw notFound('subscription item', id);
  await refreshSubscription(context, before);
  return (await select()) ?? before;
}

/** The subscription of an item, caught up with the time. */
export async function refreshSubscription(context: Context, item: Row<'billing_subscription_items'>) {
  const payer = await context.db
    .selectFrom('billing_payers')
    .selectAll()
    .where('id', '=', item.payer_id)
    .executeTakeFirstOrThrow();
  return findSubscription(context, payer);
}
