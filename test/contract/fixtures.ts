import { createHash } from 'node:crypto';
import type { LocalBackend } from '@keystile/local';

/** What the Backend API can read or end, but not begin: that takes a browser, a provider or a payment. */
export interface Fixtures {
  addExternalAccount(userId: string): Promise<string>;
  addPasskey(userId: string): Promise<string>;
  /** @returns the token that the browser of a session's client holds */
  addClientToken(clientId: string): Promise<string>;
  addRefreshToken(sessionId: string): Promise<string>;
  addSignUp(): Promise<string>;
  addPlan(): Promise<string>;
  /** @returns the id of its item */
  addSubscription(
    payer: { userId: string } | { organizationId: string },
    planId: string,
    priceId: string,
    isTrial: boolean,
  ): Promise<string>;
  addStatement(subscriptionItemId: string): Promise<string>;
}

const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const HOUR = 3_600_000;

export function createFixtures({ context }: Pick<LocalBackend, 'context'>): Fixtures {
  const { db, clock, ids, sealer } = context;
  const stamps = () => ({ created_at: clock.now(), updated_at: clock.now() });
  const payerOf = async (payer: { userId: string } | { organizationId: string }): Promise<string> => {
    const owner = 'userId' in payer ? { user_id: payer.userId } : { organization_id: payer.organizationId };
    const [column, value] =
      'userId' in payer ? (['user_id', payer.userId] as const) : (['organization_id', payer.organizationId] as const);
    const known = await db.selectFrom('billing_payers').select('id').where(column, '=', value).executeTakeFirst();
    if (known !== undefined) return known.id;
    const id = ids.create('cpayer');
    await db
      .insertInto('billing_payers')
      .values({ id, user_id: null, organization_id: null, credits_currency: null, ...owner, ...stamps() })
      .execute();
    return id;
  };
  return {
    async addExternalAccount(userId) {
      const id = ids.create('eac');
      await db
        .insertInto('external_accounts')
        .values({
          id,
          user_id: userId,
          provider: 'oauth_google',
          provider_user_id: '108',
          identification_id: ids.create('idn'),
          approved_scopes: 'email profile',
          email_address: 'provider@example.test',
          username: null,
          phone_number: null,
          label: null,
          access_token_sealed: sealer.seal('token-of-the-provider'),
          token_expires_at: clock.now() + HOUR,
          verification: null,
          ...stamps(),
        })
        .execute();
      return id;
    },
    async addPasskey(userId) {
      const id = ids.create('idn');
      await db
        .insertInto('passkeys')
        .values({ id, user_id: userId, name: 'Laptop', verification: null, last_used_at: null, ...stamps() })
        .execute();
      return id;
    },
    async addClientToken(clientId) {
      const token = `client_token_${clientId}`;
      await db
        .updateTable('clients')
        .set({ token_hash: hash(token) })
        .where('id', '=', clientId)
        .execute();
      return token;
    },
    async addRefreshToken(sessionId) {
      const token = `refresh_token_${sessionId}_${ids.create('rt')}`;
      await db
        .insertInto('refresh_tokens')
        .values({
          token_hash: hash(token),
          session_id: sessionId,
          expires_at: clock.now() + HOUR,
          used_at: null,
          created_at: clock.now(),
        })
        .execute();
      return token;
    },
    async addSignUp() {
      const id = ids.create('sua');
      await db
        .insertInto('sign_ups')
        .values({
          id,
          client_id: null,
          status: 'missing_requirements',
          username: null,
          email_address: 'signing-up@example.test',
          phone_number: null,
          web3_wallet: null,
          first_name: null,
          last_name: null,
          password_digest: null,
          password_hasher: null,
          code_hash: null,
          ticket: null,
          external_id: null,
          created_session_id: null,
          created_user_id: null,
          legal_accepted_at: null,
          locale: null,
          abandon_at: clock.now() + HOUR,
          ...stamps(),
        })
        .execute();
      return id;
    },
    async addPlan() {
      const id = ids.create('cplan');
      await db
        .insertInto('billing_plans')
        .values({
          id,
          name: 'Pro',
          slug: 'pro',
          payer_type: 'user',
          amount: 900,
          annual_monthly_amount: 800,
          currency: 'USD',
          publicly_visible: 1,
          free_trial_days: 14,
          ...stamps(),
        })
        .execute();
      return id;
    },
    async addSubscription(payer, planId, priceId, isTrial) {
      const payerId = await payerOf(payer);
      const subscriptionId = ids.create('csub');
      await db
        .insertInto('billing_subscriptions')
        .values({
          id: subscriptionId,
          payer_id: payerId,
          status: 'active',
          active_at: clock.now(),
          past_due_at: null,
          ...stamps(),
        })
        .execute();
      const id = ids.create('csub_item');
      await db
        .insertInto('billing_subscription_items')
        .values({
          id,
          subscription_id: subscriptionId,
          payer_id: payerId,
          plan_id: planId,
          price_id: priceId,
          plan_period: 'month',
          status: 'active',
          is_free_trial: isTrial ? 1 : 0,
          period_start: clock.now(),
          period_end: clock.now() + 30 * 24 * HOUR,
          canceled_at: null,
          past_due_at: null,
          ended_at: null,
          ...stamps(),
        })
        .execute();
      return id;
    },
    async addStatement(subscriptionItemId) {
      const item = await db
        .selectFrom('billing_subscription_items')
        .selectAll()
        .where('id', '=', subscriptionItemId)
        .executeTakeFirstOrThrow();
      const id = ids.create('cstmt');
      await db
        .insertInto('billing_statements')
        .values({
          id,
          payer_id: item.payer_id,
          status: 'closed',
          timestamp: clock.now(),
          subtotal: 900,
          tax_total: 0,
          currency: 'USD',
          ...stamps(),
        })
        .execute();
      await db
        .insertInto('billing_payment_attempts')
        .values({
          id: ids.create('cpay'),
          statement_id: id,
          subscription_item_id: item.id,
          payment_id: ids.create('cpm'),
          status: 'paid',
          charge_type: 'checkout',
          amount: 900,
          currency: 'USD',
          paid_at: clock.now(),
          failed_at: null,
          failed_reason: null,
          billing_date: clock.now(),
          ...stamps(),
        })
        .execute();
      return id;
    },
  };
}
