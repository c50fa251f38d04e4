import { describe, expect, test } from 'vitest';
import { findPayer } from '../billing/payer.ts';
import { createPlan } from '../billing/plan.ts';
import { addItem, findSubscription, periodEnd } from '../billing/subscription.ts';
import { type BackendUnderTest, firstError, startForTest } from './start-for-test.ts';

const day = 24 * 3600 * 1000;

/** A user on a plan of 20 a month (16 when billed yearly), in a backend whose time stands at 1 March 2027. */
async function prepare({ trialDays }: { trialDays?: number } = {}) {
  const backend = await startForTest();
  backend.clock.freeze(Date.UTC(2027, 2, 1));
  const { call, context } = backend;
  const { body: user } = await call('POST', '/users', { email_address: ['payer@example.com'] });
  const item = await context.transaction(async (tx) => {
    const plan = await createPlan(tx, {
      name: 'Pro',
      slug: 'pro',
      payerType: 'user',
      amount: 2000,
      annualMonthlyAmount: 1600,
      features: ['reports'],
    });
    const price = await tx.db
      .selectFrom('billing_prices')
      .selectAll()
      .where('plan_id', '=', plan.id)
      .executeTakeFirstOrThrow();
    const subscription = await findSubscription(tx, await findPayer(tx, { type: 'user', id: user.id }));
    return addItem(tx, subscription, { planId: plan.id, priceId: price.id, period: 'month', freeTrialDays: trialDays });
  });
  const subscription = async () => (await call('GET', `/users/${user.id}/billing/subscription`)).body;
  return { ...backend, user, item, subscription };
}

const statements = async ({ call }: Pick<BackendUnderTest, 'call'>) =>
  (await call('GET', '/billing/statements')).body.data;

test.each([
  [Date.UTC(2027, 0, 31), 'month', Date.UTC(2027, 1, 28)],
  [Date.UTC(2028, 0, 31), 'month', Date.UTC(2028, 1, 29)],
  [Date.UTC(2027, 11, 15), 'month', Date.UTC(2028, 0, 15)],
  [Date.UTC(2028, 1, 29), 'annual', Date.UTC(2029, 1, 28)],
])('a period from %i (%s) ends at %i', (start, period, end) => {
  expect(periodEnd(start, period)).toBe(end);
});

describe('plans and prices', () => {
  test('begin with a free plan for users and one for organizations', async () => {
    const { call } = await startForTest();
    expect((await call('GET', '/billing/plans')).body).toMatchObject({
      total_count: 2,
      data: [{ slug: 'free_user', is_default: true }, { slug: 'free_org' }],
    });
    expect((await call('GET', '/billing/plans?payer_type=org')).body.data).toMatchObject([
      { for_payer_type: 'org', fee: { amount: 0 } },
    ]);
  });

  test('a custom price belongs to a plan', async () => {
    const { call, item } = await prepare();
    const { body } = await call('POST', '/billing/prices', {
      plan_id: item.plan_id,
      amount: 1500,
      description: 'Early',
    });
    expect(body).toMatchObject({
      plan_id: item.plan_id,
      currency: 'USD',
      currency_symbol: '$',
      is_default: false,
      fee: { amount_formatted: '15.00' },
    });
    expect((await call('GET', `/billing/prices?plan_id=${item.plan_id}`)).body.total_count).toBe(2);
    expect((await call('GET', '/billing/prices?plan_id=cplan_x')).status).toBe(404);
  });

  test.each([
    ['an unknown plan', { plan_id: 'cplan_x', amount: 1500 }, 404, undefined],
    ['less than a dollar', { amount: 99 }, 422, 'amount'],
    ['no amount at all', { amount: null }, 422, 'amount'],
    ['nothing about the amount', {}, 422, 'amount'],
    ['a currency that is none', { amount: 1500, currency: 'XYZ1' }, 422, 'currency'],
  ])('SC-129 refuse %s', async (_, body, status, param) => {
    const { call, item } = await prepare();
    expect(firstError(await call('POST', '/billing/prices', { plan_id: item.plan_id, ...body }))).toMatchObject({
      status,
      ...(param && { param }),
    });
  });
});

describe('subscriptions', () => {
  test('who has chosen nothing is on the free plan', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'free' });
    const { body: organization } = await call('POST', '/organizations', { name: 'Free' });
    const { body } = await call('GET', `/users/${user.id}/billing/subscription`);
    expect(body).toMatchObject({ object: 'commerce_subscription', status: 'active', eligible_for_free_trial: true });
    expect(body.subscription_items).toMatchObject([
      { status: 'active', plan: { slug: 'free_user' }, next_payment: null, period_end: null },
    ]);
    expect((await call('GET', `/users/${user.id}/billing/subscription`)).body.id).toBe(body.id);
    expect(
      (await call('GET', `/organizations/${organization.id}/billing/subscription`)).body.subscription_items[0].plan
        .slug,
    ).toBe('free_org');
    expect((await call('GET', '/users/user_nobody/billing/subscription')).status).toBe(404);
    expect((await call('GET', '/billing/subscription_items')).body.total_count).toBe(0);
    expect((await call('GET', '/billing/subscription_items?include_free=true')).body.total_count).toBe(2);
  });

  test('a paid one is charged at once and renews with the time', async () => {
    const backend = await prepare();
    expect((await backend.subscription()).next_payment).toMatchObject({
      date: Date.UTC(2027, 3, 1),
      amount: { amount: 2000 },
    });
    expect(await statements(backend)).toMatchObject([
      { status: 'open', totals: { grand_total: { amount: 2000 } }, payer: { email: 'payer@example.com' } },
    ]);
    backend.clock.freeze(Date.UTC(2027, 4, 2));
    const { subscription_items: items } = await backend.subscription();
    expect(items).toMatchObject([
      { status: 'active', period_start: Date.UTC(2027, 4, 1), lifetime_paid: { amount: 6000 } },
    ]);
    expect((await statements(backend)).map((one: { status: string }) => one.status).sort()).toEqual([
      'closed',
      'closed',
      'open',
    ]);
    const [newest] = await statements(backend);
    expect(newest.groups).toMatchObject([{ items: [{ charge_type: 'recurring', status: 'paid' }] }]);
    expect((await backend.call('GET', `/billing/statements/${newest.id}/payment_attempts`)).body).toMatchObject({
      total_count: 1,
    });
    expect((await backend.call('GET', `/billing/statements/${newest.id}`)).body).toEqual(newest);
    expect((await backend.call('GET', '/billing/statements/cstmt_x')).status).toBe(404);
  });

  test('canceled at the period end it lasts until then, then the free plan follows', async () => {
    const { call, clock, item, subscription } = await prepare();
    const path = `/billing/subscription_items/${item.id}`;
    expect((await call('DELETE', path)).body).toMatchObject({
      status: 'canceled',
      canceled_at: clock.now(),
      ended_at: null,
      next_payment: null,
    });
    expect(firstError(await call('DELETE', path))).toMatchObject({ status: 422 });
    clock.advance(31 * day);
    expect((await subscription()).subscription_items).toMatchObject([{ plan: { slug: 'free_user' } }]);
    expect((await call('GET', '/billing/subscription_items?status=ended')).body).toMatchObject({
      total_count: 1,
      data: [{ id: item.id, ended_at: Date.UTC(2027, 3, 1) }],
    });
  });

  test('canceled now it ends now; the free plan cannot be canceled', async () => {
    const { call, item, subscription } = await prepare();
    expect((await call('DELETE', `/billing/subscription_items/${item.id}?end_now=true`)).body.status).toBe('ended');
    const [free] = (await subscription()).subscription_items;
    expect(free.plan.slug).toBe('free_user');
    expect(firstError(await call('DELETE', `/billing/subscription_items/${free.id}`))).toMatchObject({ status: 422 });
    expect((await call('DELETE', '/billing/subscription_items/csubitem_x')).status).toBe(404);
  });

  test('a trial is free until it ends, and can be extended while it lasts', async () => {
    const backend = await prepare({ trialDays: 14 });
    const { call, clock, item, subscription } = backend;
    expect(await statements(backend)).toEqual([]);
    const extend = (until: number) =>
      call('POST', `/billing/subscription_items/${item.id}/extend_free_trial`, {
        extend_to: new Date(until).toISOString(),
      });
    expect(firstError(await extend(clock.now() - 1))).toMatchObject({ status: 422, param: 'extend_to' });
    expect(firstError(await extend(clock.now() + 366 * day))).toMatchObject({ status: 422, param: 'extend_to' });
    expect(firstError(await extend(clock.now() + day))).toMatchObject({ status: 422, param: 'extend_to' });
    expect((await extend(clock.now() + 20 * day)).body).toMatchObject({
      is_free_trial: true,
      period_end: clock.now() + 20 * day,
    });
    expect((await call('GET', '/billing/subscription_items?status=free_trial')).body.total_count).toBe(1);
    clock.advance(20 * day);
    expect((await subscription()).subscription_items).toMatchObject([
      { is_free_trial: false, lifetime_paid: { amount: 2000 } },
    ]);
    expect(firstError(await extend(clock.now() + 5 * day))).toMatchObject({
      status: 422,
      code: 'subscription_item_not_in_free_trial',
    });
  });

  describe('price transitions', () => {
    const withPrice = async (amount: number) => {
      const backend = await prepare();
      const { body: price } = await backend.call('POST', '/billing/prices', { plan_id: backend.item.plan_id, amount });
      const move = (from_price_id: string, to_price_id: string, id = backend.item.id) =>
        backend.call('POST', `/billing/subscription_items/${id}/price_transition`, { from_price_id, to_price_id });
      return { ...backend, price, move };
    };

    test('to a dearer price count at once, charged for what is left', async () => {
      const { clock, item, price, move } = await withPrice(5100);
      clock.advance(15.5 * day);
      const { body } = await move(item.price_id, price.id);
      expect(body.transition).toMatchObject({
        effective_mode: 'immediate',
        charged_immediately: true,
        immediate_charge: { amount: 1550 },
        previous_subscription_item_status: 'ended',
        previous_subscription_item_id: item.id,
      });
      expect(body.subscription_item).toMatchObject({
        price_id: price.id,
        period_end: Date.UTC(2027, 3, 1),
        lifetime_paid: { amount: 1550 },
      });
      expect(firstError(await move(item.price_id, price.id, body.subscription_item.id))).toMatchObject({ status: 409 });
    });

    test('to a cheaper one when the paid period is over', async () => {
      const { clock, item, price, move, subscription } = await withPrice(500);
      const { body } = await move(item.price_id, price.id);
      expect(body.transition).toMatchObject({
        effective_mode: 'end_of_period',
        effective_at: Date.UTC(2027, 3, 1),
        charged_immediately: false,
        immediate_charge: null,
      });
      expect((await subscription()).subscription_items.map((one: { status: string }) => one.status).sort()).toEqual([
        'canceled',
        'upcoming',
      ]);
      clock.freeze(Date.UTC(2027, 3, 2));
      expect((await subscription()).subscription_items).toMatchObject([
        { status: 'active', price_id: price.id, lifetime_paid: { amount: 500 } },
      ]);
    });

    test.each([
      ['the same price', 'own', 'own', 422],
      ['an unknown price', 'own', 'cprice_x', 404],
      ['another present price', 'new', 'own', 409],
    ])('refuse %s', async (_, from, to, status) => {
      const { item, price, move } = await withPrice(3000);
      const idOf = (name: string) => (name === 'own' ? item.price_id : name === 'new' ? price.id : name);
      expect((await move(idOf(from), idOf(to))).status).toBe(status);
    });
  });

  test('items are found by payer and plan', async () => {
    const { call, item } = await prepare();
    const count = async (query: string) => (await call('GET', `/billing/subscription_items?${query}`)).body.total_count;
    expect(await count('query=payer@')).toBe(1);
    expect(await count('query=pro')).toBe(1);
    expect(await count('query=nobody')).toBe(0);
    expect(await count(`plan_id=${item.plan_id}&payer_type=user&status=active`)).toBe(1);
    expect(await count('payer_type=org')).toBe(0);
  });
});

test('what is paid for shows in session tokens, until it ends', async () => {
  const { call, clock, mint, user, item } = await prepare();
  const claims = async () => {
    const token = await mint.session({ userId: user.id });
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  };
  expect(await claims()).toMatchObject({ pla: 'u:pro', fea: 'u:reports' });
  await call('DELETE', `/billing/subscription_items/${item.id}`);
  expect(await claims()).toMatchObject({ pla: 'u:pro' });
  clock.advance(31 * day);
  expect(await claims()).not.toHaveProperty('pla');
  expect(await claims()).not.toHaveProperty('fea');
});

test('features of a plan take a mask beside those with permissions', async () => {
  const { call, context, mint, user } = await prepare();
  const { body: permission } = await call('POST', '/organization_permissions', { name: 'x', key: 'org:invoices:read' });
  const rights = { name: 'Clerk', key: 'org:clerk', permissions: [permission.id], include_in_initial_role_set: true };
  await call('POST', '/organization_roles', rights);
  const { body: organization } = await call('POST', '/organizations', { name: 'Paying' });
  await call('POST', `/organizations/${organization.id}/memberships`, { user_id: user.id, role: 'org:clerk' });
  await context.transaction(async (tx) => {
    const plan = await createPlan(tx, {
      name: 'Team',
      slug: 'team',
      payerType: 'org',
      amount: 5000,
      features: ['audit'],
    });
    const price = await tx.db
      .selectFrom('billing_prices')
      .selectAll()
      .where('plan_id', '=', plan.id)
      .executeTakeFirstOrThrow();
    const subscription = await findSubscription(tx, await findPayer(tx, { type: 'org', id: organization.id }));
    await addItem(tx, subscription, { planId: plan.id, priceId: price.id, period: 'annual' });
  });
  const token = await mint.session({ userId: user.id, orgId: organization.id });
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    fea: 'o:invoices,o:audit,u:reports',
    pla: 'o:team,u:pro',
    o: { rol: 'clerk', per: 'read', fpm: '1,0' },
  });
});

describe('credits', () => {
  const adjust = (backend: BackendUnderTest, path: string, body: object) =>
    backend.call('POST', path, { amount: 500, action: 'increase', idempotency_key: 'k1', ...body });

  test('are booked once per key, for users and organizations alike', async () => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { username: 'credit' });
    const { body: organization } = await backend.call('POST', '/organizations', { name: 'Credit' });
    for (const owner of [`/users/${user.id}`, `/organizations/${organization.id}`]) {
      const path = `${owner}/billing/credits`;
      expect((await backend.call('GET', path)).body).toEqual({ object: 'commerce_credit_balance', balance: null });
      const { body: entry } = await adjust(backend, path, { note: 'Sorry' });
      expect(entry).toMatchObject({ object: 'commerce_credit_ledger', amount: 500, currency: 'USD', note: 'Sorry' });
      expect((await adjust(backend, path, { note: 'Sorry' })).body).toEqual(entry);
      expect(firstError(await adjust(backend, path, { amount: 700 }))).toMatchObject({ status: 409 });
      expect(
        (await adjust(backend, path, { idempotency_key: 'k2', action: 'decrease', amount: 200 })).body.amount,
      ).toBe(-200);
      expect((await backend.call('GET', path)).body.balance).toMatchObject({ amount: 300, amount_formatted: '3.00' });
    }
  });

  test.each([
    ['more than there is', { action: 'decrease', amount: 1 }, 422, 'amount'],
    ['nothing', { amount: 0 }, 422, 'amount'],
    ['half a cent', { amount: 0.5 }, 422, 'amount'],
    ['an unknown action', { action: 'double' }, 422, 'action'],
    ['no key', { idempotency_key: undefined }, 422, 'idempotency_key'],
    ['a currency that is none', { currency: 'dollars' }, 422, 'currency'],
  ])('SC-129 refuse %s', async (_, body, status, param) => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { username: 'credit' });
    expect(firstError(await adjust(backend, `/users/${user.id}/billing/credits`, body))).toMatchObject({
      status,
      param,
    });
  });

  test('SC-130 sixty-four adjustments at once all count', async () => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { username: 'credit' });
    const path = `/users/${user.id}/billing/credits`;
    await Promise.all(
      Array.from({ length: 64 }, (_, index) => adjust(backend, path, { amount: 1, idempotency_key: `k${index}` })),
    );
    expect((await backend.call('GET', path)).body.balance.amount).toBe(64);
  });

  test('are used up before anything is paid', async () => {
    const backend = await prepare();
    await adjust(backend, `/users/${backend.user.id}/billing/credits`, { amount: 2500 });
    backend.clock.freeze(Date.UTC(2027, 4, 2));
    expect((await backend.subscription()).subscription_items).toMatchObject([
      { lifetime_paid: { amount: 2000 + 0 + 1500 } },
    ]);
    expect((await backend.call('GET', `/users/${backend.user.id}/billing/credits`)).body.balance.amount).toBe(0);
  });
});
