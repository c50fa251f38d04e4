import { conflict, invalidParam, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { BillingPriceTransition } from '../contract/wire.generated.ts';
import type { Row } from '../store/rows.ts';
import { charge } from './charge.ts';
import { findCurrentItem, refreshSubscription } from './current-item.ts';
import { toMoneyOrNull } from './money.ts';
import { findPlan, findPrice, toPlan, toPrice } from './plan.ts';
import { addItem, periodAmount, periodEnd } from './subscription.ts';
import { remainingShare, toItemWithSource } from './subscription-item.ts';

/**
 * Moves an active item to another price of the same currency and kind of payer. A dearer one counts at once and is
 * charged for what is left of the period; a cheaper one when the paid period is over.
 *
 * @throws {ApiError} 404 for an unknown item or price, 409 when the item has another price by now, 422 when it cannot move.
 */
export async function changePrice(
  context: Context,
  itemId: string,
  fromPriceId: string,
  toPriceId: string,
): Promise<BillingPriceTransition> {
  const { db, clock } = context;
  const item = await findCurrentItem(context, itemId);
  const from = await findPrice(context, fromPriceId);
  const to = await findPrice(context, toPriceId);
  if (item.price_id !== from.id)
    throw conflict('price_transition_stale', 'from_price_id is not the present price of the item.', 'from_price_id');
  if (item.status !== 'active')
    throw unprocessable(
      'subscription_item_not_active',
      'subscription_item_id',
      'Only an active item can change its price.',
    );
  if (from.id === to.id) throw invalidParam('to_price_id', 'must be another price.');
  if (from.currency !== to.currency) throw invalidParam('to_price_id', 'must be in the same currency.');
  const fromPlan = await findPlan(context, from.plan_id);
  const toPlanRow = await findPlan(context, to.plan_id);
  if (fromPlan.payer_type !== toPlanRow.payer_type)
    throw invalidParam('to_price_id', 'must be of a plan for the same kind of payer.');

  const now = clock.now();
  const period = item.plan_period === 'annual' ? 'annual' : 'month';
  const difference = periodAmount(to, period) - periodAmount(from, period);
  // Dearer counts at once, for what is left of the period; cheaper when the paid period is over.
  const immediate = difference >= 0 || item.period_end === null;
  const subscription = await refreshSubscription(context, item);
  let next: Row<'billing_subscription_items'>;
  let charged = 0;
  if (immediate) {
    const share = item.is_free_trial === 1 ? 0 : item.period_end === null ? 1 : remainingShare(item, now);
    charged = Math.round(Math.max(0, difference) * share);
    next = await db
      .insertInto('billing_subscription_items')
      .values({
        ...item,
        id: context.ids.create('csubitem'),
        plan_id: to.plan_id,
        price_id: to.id,
        lifetime_paid: 0,
        period_start: now,
        period_end: item.period_end ?? periodEnd(now, period),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await db
      .updateTable('billing_subscription_items')
      .set({ status: 'ended', ended_at: now, period_end: now, updated_at: now })
      .where('id', '=', item.id)
      .execute();
    await charge(context, {
      payerId: item.payer_id,
      item: next,
      amount: charged,
      currency: to.currency,
      type: 'checkout',
      at: now,
    });
  } else {
    await db
      .updateTable('billing_subscription_items')
      .set({ status: 'canceled', canceled_at: now, updated_at: now })
      .where('id', '=', item.id)
      .execute();
    next = await addItem(context, subscription, {
      planId: to.plan_id,
      priceId: to.id,
      period,
      startsAt: item.period_end ?? now,
    });
  }
  return {
    object: 'commerce_price_transition',
    subscription_item: await toItemWithSource(context, await findCurrentItem(context, next.id)),
    transition: {
      previous_plan: toPlan(fromPlan),
      previous_price: toPrice(context, from),
      effective_at: immediate ? now : next.period_start,
      effective_mode: immediate ? 'immediate' : 'end_of_period',
      next_billing_date: immediate ? next.period_end : next.period_start,
      charged_immediately: charged > 0,
      immediate_charge: toMoneyOrNull(charged > 0 ? charged : null, to.currency),
      previous_subscription_item_status: immediate ? 'ended' : 'canceled',
      previous_subscription_item_id: item.id,
    },
  };
}
