import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';

/** Slugs of the plans that somebody is on, and of the features they bring. */
export interface Entitlement {
  readonly plans: readonly string[];
  readonly features: readonly string[];
}

/** What a user, and the organization it is active in, have paid for. */
export interface Entitlements {
  readonly user: Entitlement;
  readonly org: Entitlement;
}

const none: Entitlement = { plans: [], features: [] };

/** What is in force at this moment. The default plans bring nothing: they are everybody's. */
export async function entitlements(
  { db, clock }: Context,
  userId: string,
  organizationId: string | undefined,
): Promise<Entitlements> {
  const now = clock.now();
  const rows = await db
    .selectFrom('billing_payers')
    .innerJoin('billing_subscription_items', 'billing_subscription_items.payer_id', 'billing_payers.id')
    .innerJoin('billing_plans', 'billing_plans.id', 'billing_subscription_items.plan_id')
    .select(['billing_payers.user_id', 'billing_plans.slug', 'billing_plans.features'])
    .where((eb) =>
      eb.or([
        eb('billing_payers.user_id', '=', userId),
        ...(organizationId === undefined ? [] : [eb('billing_payers.organization_id', '=', organizationId)]),
      ]),
    )
    .where('billing_plans.is_default', '=', 0)
    .where((eb) =>
      eb.or([
        // Canceled still counts until its period is over; active renews by itself.
        eb('billing_subscription_items.status', 'in', ['active', 'past_due']),
        eb.and([
          eb('billing_subscription_items.status', '=', 'canceled'),
          eb('billing_subscription_items.period_end', '>', now),
        ]),
      ]),
    )
    .orderBy('billing_plans.slug')
    .execute();
  if (rows.length === 0) return { user: none, org: none };
  const collect = (own: typeof rows): Entitlement => ({
    plans: own.map(({ slug }) => slug),
    features: [
      ...new Set(own.flatMap(({ features }) => fromJson<{ slug: string }[]>(features).map(({ slug }) => slug))),
    ],
  });
  return {
    user: collect(rows.filter((row) => row.user_id === userId)),
    org: collect(rows.filter((row) => row.user_id === null)),
  };
}
