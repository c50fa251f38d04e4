import type { Clock } from './clock.ts';
import { LocalBackendError } from './errors.ts';
import type { Ids } from './ids.ts';
import { randomBase62 } from './ids.ts';
import { equalInConstantTime } from './issuing/equal-in-constant-time.ts';
import { takeSigningKey } from './issuing/key-pool.ts';
import { createSealingKey } from './issuing/secrets.ts';
import type { LocalBackendOptions } from './options.ts';
import { createPublishableKey } from './publishable-key.ts';
import { freePlan } from './seed/initial-plans.ts';
import { initialRoleSet, initialRoles, systemPermissions } from './seed/initial-roles.ts';
import { defaultSettings } from './settings.ts';
import type { Database } from './store/database.ts';
import { toJson } from './store/json-column.ts';
import type { Store } from './store/store.ts';

/** Who this backend is. Stable for a file database; the host changes when the port does. */
export interface Instance {
  /** `ins_…`, also the id of its signing key. */
  readonly id: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  /** Host of the frontend API, with its port. */
  readonly frontendHost: string;
  /** Where the frontend API answers, without a slash at the end; the `iss` of all tokens. */
  readonly url: string;
  /**
   * The domain of which it plays the production instance; undefined for a development instance. Browsers then get their
   * cookies from the domain itself, not by addresses.
   */
  readonly productionDomain: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The instance as it is stored, before it is known where it will answer. */
export interface StoredInstance {
  readonly id: string;
  readonly secretKey: string;
  readonly frontendHost: string;
  readonly privateKeyPem: string;
  readonly sealingKey: string;
  readonly createdAt: number;
}

/** Reads the instance of a database, or makes it when the database is new. Of several processes, one makes it. */
export async function loadInstance(
  store: Store,
  clock: Clock,
  ids: Ids,
  { secretKey, privateKey }: Pick<LocalBackendOptions, 'secretKey' | 'privateKey'>,
): Promise<{ instance: StoredInstance; isNew: boolean }> {
  return store.transaction(async (tx) => {
    const row = await tx.selectFrom('instances').selectAll().executeTakeFirst();
    if (row !== undefined) {
      const instance = {
        id: row.id,
        secretKey: secretKey ?? row.secret_key,
        frontendHost: row.frontend_host,
        privateKeyPem: privateKey ?? row.private_key_pem,
        sealingKey: row.sealing_key,
        createdAt: row.created_at,
      };
      // Not without need: a database that can only be read can be looked into all the same.
      const isUnchanged =
        equalInConstantTime(instance.secretKey, row.secret_key) &&
        equalInConstantTime(instance.privateKeyPem, row.private_key_pem);
      if (!isUnchanged) {
        await tx
          .updateTable('instances')
          .set({ secret_key: instance.secretKey, private_key_pem: instance.privateKeyPem })
          .execute();
      }
      return { instance, isNew: false };
    }
    const created: StoredInstance = {
      id: ids.create('ins'),
      secretKey: secretKey ?? `sk_test_${randomBase62(42)}`,
      frontendHost: '',
      privateKeyPem: privateKey ?? (await takeSigningKey()),
      sealingKey: createSealingKey(),
      createdAt: clock.now(),
    };
    await storeInstance(tx, created, ids);
    return { instance: created, isNew: true };
  });
}

/**
 * The address that keys, tokens and links name, where another process has chosen it; undefined when that is up to this
 * one. Waits for the other one if it is about to choose.
 */
export async function addressInUse(store: Store): Promise<string | undefined> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await store.lead()) return undefined;
    const { frontend_host: host } = await store.db
      .selectFrom('instances')
      .select('frontend_host')
      .executeTakeFirstOrThrow();
    if (host !== '') return host;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new LocalBackendError('database-in-use', 'Another process has begun to use the database and does not go on.');
}

async function storeInstance(db: Database, instance: StoredInstance, ids: Ids): Promise<void> {
  const times = { created_at: instance.createdAt, updated_at: instance.createdAt };
  await db
    .insertInto('instances')
    .values({
      id: instance.id,
      frontend_host: instance.frontendHost,
      secret_key: instance.secretKey,
      private_key_pem: instance.privateKeyPem,
      sealing_key: instance.sealingKey,
      settings: toJson(defaultSettings()),
      ...times,
    })
    .execute();
  await storeInitialRoles(db, ids, instance.createdAt);
}

/** Stores the permissions, roles and role set that every instance begins with. */
export async function storeInitialRoles(db: Database, ids: Ids, now: number): Promise<void> {
  const times = { created_at: now, updated_at: now };
  const permissions = systemPermissions.map((permission) => ({
    id: ids.create('perm'),
    type: 'system',
    ...permission,
    ...times,
  }));
  await db.insertInto('permissions').values(permissions).execute();
  const roles = initialRoles.map(({ permissions: _, ...role }) => ({ id: ids.create('role'), ...role, ...times }));
  await db.insertInto('roles').values(roles).execute();
  const granted = initialRoles.flatMap((role, index) =>
    permissions
      .filter((permission) => (role.permissions as readonly string[]).includes(permission.key))
      .map((permission) => ({
        role_id: roles[index]?.id ?? '',
        permission_id: permission.id,
        created_at: now,
      })),
  );
  await db.insertInto('role_permissions').values(granted).execute();
  const idOf = (key: string) => roles.find((role) => role.key === key)?.id ?? null;
  const roleSet = {
    id: ids.create('rset'),
    ...initialRoleSet,
    default_role_id: idOf('org:member'),
    creator_role_id: idOf('org:admin'),
    ...times,
  };
  await db.insertInto('role_sets').values(roleSet).execute();
  const plans = (['user', 'org'] as const).map((payer) => ({
    id: ids.create('cplan'),
    payer_type: payer,
    ...freePlan(payer),
    ...times,
  }));
  await db.insertInto('billing_plans').values(plans).execute();
  const prices = plans.map((plan) => ({
    id: ids.create('cprice'),
    plan_id: plan.id,
    amount: 0,
    currency: 'USD',
    is_default: 1,
    ...times,
  }));
  await db.insertInto('billing_prices').values(prices).execute();
  await db
    .insertInto('role_set_roles')
    .values(roles.map((role) => ({ role_set_id: roleSet.id, role_id: role.id, created_at: now })))
    .execute();
}

/** The instance, now that its host is known; a new host is remembered so that the next start asks for the same port. */
export async function settleInstance(
  db: Database,
  ids: Ids,
  stored: StoredInstance,
  frontendHost: string,
  productionDomain?: string,
): Promise<Instance> {
  if (stored.frontendHost === '') {
    const times = { created_at: stored.createdAt, updated_at: stored.createdAt };
    await db
      .insertInto('domains')
      .values({ id: ids.create('dmn'), name: frontendHost, is_satellite: 0, ...times })
      .execute();
  }
  if (frontendHost !== stored.frontendHost) {
    await db.updateTable('domains').set({ name: frontendHost }).where('name', '=', stored.frontendHost).execute();
    await db.updateTable('instances').set({ frontend_host: frontendHost }).where('id', '=', stored.id).execute();
  }
  return createInstance(stored, frontendHost, productionDomain);
}

/** The instance at a host that it is known by. One that plays a production instance has the keys of one. */
export function createInstance(stored: StoredInstance, frontendHost: string, productionDomain?: string): Instance {
  const isLive = productionDomain !== undefined;
  return {
    id: stored.id,
    secretKey: isLive ? stored.secretKey.replace('sk_test_', 'sk_live_') : stored.secretKey,
    publishableKey: createPublishableKey(frontendHost, isLive ? 'pk_live_' : 'pk_test_'),
    frontendHost,
    url: `http://${frontendHost}`,
    productionDomain,
    createdAt: stored.createdAt,
  };
}
