import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';
import { charge } from './charge.ts';
import { findPrice } from './plan.ts';

type Item = Row<'billing_subscription_items'>;

const day = 24 * 60 * 60 * 1000;

/** Periods caught up with at once: ten years of months. A clock moved further leaves the rest to the next request. */
const mostPeriods = 120;

/** The end of a period that begins at a time: the same day a month or a year later, or the last day of a shorter month. */
export function periodEnd(start: number, period: string): number {
  const date = new Date(start);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + (period === 'annual' ? 12 : 1));
  if (date.getUTCDate() !== dayOfMonth) date.setUTCDate(0);
  return date.getTime();
}

/** Cents for a period of a price. */
export function periodAmount(
  price: Pick<Row<'billing_prices'>, 'amount' | 'annual_monthly_amount'>,
  period: string,
): number {
  return period === 'annual' ? (price.annual_monthly_amount ?? price.amount) * 12 : price.amount;
}

/** The subscription of a payer, caught up with the time; who has chosen nothing is on the default plan. */
export async function findSubscription(
  context: Context,
  payer: Row<'billing_payers'>,
): Promise<Row<'billing_subscriptions'>> {
  const { db, clock, ids } = context;
  const known = await db
    .selectFrom('billing_subscriptions')
    .selectAll()
    .where('payer_id', '=', payer.id)
    .executeTakeFirst();
  const now = clock.now();
  const subscription =
    known ??
    (await db
      .insertInto('billing_subscriptions')
      .values({
        id: ids.create('csub'),
        payer_id: payer.id,
        status: 'active',
        active_at: now,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow());
  await catchUp(context, subscription);
  await ensureDefaultItem(context, payer, subscription);
  return subscription;
}

/** What a subscription is to have. */
export interface NewItem {
  readonly planId: string;
  readonly priceId: string;
  readonly period: 'month' | 'annual';
  readonly freeTrialDays?: number | undefined;
  /** Epoch milliseconds; now by default. Later makes an upcoming item. */
  readonly startsAt?: number | undefined;
}

/** Adds an item; one that starts now ends the default plan's, and is charged unless it begins with a trial. */
export async function addItem(
  context: Context,
  subscription: Row<'billing_subscriptions'>,
  item: NewItem,
): Promise<Item> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const start = item.startsAt ?? now;
  const trial = item.freeTrialDays !== undefined && item.freeTrialDays > 0;
  const price = await findPrice(context, item.priceId);
  const isFree = periodAmount(price, item.period) === 0;
  if (start <= now) await endItems(context, subscription, start);
  const row = await db
    .insertInto('billing_subscription_items')
    .values({
      id: ids.create('csubitem'),
      subscription_id: subscription.id,
      payer_id: subscription.payer_id,
      plan_id: item.planId,
      price_id: item.priceId,
      plan_period: item.period,
      status: start > now ? 'upcoming' : 'active',
      is_free_trial: trial ? 1 : 0,
      period_start: start,
      period_end: isFree ? null : trial ? start + (item.freeTrialDays ?? 0) * day : periodEnd(start, item.period),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (start <= now && !trial) {
    const amount = periodAmount(price, item.period);
    await charge(context, {
      payerId: row.payer_id,
      item: row,
      amount,
      currency: price.currency,
      type: 'checkout',
      at: now,
    });
  }
  return db.selectFrom('billing_subscription_items').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
}

/** Ends what is active, without a successor. */
async function endItems({ db }: Context, subscription: Row<'billing_subscriptions'>, at: number): Promise<void> {
  await db
    .updateTable('billing_subscription_items')
    .set({ status: 'ended', ended_at: at, period_end: at, updated_at: at })
    .where('subscription_id', '=', subscription.id)
    .where('status', 'in', ['active', 'canceled', 'past_due'])
    .execute();
}

/** Plays what has happened since anybody looked: canceled items end, upcoming ones begin, trials turn into paid periods, periods renew. */
async function catchUp(context: Context, subscription: Row<'billing_subscriptions'>): Promise<void> {
  const { db, clock } = context;
  const now = clock.now();
  for (let count = 0; count < mostPeriods; count++) {
    const due = await db
      .selectFrom('billing_subscription_items')
      .selectAll()
      .where('subscription_id', '=', subscription.id)
      .where((eb) =>
        eb.or([
          eb.and([eb('status', 'in', ['active', 'canceled']), eb('period_end', '<=', now)]),
          eb.and([eb('status', '=', 'upcoming'), eb('period_start', '<=', now)]),
        ]),
      )
      // What ends goes before what begins at the same moment.
      .orderBy((eb) => eb.fn.coalesce('period_end', 'period_start'))
      .orderBy('status')
      .executeTakeFirst();
    if (due === undefined) return;
    await step(context, due);
  }
}

async function step(context: Context, item: Item): Promise<void> {
  const { db } = context;
  const update = (change: Partial<Omit<Item, 'id'>>) =>
    db.updateTable('billing_subscription_items').set(change).where('id', '=', item.id).execute();
  if (item.status === 'canceled') {
    await update({ status: 'ended', ended_at: item.period_end, updated_at: item.period_end ?? item.updated_at });
    return;
  }
  const price = await findPrice(context, item.price_id);
  const start = item.status === 'upcoming' ? item.period_start : (item.period_end ?? item.period_start);
  const amount = periodAmount(price, item.plan_period);
  await update({
    status: 'active',
    is_free_trial: 0,
    period_start: start,
    period_end: amount === 0 ? null : periodEnd(start, item.plan_period),
    updated_at: start,
  });
  const type = item.is_free_trial === 1 || item.status === 'upcoming' ? 'checkout' : 'recurring';
  await charge(context, { payerId: item.payer_id, item, amount, currency: price.currency, type, at: start });
}

async function ensureDefaultItem(
  context: Context,
  payer: Row<'billing_payers'>,
  subscription: Row<'billing_subscriptions'>,
): Promise<void> {
  const { db } = context;
  const current = await db
    .selectFrom('billing_subscription_items')
    .select('id')
    .where('subscription_id', '=', subscription.id)
    .where('status', 'in', ['active', 'canceled', 'past_due'])
    .executeTakeFirst();
  if (current !== undefined) return;
  const plan = await db
    .selectFrom('billing_plans')
    .selectAll()
    .where('is_default', '=', 1)
    .where('payer_type', '=', payer.user_id === null ? 'org' : 'user')
    .executeTakeFirst();
  if (plan === undefined) return;
  const price = await db
    .selectFrom('billing_prices')
    .select('id')
    .where('plan_id', '=', plan.id)
    .where('is_default', '=', 1)
    .executeTakeFirstOrThrow();
  await addItem(context, subscription, { planId: plan.id, priceId: price.id, period: 'month' });
}
