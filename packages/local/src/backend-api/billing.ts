import { invalidParam, unprocessable } from '../api-error.ts';
import { changePrice } from '../billing/change-price.ts';
import { adjustBalance, readBalance } from '../billing/credits.ts';
import { findCurrentItem, refreshSubscription } from '../billing/current-item.ts';
import { isCurrency } from '../billing/money.ts';
import { findPayer, type PayerOwner } from '../billing/payer.ts';
import { findPlan, toPlan, toPrice } from '../billing/plan.ts';
import { readStatement, toPaymentAttempts, toStatements } from '../billing/statement.ts';
import { findSubscription } from '../billing/subscription.ts';
import { toItem, toItems, toItemWithSource, toSubscription } from '../billing/subscription-item.ts';
import type { Context } from '../context.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { findUser } from '../resources/user.ts';
import type { Handlers } from './handler.ts';
import { contains, readPage } from './list.ts';

const longestTrial = 365 * 24 * 60 * 60 * 1000;

export const billing = {
  async 'billing.getPlanList'({ db }, { query }) {
    let plans = db.selectFrom('billing_plans');
    if (query.payer_type !== undefined) plans = plans.where('payer_type', '=', query.payer_type);
    const { rows, total } = await readPage(plans, { ...query, order_by: '+created_at' });
    return { data: rows.map(toPlan), total_count: total };
  },

  async 'billing.getPriceList'(context, { query }) {
    let prices = context.db.selectFrom('billing_prices');
    if (query.plan_id !== undefined) {
      await findPlan(context, query.plan_id);
      prices = prices.where('plan_id', '=', query.plan_id);
    }
    const { rows, total } = await readPage(prices, { ...query, order_by: '+created_at' });
    return { data: rows.map((row) => toPrice(context, row)), total_count: total };
  },

  async 'billing.createPrice'(context, { body }) {
    const { db, clock, ids } = context;
    const plan = await findPlan(context, body.plan_id);
    if (!isCurrency(body.currency)) throw invalidParam('currency', 'must be a currency code such as USD.');
    if (body.amount === null && body.annual_monthly_amount == null) {
      throw unprocessable(
        'form_param_missing',
        'amount',
        'A price needs an amount, an annual_monthly_amount, or both.',
      );
    }
    const now = clock.now();
    const row = await db
      .insertInto('billing_prices')
      .values({
        id: ids.create('cprice'),
        plan_id: plan.id,
        amount: body.amount ?? 0,
        annual_monthly_amount: body.annual_monthly_amount ?? null,
        currency: body.currency,
        description: body.description ?? null,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toPrice(context, row);
  },

  async 'billing.getSubscriptionItemList'(context, { query }) {
    let items = context.db.selectFrom('billing_subscription_items');
    if (query.status === 'free_trial') items = items.where('status', '=', 'active').where('is_free_trial', '=', 1);
    else if (query.status !== undefined) items = items.where('status', '=', query.status);
    if (query.plan_id !== undefined) items = items.where('plan_id', '=', query.plan_id);
    if (query.payer_type !== undefined) {
      const owner = query.payer_type === 'user' ? 'user_id' : 'organization_id';
      items = items.where('payer_id', 'in', (eb) =>
        eb.selectFrom('billing_payers').select('billing_payers.id').where(owner, 'is not', null),
      );
    }
    if (!query.include_free) {
      items = items.where('price_id', 'in', (eb) =>
        eb
          .selectFrom('billing_prices')
          .select('billing_prices.id')
          .where((price) => price.or([price('amount', '>', 0), price('annual_monthly_amount', '>', 0)])),
      );
    }
    const text = query.query;
    if (text) {
      items = items.where((eb) =>
        eb.or([
          eb('id', '=', text),
          eb(
            'plan_id',
            'in',
            eb.selectFrom('billing_plans').select('billing_plans.id').where(contains('billing_plans.name', text)),
          ),
          eb(
            'payer_id',
            'in',
            eb
              .selectFrom('billing_payers')
              .leftJoin('users', 'users.id', 'billing_payers.user_id')
              .leftJoin('email_addresses', 'email_addresses.user_id', 'users.id')
              .leftJoin('organizations', 'organizations.id', 'billing_payers.organization_id')
              .select('billing_payers.id')
              .where((payer) =>
                payer.or([
                  contains('email_addresses.email_address', text),
                  contains('organizations.name', text),
                  contains('users.first_name', text),
                ]),
              ),
          ),
        ]),
      );
    }
    const { rows, total } = await readPage(items, query);
    return { data: await toItems(context, rows), total_count: total };
  },

  async 'billing.cancelSubscriptionItem'(context, { path, query }) {
    const { db, clock } = context;
    const item = await findCurrentItem(context, path.subscription_item_id);
    if (item.status !== 'active' && item.status !== 'past_due' && item.status !== 'upcoming') {
      throw unprocessable(
        'subscription_item_not_cancelable',
        'subscription_item_id',
        `The item is ${item.status} and cannot be canceled.`,
      );
    }
    const { is_default: isDefault } = await findPlan(context, item.plan_id);
    if (isDefault === 1)
      throw unprocessable(
        'subscription_item_default_plan',
        'subscription_item_id',
        'The default plan cannot be canceled.',
      );
    const now = clock.now();
    const endsNow = query.end_now || item.status === 'upcoming' || item.period_end === null;
    const changed = await db
      .updateTable('billing_subscription_items')
      .set({
        canceled_at: now,
        updated_at: now,
        ...(endsNow ? { status: 'ended', ended_at: now, period_end: now } : { status: 'canceled' }),
      })
      .where('id', '=', item.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await refreshSubscription(context, changed);
    const shown = await toItem(context, changed);
    await context.emit(endsNow ? 'subscriptionItem.ended' : 'subscriptionItem.canceled', shown);
    return shown;
  },

  async 'billing.extendSubscriptionItemFreeTrial'(context, { path, body }) {
    const { db, clock } = context;
    const item = await findCurrentItem(context, path.subscription_item_id);
    if (item.is_free_trial === 0 || item.status !== 'active') {
      throw unprocessable(
        'subscription_item_not_in_free_trial',
        'subscription_item_id',
        'The item is not in a free trial.',
      );
    }
    const until = Date.parse(body.extend_to);
    const now = clock.now();
    if (until <= now) throw invalidParam('extend_to', 'must be in the future.');
    if (until > now + longestTrial) throw invalidParam('extend_to', 'must be at most 365 days ahead.');
    if (item.period_end !== null && until <= item.period_end)
      throw invalidParam('extend_to', 'must be after the present end of the trial.');
    const changed = await db
      .updateTable('billing_subscription_items')
      .set({ period_end: until, updated_at: now })
      .where('id', '=', item.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toItemWithSource(context, changed);
  },

  async 'billing.createSubscriptionItemPriceTransition'(context, { path, body }) {
    return changePrice(context, path.subscription_item_id, body.from_price_id, body.to_price_id);
  },

  async 'billing.getStatementList'(context, { query }) {
    const { rows, total } = await readPage(context.db.selectFrom('billing_statements'), query);
    return { data: await toStatements(context, rows), total_count: total };
  },

  'billing.getStatement': (context, { path }) => readStatement(context, path.statementID),

  async 'billing.getStatementPaymentAttemptList'(context, { path, query }) {
    await readStatement(context, path.statementID);
    const { rows, total } = await readPage(
      context.db.selectFrom('billing_payment_attempts').where('statement_id', '=', path.statementID),
      query,
    );
    return { data: await toPaymentAttempts(context, rows), total_count: total };
  },

  async 'billing.getUserBillingSubscription'(context, { path }) {
    await findUser(context, path.user_id);
    return readSubscription(context, { type: 'user', id: path.user_id });
  },

  async 'billing.getOrganizationBillingSubscription'(context, { path }) {
    const { id } = await findOrganization(context, path.organization_id);
    return readSubscription(context, { type: 'org', id });
  },

  async 'billing.getUserCreditBalance'(context, { path }) {
    await findUser(context, path.user_id);
    return readBalance(context, { type: 'user', id: path.user_id });
  },

  async 'billing.getOrganizationCreditBalance'(context, { path }) {
    const { id } = await findOrganization(context, path.organization_id);
    return readBalance(context, { type: 'org', id });
  },

  async 'billing.adjustUserCreditBalance'(context, { path, body }) {
    await findUser(context, path.user_id);
    return adjustBalance(context, { type: 'user', id: path.user_id }, body);
  },

  async 'billing.adjustOrganizationCreditBalance'(context, { path, body }) {
    const { id } = await findOrganization(context, path.organization_id);
    return adjustBalance(context, { type: 'org', id }, body);
  },
} satisfies Partial<Handlers>;

/** A subscription may have to be made, or caught up with the time: reading it can write. */
function readSubscription(context: Context, owner: PayerOwner) {
  return context.transaction(async (tx) => {
    const payer = await findPayer(tx, owner);
    return toSubscription(tx, await findSubscription(tx, payer));
  });
}
