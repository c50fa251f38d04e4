import { notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Machine } from '../contract/wire.generated.ts';
import { addMachineScope, addMachineSecret, createMachine, findMachine } from '../resources/create-machine.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { contains, readPage } from './list.ts';

/** Machines that one machine may call. */
const mostScopes = 150;

export const machines = {
  async 'machines.list'(context, { query }) {
    const text = query.query;
    let rows = context.db.selectFrom('machines');
    if (text) rows = rows.where((eb) => eb.or([eb('id', '=', text), contains('name', text)]));
    const { rows: page, total } = await readPage(rows, query);
    return { data: await toMachines(context, page), total_count: total };
  },

  async 'machines.create'(context, { body }) {
    assertName(body.name);
    const { row, secretKey } = await createMachine(context, {
      name: body.name,
      defaultTokenTtl: body.default_token_ttl,
    });
    for (const target of new Set(body.scoped_machines ?? [])) await addMachineScope(context, row.id, target);
    return { ...(await readMachine(context, row.id)), secret_key: secretKey };
  },

  'machines.get': (context, { path }) => readMachine(context, path.machine_id),

  async 'machines.update'(context, { path, body }) {
    await findMachine(context, path.machine_id);
    if (body.name !== undefined) assertName(body.name);
    await context.db
      .updateTable('machines')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(body.default_token_ttl !== undefined && { default_token_ttl: body.default_token_ttl }),
        updated_at: context.clock.now(),
      })
      .where('id', '=', path.machine_id)
      .execute();
    return readMachine(context, path.machine_id);
  },

  async 'machines.delete'(context, { path }) {
    const machine = await findMachine(context, path.machine_id);
    // Its keys, scopes and tokens go by their foreign keys.
    await context.db.deleteFrom('machines').where('id', '=', machine.id).execute();
    return { object: 'machine', id: machine.id, deleted: true };
  },

  async 'machines.getSecretKey'(context, { path }) {
    await findMachine(context, path.machine_id);
    const newest = await context.db
      .selectFrom('machine_secrets')
      .select('secret_sealed')
      .where('machine_id', '=', path.machine_id)
      .where('expires_at', 'is', null)
      .executeTakeFirst();
    if (newest === undefined) throw notFound('secret key of the machine', path.machine_id);
    return { object: 'machine_secret_key', secret: context.sealer.open(newest.secret_sealed) };
  },

  async 'machines.rotateSecretKey'(context, { path, body }) {
    const { db, clock } = context;
    await findMachine(context, path.machine_id);
    const now = clock.now();
    await db
      .updateTable('machine_secrets')
      .set({ expires_at: now + body.previous_token_ttl * 1000 })
      .where('machine_id', '=', path.machine_id)
      .where('expires_at', 'is', null)
      .execute();
    await db
      .deleteFrom('machine_secrets')
      .where('machine_id', '=', path.machine_id)
      .where('expires_at', '<=', now)
      .execute();
    return { object: 'machine_secret_key', secret: await addMachineSecret(context, path.machine_id) };
  },

  async 'machines.createScope'(context, { path, body }) {
    const { count } = await context.db
      .selectFrom('machine_scopes')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('from_machine_id', '=', path.machine_id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= mostScopes) {
      throw unprocessable(
        'machine_scopes_quota_exceeded',
        'to_machine_id',
        `A machine has at most ${mostScopes} scopes.`,
      );
    }
    return { object: 'machine_scope', ...(await addMachineScope(context, path.machine_id, body.to_machine_id)) };
  },

  async 'machines.deleteScope'(context, { path }) {
    await findMachine(context, path.machine_id);
    const gone = await context.db
      .deleteFrom('machine_scopes')
      .where('from_machine_id', '=', path.machine_id)
      .where('to_machine_id', '=', path.other_machine_id)
      .returning('created_at')
      .executeTakeFirst();
    if (gone === undefined) throw notFound('scope to machine', path.other_machine_id);
    return {
      object: 'machine_scope',
      from_machine_id: path.machine_id,
      to_machine_id: path.other_machine_id,
      deleted: true,
    };
  },
} satisfies Partial<Handlers>;

function assertName(name: string): void {
  if (name.trim() === '' || name.length > 256)
    throw unprocessable('form_param_invalid', 'name', 'name must have 1 to 256 characters.');
}

async function readMachine(context: Context, id: string): Promise<Machine> {
  const [machine] = await toMachines(context, [await findMachine(context, id)]);
  if (machine === undefined) throw notFound('machine', id);
  return machine;
}

/** Machines with those that they may call; those are shown without theirs. */
async function toMachines({ db, instance }: Context, rows: readonly Row<'machines'>[]): Promise<Machine[]> {
  if (rows.length === 0) return [];
  const plain = (row: Row<'machines'>): Machine => ({
    object: 'machine',
    id: row.id,
    name: row.name,
    instance_id: instance.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    default_token_ttl: row.default_token_ttl,
    scoped_machines: [],
  });
  const targets = await db
    .selectFrom('machine_scopes')
    .innerJoin('machines', 'machines.id', 'machine_scopes.to_machine_id')
    .selectAll('machines')
    .select('machine_scopes.from_machine_id')
    .where(
      'from_machine_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('machine_scopes.created_at')
    .orderBy('machines.id')
    .execute();
  return rows.map((row) => ({
    ...plain(row),
    scoped_machines: targets.filter((target) => target.from_machine_id === row.id).map(plain),
  }));
}
