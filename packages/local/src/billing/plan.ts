import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { BillingPlan, BillingPrice, Feature } from '../contract/wire.generated.ts';
import { fromJson, toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { symbolOf, toMoneyOrNull } from './money.ts';

/** What a plan is made of. Plans are not made by the Backend API: a seed makes them, or nobody. */
export interface NewPlan {
  readonly name: string;
  readonly slug: string;
  readonly payerType: 'user' | 'org';
  /** Cents a month. */
  readonly amount: number;
  /** Cents a month when billed yearly; none when absent. */
  readonly annualMonthlyAmount?: number | undefined;
  readonly currency?: string | undefined;
  readonly description?: string | undefined;
  /** The plan of those who have chosen none. */
  readonly isDefault?: boolean | undefined;
  readonly freeTrialDays?: number | undefined;
  /** Slugs of features. */
  readonly features?: readonly string[] | undefined;
}

/** Stores a plan with its own price. */
export async function createPlan({ db, clock, ids }: Context, plan: NewPlan): Promise<Row<'billing_plans'>> {
  const now = clock.now();
  const features = (plan.features ?? []).map((slug) => ({ id: ids.create('feat'), slug, name: slug }));
  const shared = {
    amount: plan.amount,
    annual_monthly_amount: plan.annualMonthlyAmount ?? null,
    currency: plan.currency ?? 'USD',
    created_at: now,
    updated_at: now,
  };
  const row = await db
    .insertInto('billing_plans')
    .values({
      id: ids.create('cplan'),
      name: plan.name,
      slug: plan.slug,
      description: plan.description ?? '',
      payer_type: plan.payerType,
      is_default: toFlag(plan.isDefault ?? false),
      free_trial_days: plan.freeTrialDays ?? null,
      features: toJson(features),
      ...shared,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await db
    .insertInto('billing_prices')
    .values({ id: ids.create('cprice'), plan_id: row.id, is_default: 1, ...shared })
    .execute();
  return row;
}

/** @throws {ApiError} 404 */
export async function findPlan({ db }: Context, id: string): Promise<Row<'billing_plans'>> {
  const row = await db.selectFrom('billing_plans').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('plan', id);
  return row;
}

/** @throws {ApiError} 404 */
export async function findPrice({ db }: Context, id: string): Promise<Row<'billing_prices'>> {
  const row = await db.selectFrom('billing_prices').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('price', id);
  return row;
}

export function toPlan(row: Row<'billing_plans'>): BillingPlan {
  const { amount, annual_monthly_amount: annualMonthly, currency } = row;
  const annual = annualMonthly === null ? null : annualMonthly * 12;
  const formatted = (cents: number | null) => ((cents ?? 0) / 100).toFixed(2);
  return {
    object: 'commerce_plan',
    id: row.id,
    name: row.name,
    fee: toMoneyOrNull(amount, currency),
    annual_monthly_fee: toMoneyOrNull(annualMonthly, currency),
    annual_fee: toMoneyOrNull(annual, currency),
    amount,
    amount_formatted: formatted(amount),
    annual_monthly_amount: annualMonthly ?? 0,
    annual_monthly_amount_formatted: formatted(annualMonthly),
    annual_amount: annual ?? 0,
    annual_amount_formatted: formatted(annual),
    currency_symbol: symbolOf(currency),
    currency,
    description: row.description,
    product_id: `product_${row.payer_type}`,
    is_default: row.is_default === 1,
    is_recurring: true,
    publicly_visible: row.publicly_visible === 1,
    has_base_fee: amount > 0,
    payer_type: [row.payer_type],
    for_payer_type: row.payer_type === 'org' ? 'org' : 'user',
    slug: row.slug,
    avatar_url: '',
    period: 'month',
    interval: 1,
    features: fromJson<{ id: string; slug: string; name: string }[]>(row.features).map(toFeature),
    free_trial_enabled: row.free_trial_days !== null,
    free_trial_days: row.free_trial_days,
  };
}

export function toPrice({ instance }: Context, row: Row<'billing_prices'>): BillingPrice {
  return {
    object: 'commerce_price',
    id: row.id,
    plan_id: row.plan_id,
    instance_id: instance.id,
    currency: row.currency,
    currency_symbol: symbolOf(row.currency),
    amount: row.amount,
    annual_monthly_amount: row.annual_monthly_amount ?? 0,
    fee: toMoneyOrNull(row.amount, row.currency),
    annual_monthly_fee: toMoneyOrNull(row.annual_monthly_amount, row.currency),
    description: row.description,
    is_default: row.is_default === 1,
    created_at: row.created_at,
  };
}

function toFeature({ id, slug, name }: { id: string; slug: string; name: string }): Feature {
  return { object: 'feature', id, name, description: null, slug, avatar_url: null };
}
