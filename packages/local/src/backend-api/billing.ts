import { badRequest, conflict, invalidParam, notFound, unprocessable } from '../api-error.ts';
import { charge } from '../billing/charge.ts';
import { isCurrency, toMoneyOrNull } from '../billing/money.ts';
import { findPayer, type PayerOwner } from '../billing/payer.ts';
import { findPlan, findPrice, toPlan, toPrice } from '../billing/plan.ts';
import { readStatement, toPaymentAttempts, toStatements } from '../billing/statement.ts';
import { addItem, findSubscription, periodAmount, periodEnd } from '../billing/subscription.ts';
import { remainingShare, toItem, toItems, toItemWithSource, toSubscription } from '../billing/subscription-item.ts';
import type { Context } from '../context.ts';
import type { CreditLedgerEntry } from '../contract/wire.generated.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { findUser } from '../resources/user.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';
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

  'billing.createSubscriptionItemPriceTransition': (context, input) => changePrice(context, input),

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

/** The item as it is at this moment: the time may have ended or renewed it. */
async function findCurrentItem(context: Context, id: string): Promise<Row<'billing_subscription_items'>> {
  const { db } = context;
  const select = () => db.selectFrom('billing_subscription_items').selectAll().where('id', '=', id).executeTakeFirst();
  const before = await select();
  if (before === undefined) throw notFound('subscription item', id);
  await refreshSubscription(context, before);
  return (await select()) ?? before;
}

async function refreshSubscription(context: Context, item: Row<'billing_subscription_items'>) {
  const payer = await context.db
    .selectFrom('billing_payers')
    .selectAll()
    .where('id', '=', item.payer_id)
    .executeTakeFirstOrThrow();
  return findSubscription(context, payer);
}

async function changePrice(context: Context, { path, body }: Input<'billing.createSubscriptionItemPriceTransition'>) {
  const { db, clock } = context;
  const item = await findCurrentItem(context, path.subscription_item_id);
  const from = await findPrice(context, body.from_price_id);
  const to = await findPrice(context, body.to_price_id);
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
    subscription_item: await toItemWithSource(context, next),
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

function readBalance(context: Context, owner: PayerOwner) {
  return context.transaction(async (tx) => {
    const payer = await findPayer(tx, owner);
    const { credits_balance: balance, credits_currency: currency } = payer;
    return {
      object: 'commerce_credit_balance',
      balance: toMoneyOrNull(currency === null ? null : balance, currency ?? 'USD'),
    };
  });
}

async function adjustBalance(
  context: Context,
  owner: PayerOwner,
  body: Input<'billing.adjustUserCreditBalance'>['body'],
): Promise<CreditLedgerEntry> {
  const { db, clock, ids } = context;
  const payer = await findPayer(context, owner);
  const currency = body.currency ?? 'USD';
  if (!isCurrency(currency)) throw invalidParam('currency', 'must be a currency code such as USD.');
  const signed = body.action === 'increase' ? body.amount : -body.amount;
  const fingerprint = toJson([signed, currency, body.note ?? null]);
  const replayed = await db
    .selectFrom('billing_credit_entries')
    .selectAll()
    .where('payer_id', '=', payer.id)
    .where('idempotency_key', '=', body.idempotency_key)
    .executeTakeFirst();
  if (replayed !== undefined) {
    if (replayed.fingerprint === fingerprint) return toLedgerEntry(replayed);
    throw conflict('idempotency_key_reused', 'The idempotency key was used for another adjustment.', 'idempotency_key');
  }
  if (payer.credits_currency !== null && payer.credits_currency !== currency && payer.credits_balance !== 0) {
    throw unprocessable('credit_currency_mismatch', 'currency', `The balance is in ${payer.credits_currency}.`);
  }
  const balance = payer.credits_balance + signed;
  if (balance < 0) throw unprocessable('credit_balance_insufficient', 'amount', 'The balance would fall below zero.');
  if (!Number.isSafeInteger(balance))
    throw badRequest('form_param_invalid', 'The balance would be too large.', 'amount');
  const now = clock.now();
  await db
    .updateTable('billing_payers')
    .set({ credits_balance: balance, credits_currency: currency, updated_at: now })
    .where('id', '=', payer.id)
    .execute();
  const row = await db
    .insertInto('billing_credit_entries')
    .values({
      id: ids.create('cledger'),
      payer_id: payer.id,
      amount: signed,
      currency,
      source_type: 'api',
      source_id: context.instance.id,
      idempotency_key: body.idempotency_key,
      fingerprint,
      note: body.note ?? null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toLedgerEntry(row);
}

function toLedgerEntry(row: Row<'billing_credit_entries'>): CreditLedgerEntry {
  return {
    object: 'commerce_credit_ledger',
    id: row.id,
    payer_id: row.payer_id,
    amount: row.amount,
    currency: row.currency,
    source_type: row.source_type,
    source_id: row.source_id,
    note: row.note,
    created_at: new Date(row.created_at).toISOString(),
  };
}
