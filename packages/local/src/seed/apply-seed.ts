import { ApiError } from '../api-error.ts';
import { findPayer } from '../billing/payer.ts';
import { createPlan } from '../billing/plan.ts';
import { addItem, findSubscription } from '../billing/subscription.ts';
import type { Context } from '../context.ts';
import { LocalBackendError } from '../errors.ts';
import { issueApiKey } from '../issuing/api-key.ts';
import { hashPassword } from '../passwords/hash-password.ts';
import { createJwtTemplate } from '../resources/create-jwt-template.ts';
import { addMachineScope, createMachine } from '../resources/create-machine.ts';
import { createOAuthApplication } from '../resources/create-oauth-application.ts';
import { createMembership, createOrganization } from '../resources/create-organization.ts';
import { createUser } from '../resources/create-user.ts';
import { assertSeedData } from './assert-seed-data.ts';
import type { SeedData, SeedPermission, SeedRole, SeedSubscription, SeedUser } from './seed-data.ts';

/** What a seed has made. Secrets are told here and never again. */
export interface SeedResult {
  readonly users: readonly { readonly id: string; readonly email: string | null }[];
  readonly organizations: readonly { readonly id: string; readonly slug: string }[];
  readonly machines: readonly { readonly id: string; readonly name: string; readonly secretKey: string }[];
  readonly apiKeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly subject: string;
    readonly secret: string;
  }[];
  readonly oauthApplications: readonly {
    readonly id: string;
    readonly name: string;
    readonly clientId: string;
    readonly clientSecret: string | undefined;
  }[];
}

/**
 * Stores all of the data or nothing of it.
 *
 * @throws {LocalBackendError} `seed-invalid`, saying where the data is at fault.
 */
export async function applySeed(context: Context, data: SeedData): Promise<SeedResult> {
  assertSeedData(data);
  // Before the transaction, which a slow hash would hold; all at once, since each runs in a thread of its own.
  const passwords = new Map<SeedUser, Awaited<ReturnType<typeof hashPassword>>>();
  const hashing = (data.users ?? []).map(async (user) => {
    if (user.password !== undefined) passwords.set(user, await hashPassword(user.password));
  });
  await Promise.all(hashing);
  try {
    return await context.transaction(async (tx) => {
      const users = [];
      for (const user of data.users ?? []) users.push(await seedUser(tx, user, passwords.get(user)));
      for (const permission of data.permissions ?? []) await seedPermission(tx, permission);
      for (const role of data.roles ?? []) await seedRole(tx, role);
      const organizations = [];
      for (const { members = [], ...organization } of data.organizations ?? []) {
        const row = await createOrganization(tx, organization);
        for (const member of members) {
          const userId = await resolveUser(tx, member.user);
          await createMembership(tx, { organization: row, userId, role: member.role ?? 'org:member' });
        }
        organizations.push({ id: row.id, slug: row.slug });
      }
      const machines: { id: string; name: string; secretKey: string }[] = [];
      for (const machine of data.machines ?? []) {
        const { row, secretKey } = await createMachine(tx, machine);
        machines.push({ id: row.id, name: row.name, secretKey });
      }
      const idOfMachine = (name: string) => machines.find((machine) => machine.name === name)?.id ?? name;
      for (const machine of data.machines ?? []) {
        for (const target of machine.scopes ?? [])
          await addMachineScope(tx, idOfMachine(machine.name), idOfMachine(target));
      }
      const apiKeys = [];
      for (const key of data.apiKeys ?? []) {
        const subject = await resolveSubject(tx, key.subject);
        const { row, secret } = await issueApiKey(tx, { ...key, subject });
        apiKeys.push({ id: row.id, name: row.name, subject, secret });
      }
      const oauthApplications = [];
      for (const application of data.oauthApplications ?? []) {
        const { row, clientSecret } = await createOAuthApplication(tx, application);
        oauthApplications.push({ id: row.id, name: row.name, clientId: row.client_id, clientSecret });
      }
      for (const template of data.jwtTemplates ?? []) await createJwtTemplate(tx, template);
      for (const plan of data.plans ?? []) await createPlan(tx, plan);
      for (const subscription of data.subscriptions ?? []) await seedSubscription(tx, subscription);
      return { users, organizations, machines, apiKeys, oauthApplications };
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const [first] = error.errors;
    throw new LocalBackendError('seed-invalid', `The seed cannot be stored: ${first?.long_message ?? error.message}`, {
      cause: error,
    });
  }
}

async function seedUser(tx: Context, user: SeedUser, password: Awaited<ReturnType<typeof hashPassword>> | undefined) {
  const { email, phone, ...rest } = user;
  const list = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? [value] : value);
  const row = await createUser(tx, { ...rest, password, emailAddresses: list(email), phoneNumbers: list(phone) });
  return { id: row.id, email: list(email)?.[0] ?? null };
}

async function seedPermission({ db, clock, ids }: Context, { key, name, description }: SeedPermission): Promise<void> {
  const known = await db.selectFrom('permissions').select('id').where('key', '=', key).executeTakeFirst();
  if (known !== undefined) return;
  const times = { created_at: clock.now(), updated_at: clock.now() };
  await db
    .insertInto('permissions')
    .values({ id: ids.create('perm'), key, name: name ?? key, description: description ?? '', type: 'user', ...times })
    .execute();
}

async function seedRole(context: Context, { key, name, description, permissions = [] }: SeedRole): Promise<void> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const known = await db.selectFrom('roles').select('id').where('key', '=', key).executeTakeFirst();
  const roleId = known?.id ?? ids.create('role');
  if (known === undefined) {
    await db
      .insertInto('roles')
      .values({
        id: roleId,
        key,
        name: name ?? key,
        description: description ?? null,
        created_at: now,
        updated_at: now,
      })
      .execute();
    const roleSet = await db.selectFrom('role_sets').select('id').where('type', '=', 'initial').executeTakeFirst();
    if (roleSet !== undefined) {
      await db
        .insertInto('role_set_roles')
        .values({ role_set_id: roleSet.id, role_id: roleId, created_at: now })
        .execute();
    }
  }
  for (const permission of permissions) {
    await seedPermission(context, { key: permission });
    const { id } = await db
      .selectFrom('permissions')
      .select('id')
      .where('key', '=', permission)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('role_permissions')
      .values({ role_id: roleId, permission_id: id, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function seedSubscription(context: Context, { payer, plan, period, trial }: SeedSubscription): Promise<void> {
  const { db } = context;
  const ownerId = await resolveSubject(context, payer);
  const type = ownerId.startsWith('org_') ? 'org' : 'user';
  const row = await db
    .selectFrom('billing_plans')
    .innerJoin('billing_prices', 'billing_prices.plan_id', 'billing_plans.id')
    .select(['billing_plans.id', 'billing_plans.free_trial_days', 'billing_prices.id as price_id'])
    .where('billing_plans.slug', '=', plan)
    .where('billing_plans.payer_type', '=', type)
    .where('billing_prices.is_default', '=', 1)
    .executeTakeFirst();
  if (row === undefined)
    throw new LocalBackendError('seed-invalid', `The seed names a plan for ${type}s that does not exist: ${plan}`);
  const subscription = await findSubscription(context, await findPayer(context, { type, id: ownerId }));
  await addItem(context, subscription, {
    planId: row.id,
    priceId: row.price_id,
    period: period ?? 'month',
    freeTrialDays: trial === true ? (row.free_trial_days ?? undefined) : undefined,
  });
}

async function resolveSubject(context: Context, name: string): Promise<string> {
  const organization = await context.db
    .selectFrom('organizations')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', name), eb('slug', '=', name)]))
    .executeTakeFirst();
  return organization?.id ?? resolveUser(context, name);
}

async function resolveUser({ db }: Context, name: string): Promise<string> {
  const user = await db
    .selectFrom('users')
    .leftJoin('email_addresses', 'email_addresses.user_id', 'users.id')
    .select('users.id')
    .where((eb) =>
      eb.or([
        eb('users.id', '=', name),
        eb('users.username_key', '=', name.toLowerCase()),
        eb('email_addresses.email_address', '=', name.toLowerCase()),
      ]),
    )
    .executeTakeFirst();
  if (user === undefined)
    throw new LocalBackendError('seed-invalid', `The seed names a user that does not exist: ${name}`);
  return user.id;
}
