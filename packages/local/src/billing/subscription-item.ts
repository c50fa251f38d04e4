import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type {
  BillingPaymentMethod,
  BillingPlan,
  BillingSubscription,
  BillingSubscriptionItem,
  BillingSubscriptionItemWithSource,
} from '../contract/wire.generated.ts';
import type { Row } from '../store/rows.ts';
import { toMoney } from './money.ts';
import { readPayers } from './payer.ts';
import { toPlan } from './plan.ts';
import { periodAmount } from './subscription.ts';

type Item = Row<'billing_subscription_items'>;

/** Items with their plan and payer; four queries however many there are. */
export async function toItems(context: Context, rows: readonly Item[]): Promise<BillingSubscriptionItem[]> {
  if (rows.length === 0) return [];
  const { db, clock, instance } = context;
  const plans = await db
    .selectFrom('billing_plans')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.plan_id))])
    .execute();
  const prices = await db
    .selectFrom('billing_prices')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.price_id))])
    .execute();
  const payers = await readPayers(
    context,
    rows.map((row) => row.payer_id),
  );
  return rows.flatMap((row) => {
    const plan = plans.find(({ id }) => id === row.plan_id);
    const price = prices.find(({ id }) => id === row.price_id);
    const payer = payers.get(row.payer_id);
    if (plan === undefined || price === undefined || payer === undefined) return [];
    const amount = toMoney(periodAmount(price, row.plan_period), price.currency);
    const renews = row.status === 'active' && row.period_end !== null;
    return [
      {
        object: 'commerce_subscription_item',
        id: row.id,
        instance_id: instance.id,
        status: row.status,
        credit: { amount: null, cycle_remaining_percent: remainingShare(row, clock.now()) * 100 },
        credits: null,
        plan_id: row.plan_id,
        price_id: row.price_id,
        plan: toPlan(plan) as BillingPlan,
        plan_period: row.plan_period,
        payment_method: toPaymentMethod(row),
        lifetime_paid: toMoney(row.lifetime_paid, price.currency),
        next_payment: renews ? { date: row.period_end ?? 0, amount } : null,
        payer_id: row.payer_id,
        payer,
        is_free_trial: row.is_free_trial === 1,
        period_start: row.period_start,
        period_end: row.period_end,
        proration_date: new Date(clock.now()).toISOString().slice(0, 10),
        canceled_at: row.canceled_at,
        past_due_at: row.past_due_at,
        ended_at: row.ended_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
        seats: null,
        totals: null,
        amount,
      },
    ];
  });
}

/** One of {@link toItems}. */
export async function toItem(context: Context, row: Item): Promise<BillingSubscriptionItem> {
  const [item] = await toItems(context, [row]);
  if (item === undefined) throw notFound('subscription item', row.id);
  return item;
}

/** The older form of an item, which the trial and transition operations answer with. */
export async function toItemWithSource(context: Context, row: Item): Promise<BillingSubscriptionItemWithSource> {
  const item = await toItem(context, row);
  return {
    object: item.object,
    id: item.id,
    instance_id: item.instance_id,
    status: item.status,
    credit: item.credit,
    plan_id: row.plan_id,
    price_id: row.price_id,
    plan: item.plan ?? null,
    plan_period: item.plan_period,
    payment_source_id: item.payment_method.id,
    payment_source: item.payment_method,
    lifetime_paid: item.lifetime_paid ?? null,
    amount: item.amount ?? null,
    next_invoice: item.next_payment ?? null,
    next_payment: item.next_payment ?? null,
    payer_id: row.payer_id,
    payer: item.payer,
    is_free_trial: item.is_free_trial,
    period_start: item.period_start,
    period_end: item.period_end,
    proration_date: item.proration_date,
    canceled_at: item.canceled_at,
    past_due_at: item.past_due_at,
    ended_at: item.ended_at,
    created_at: item.created_at,
    updated_at: item.updated_at,
  };
}

/** A subscription with the items that have not ended. */
export async function toSubscription(
  context: Context,
  row: Row<'billing_subscriptions'>,
): Promise<BillingSubscription> {
  const rows = await context.db
    .selectFrom('billing_subscription_items')
    .selectAll()
    .where('subscription_id', '=', row.id)
    .where('status', '!=', 'ended')
    .orderBy('period_start')
    .orderBy('id')
    .execute();
  const items = await toItems(context, rows);
  const next = items.find((item) => item.next_payment != null)?.next_payment;
  const trials = await context.db
    .selectFrom('billing_payment_attempts')
    .innerJoin('billing_statements', 'billing_statements.id', 'billing_payment_attempts.statement_id')
    .select('billing_payment_attempts.id')
    .where('billing_statements.payer_id', '=', row.payer_id)
    .executeTakeFirst();
  return {
    object: 'commerce_subscription',
    id: row.id,
    instance_id: context.instance.id,
    status: row.status,
    payer_id: row.payer_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    active_at: row.active_at,
    past_due_at: row.past_due_at,
    subscription_items: items,
    ...(next != null && { next_payment: next }),
    // Whoever has paid, or tried, is no new customer.
    eligible_for_free_trial: trials === undefined && !items.some((item) => item.is_free_trial),
  };
}

/** How much of the period lies ahead, 0 to 1. */
export function remainingShare(row: Pick<Item, 'period_start' | 'period_end'>, now: number): number {
  if (row.period_end === null || row.period_end <= row.period_start) return 0;
  return Math.min(1, Math.max(0, (row.period_end - now) / (row.period_end - row.period_start)));
}

/** The card that stands for all: no money moves here. */
function toPaymentMethod(row: Item): BillingPaymentMethod {
  return {
    object: 'commerce_payment_method',
    id: `cpm_${row.payer_id}`,
    payer_id: row.payer_id,
    payment_type: 'card',
    is_default: true,
    gateway: 'local',
    gateway_external_id: `pm_${row.payer_id}`,
    gateway_external_account_id: null,
    last4: '4242',
    status: 'active',
    wallet_type: null,
    card_type: 'visa',
    expiry_year: 2099,
    expiry_month: 12,
    created_at: row.created_at,
    updated_at: row.updated_at,
    is_removable: false,
  };
}
