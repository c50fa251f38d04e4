import { conflict, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { createSecret, hashSecret } from '../issuing/secrets.ts';
import type { Row } from '../store/rows.ts';

/** What a machine is made of. */
export interface NewMachine {
  readonly id?: string | undefined;
  readonly name: string;
  /** Seconds; an hour by default. */
  readonly defaultTokenTtl?: number | undefined;
  readonly secretKey?: string | undefined;
}

/** Stores a machine with its first secret key. */
export async function createMachine(
  context: Context,
  data: NewMachine,
): Promise<{ row: Row<'machines'>; secretKey: string }> {
  const now = context.clock.now();
  const row: Row<'machines'> = {
    id: data.id ?? context.ids.create('mch'),
    name: data.name,
    default_token_ttl: data.defaultTokenTtl ?? 3600,
    created_at: now,
    updated_at: now,
  };
  await context.db.insertInto('machines').values(row).execute();
  return { row, secretKey: await addMachineSecret(context, row.id, data.secretKey) };
}

/** Gives a machine a further secret key, which from now on is the one it is shown. */
export async function addMachineSecret(
  context: Context,
  machineId: string,
  secret = createSecret('ak'),
): Promise<string> {
  await context.db
    .insertInto('machine_secrets')
    .values({
      secret_hash: hashSecret(secret),
      machine_id: machineId,
      secret_sealed: context.sealer.seal(secret),
      expires_at: null,
      created_at: context.clock.now(),
    })
    .execute();
  return secret;
}

/** @throws {ApiError} 404 */
export async function findMachine({ db }: Context, id: string): Promise<Row<'machines'>> {
  const row = await db.selectFrom('machines').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('machine', id);
  return row;
}

/**
 * Lets one machine call another.
 *
 * @throws {ApiError} 404 for an unknown machine, 409 for a scope that is there already.
 */
export async function addMachineScope(context: Context, from: string, to: string): Promise<Row<'machine_scopes'>> {
  const { db, clock } = context;
  await findMachine(context, from);
  await findMachine(context, to);
  const existing = await db
    .selectFrom('machine_scopes')
    .select('created_at')
    .where('from_machine_id', '=', from)
    .where('to_machine_id', '=', to)
    .executeTakeFirst();
  if (existing !== undefined)
    throw conflict('duplicate_record', 'The machine has this scope already.', 'to_machine_id');
  const row = { from_machine_id: from, to_machine_id: to, created_at: clock.now() };
  await db.insertInto('machine_scopes').values(row).execute();
  return row;
}
