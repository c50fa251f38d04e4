import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { BillingPaymentAttempt, BillingStatement } from '../contract/wire.generated.ts';
import type { Row } from '../store/rows.ts';
import { toMoney } from './money.ts';
import { readPayers } from './payer.ts';
import { toItems } from './subscription-item.ts';

/** Statements with their payments, grouped by day. */
export async function toStatements(
  context: Context,
  rows: readonly Row<'billing_statements'>[],
): Promise<BillingStatement[]> {
  if (rows.length === 0) return [];
  const attempts = await context.db
    .selectFrom('billing_payment_attempts')
    .selectAll()
    .where(
      'statement_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('billing_date')
    .orderBy('id')
    .execute();
  const shown = await toPaymentAttempts(context, attempts);
  const payers = await readPayers(
    context,
    rows.map((row) => row.payer_id),
  );
  return rows.flatMap((row) => {
    const payer = payers.get(row.payer_id);
    if (payer === undefined) return [];
    const money = (amount: number) => toMoney(amount, row.currency);
    const items = shown.filter((attempt) => attempt.statement_id === row.id);
    return [
      {
        object: 'commerce_statement',
        id: row.id,
        instance_id: context.instance.id,
        timestamp: row.timestamp,
        payer,
        status: row.status,
        totals: {
          grand_total: money(row.subtotal + row.tax_total),
          subtotal: money(row.subtotal),
          base_fee: money(row.subtotal),
          tax_total: money(row.tax_total),
        },
        groups: groupByDay(items),
      },
    ];
  });
}

/** One of {@link toStatements}. */
export async function readStatement(context: Context, id: string): Promise<BillingStatement> {
  const row = await context.db.selectFrom('billing_statements').selectAll().where('id', '=', id).executeTakeFirst();
  const [statement] = row === undefined ? [] : await toStatements(context, [row]);
  if (statement === undefined) throw notFound('statement', id);
  return statement;
}

/** Payments with the item they were for. */
export async function toPaymentAttempts(
  context: Context,
  rows: readonly Row<'billing_payment_attempts'>[],
): Promise<BillingPaymentAttempt[]> {
  if (rows.length === 0) return [];
  const { db, instance } = context;
  const itemIds = rows.flatMap(({ subscription_item_id: id }) => (id === null ? [] : [id]));
  const itemRows =
    itemIds.length === 0
      ? []
      : await db.selectFrom('billing_subscription_items').selectAll().where('id', 'in', itemIds).execute();
  const items = await toItems(context, itemRows);
  const statements = await db
    .selectFrom('billing_statements')
    .select(['id', 'payer_id'])
    .where('id', 'in', [...new Set(rows.map((row) => row.statement_id))])
    .execute();
  const payers = await readPayers(
    context,
    statements.map((statement) => statement.payer_id),
  );
  return rows.flatMap((row) => {
    const payer = payers.get(statements.find(({ id }) => id === row.statement_id)?.payer_id ?? '');
    if (payer === undefined) return [];
    const total = toMoney(row.amount, row.currency);
    return [
      {
        object: 'commerce_payment_attempt',
        id: row.id,
        instance_id: instance.id,
        payment_id: row.payment_id,
        statement_id: row.statement_id,
        gateway_external_id: `pi_${row.payment_id}`,
        status: row.status,
        created_at: row.created_at,
        updated_at: row.updated_at,
        paid_at: row.paid_at ?? undefined,
        failed_at: row.failed_at ?? undefined,
        billing_date: row.billing_date,
        charge_type: row.charge_type,
        payee: {
          id: `cpayee_${instance.id}`,
          gateway_type: 'local',
          gateway_external_id: instance.id,
          gateway_status: 'active',
        },
        payer,
        totals: { subtotal: total, tax_total: toMoney(0, row.currency), grand_total: total },
        payment_source: {
          id: `cpm_${payer.id}`,
          gateway: 'local',
          gateway_external_id: `pm_${payer.id}`,
          payment_method: 'card',
          status: 'active',
          card_type: 'visa',
          last4: '4242',
        },
        subscription_items: items.filter((item) => item.id === row.subscription_item_id),
      },
    ];
  });
}

function groupByDay(attempts: readonly BillingPaymentAttempt[]): BillingStatement['groups'] {
  const days = new Map<number, BillingPaymentAttempt[]>();
  for (const attempt of attempts) {
    const day = Date.parse(new Date(attempt.billing_date).toISOString().slice(0, 10));
    const known = days.get(day);
    if (known === undefined) days.set(day, [attempt]);
    else known.push(attempt);
  }
  return [...days].map(([timestamp, items]) => ({ object: 'commerce_statement_group', timestamp, items }));
}
