import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { BillingPayer } from '../contract/wire.generated.ts';
import { imageUrl } from '../resources/image.ts';
import type { Row } from '../store/rows.ts';
import { toMoney } from './money.ts';

/** Who pays: a user, or an organization. */
export interface PayerOwner {
  readonly type: 'user' | 'org';
  readonly id: string;
}

/** The payer of a user or an organization that exists; made when it is asked for first. */
export async function findPayer({ db, clock, ids }: Context, owner: PayerOwner): Promise<Row<'billing_payers'>> {
  const column = owner.type === 'user' ? 'user_id' : 'organization_id';
  const known = await db.selectFrom('billing_payers').selectAll().where(column, '=', owner.id).executeTakeFirst();
  if (known !== undefined) return known;
  const now = clock.now();
  return db
    .insertInto('billing_payers')
    .values({ id: ids.create('cpayer'), [column]: owner.id, created_at: now, updated_at: now })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Payers by their ids, as the API shows them. */
export async function readPayers(
  { db, instance }: Context,
  ids: readonly string[],
): Promise<Map<string, BillingPayer>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('billing_payers')
    .leftJoin('users', 'users.id', 'billing_payers.user_id')
    .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
    .leftJoin('organizations', 'organizations.id', 'billing_payers.organization_id')
    .selectAll('billing_payers')
    .select([
      'users.first_name',
      'users.last_name',
      'users.image_id as user_image',
      'email_addresses.email_address',
      'organizations.name as organization_name',
      'organizations.image_id as organization_image',
    ])
    .where('billing_payers.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        object: 'commerce_payer',
        id: row.id,
        instance_id: instance.id,
        user_id: row.user_id,
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email_address,
        organization_id: row.organization_id,
        organization_name: row.organization_name,
        image_url: imageUrl(
          instance,
          row.user_image ?? row.organization_image,
          row.user_id ?? row.organization_id ?? row.id,
        ),
        credits_balance: toMoney(row.credits_balance, row.credits_currency ?? 'USD'),
        created_at: row.created_at,
        updated_at: row.updated_at,
      },
    ]),
  );
}

/** One of {@link readPayers}. */
export async function readPayer(context: Context, id: string): Promise<BillingPayer> {
  const payer = (await readPayers(context, [id])).get(id);
  if (payer === undefined) throw notFound('payer', id);
  return payer;
}
