import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';

/** Something to be paid. */
export interface Charge {
  readonly payerId: string;
  readonly item: Row<'billing_subscription_items'>;
  /** Cents. */
  readonly amount: number;
  readonly currency: string;
  readonly type: 'checkout' | 'recurring';
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Writes a charge on the payer's statement of the month and counts it as paid: no money moves here. Credits are used up
 * before anything else.
 */
export async function charge(context: Context, { payerId, item, amount, currency, type, at }: Charge): Promise<void> {
  const { db, ids } = context;
  if (amount <= 0) return;
  const rest = amount - (await useCredits(context, payerId, amount, currency, at, item.id));
  const statement = await openStatement(context, payerId, currency, at);
  await db
    .updateTable('billing_statements')
    .set({ subtotal: statement.subtotal + rest, updated_at: at })
    .where('id', '=', statement.id)
    .execute();
  await db
    .insertInto('billing_payment_attempts')
    .values({
      id: ids.create('cpayatt'),
      statement_id: statement.id,
      subscription_item_id: item.id,
      payment_id: ids.create('cpay'),
      status: 'paid',
      charge_type: type,
      amount: rest,
      currency,
      paid_at: at,
      billing_date: at,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .updateTable('billing_subscription_items')
    .set((eb) => ({ lifetime_paid: eb('lifetime_paid', '+', rest) }))
    .where('id', '=', item.id)
    .execute();
}

/** The statement of the calendar month (UTC); those of months gone by are closed. */
async function openStatement(
  { db, ids }: Context,
  payerId: string,
  currency: string,
  at: number,
): Promise<Row<'billing_statements'>> {
  const date = new Date(at);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const known = await db
    .selectFrom('billing_statements')
    .selectAll()
    .where('payer_id', '=', payerId)
    .where('timestamp', '=', month)
    .where('currency', '=', currency)
    .executeTakeFirst();
  if (known !== undefined) return known;
  await db
    .updateTable('billing_statements')
    .set({ status: 'closed', updated_at: at })
    .where('payer_id', '=', payerId)
    .where('timestamp', '<', month)
    .execute();
  return db
    .insertInto('billing_statements')
    .values({
      id: ids.create('cstmt'),
      payer_id: payerId,
      status: 'open',
      timestamp: month,
      subtotal: 0,
      tax_total: 0,
      currency,
      created_at: at,
      updated_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function useCredits(
  { db, ids }: Context,
  payerId: string,
  amount: number,
  currency: string,
  at: number,
  itemId: string,
): Promise<number> {
  const payer = await db.selectFrom('billing_payers').selectAll().where('id', '=', payerId).executeTakeFirstOrThrow();
  if (payer.credits_balance <= 0 || payer.credits_currency !== currency) return 0;
  const used = Math.min(payer.credits_balance, amount);
  await db
    .updateTable('billing_payers')
    .set({ credits_balance: payer.credits_balance - used, updated_at: at })
    .where('id', '=', payerId)
    .execute();
  const id = ids.create('cledger');
  await db
    .insertInto('billing_credit_entries')
    .values({
      id,
      payer_id: payerId,
      amount: -used,
      currency,
      source_type: 'subscription_item',
      source_id: itemId,
      idempotency_key: id,
      fingerprint: '',
      created_at: at,
    })
    .execute();
  return used;
}
