import { badRequest, conflict, invalidParam, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { CreditBalance, CreditLedgerEntry } from '../contract/wire.generated.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { isCurrency, toMoneyOrNull } from './money.ts';
import { findPayer, type PayerOwner } from './payer.ts';

/** The balance of a payer; null until anything was ever booked. */
export function readBalance(context: Context, owner: PayerOwner): Promise<CreditBalance> {
  return context.transaction(async (tx) => {
    const payer = await findPayer(tx, owner);
    const { credits_balance: balance, credits_currency: currency } = payer;
    return {
      object: 'commerce_credit_balance',
      balance: toMoneyOrNull(currency === null ? null : balance, currency ?? 'USD'),
    };
  });
}

/** What is to be booked. */
export interface Adjustment {
  /** Cents, more than 0. */
  readonly amount: number;
  readonly action: 'increase' | 'decrease';
  readonly idempotency_key: string;
  readonly currency?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Books an adjustment, once per idempotency key: a replay answers with the first entry.
 *
 * @throws {ApiError} 409 when the key was used for another adjustment, 422 when the balance would fall below zero.
 */
export async function adjustBalance(context: Context, owner: PayerOwner, body: Adjustment): Promise<CreditLedgerEntry> {
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
