import { badRequest, conflict, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { WaitlistEntry } from '../contract/wire.generated.ts';
import { createInvitation } from '../resources/create-invitation.ts';
import { toDeleted } from '../resources/deleted.ts';
import { normalizeEmail } from '../resources/email-address.ts';
import { toInvitation } from '../resources/invitation.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { contains, readPage } from './list.ts';

/** Most entries in one request. */
const largestBulk = 50;

export const waitlistEntries = {
  async 'waitlistEntries.list'(context, { query }) {
    const { query: text, status } = query;
    let entries = context.db.selectFrom('waitlist_entries');
    if (text) entries = entries.where((eb) => eb.or([eb('id', '=', text), contains('email_address', text)]));
    if (status !== undefined) entries = entries.where('status', '=', status);
    const { rows, total } = await readPage(entries, query);
    return { data: await toEntries(context, rows), total_count: total };
  },

  async 'waitlistEntries.create'(context, { body }) {
    return readEntry(context, (await add(context, body.email_address, body.notify)).id);
  },

  async 'waitlistEntries.createBulk'(context, { body }) {
    if (body.length === 0 || body.length > largestBulk) {
      throw badRequest('form_param_invalid', `Between 1 and ${largestBulk} entries can be made at once.`);
    }
    const rows = [];
    for (const one of body) rows.push(await add(context, one.email_address, one.notify));
    return toEntries(context, rows);
  },

  async 'waitlistEntries.delete'(context, { path }) {
    const row = await findEntry(context, path.waitlist_entry_id);
    if (row.status !== 'pending') throw conflict('waitlist_entry_not_pending', 'Only a pending entry can be deleted.');
    await context.db.deleteFrom('waitlist_entries').where('id', '=', row.id).execute();
    return toDeleted('waitlist_entry', row.id);
  },

  async 'waitlistEntries.invite'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findEntry(context, path.waitlist_entry_id);
    if (row.status === 'completed') throw conflict('waitlist_entry_completed', 'The entry has signed up already.');
    if (row.status === 'invited' && !body.ignore_existing)
      throw conflict('waitlist_entry_already_invited', 'The entry has been invited already.');
    const invitation = await createInvitation(context, {
      emailAddress: row.email_address,
      ignoreExisting: body.ignore_existing,
      template: 'waitlist_invitation',
    });
    const now = clock.now();
    await db
      .updateTable('waitlist_entries')
      .set({ status: 'invited', invitation_id: invitation.id, invited_at: now, updated_at: now })
      .where('id', '=', row.id)
      .execute();
    const entry = await readEntry(context, row.id);
    await context.emit('waitlistEntry.updated', entry);
    return entry;
  },

  async 'waitlistEntries.reject'(context, { path }) {
    const { db, clock } = context;
    const row = await findEntry(context, path.waitlist_entry_id);
    if (row.status !== 'pending')
      throw conflict('waitlist_entry_not_pending', `The entry is ${row.status} and cannot be rejected.`);
    await db
      .updateTable('waitlist_entries')
      .set({ status: 'rejected', updated_at: clock.now() })
      .where('id', '=', row.id)
      .execute();
    const entry = await readEntry(context, row.id);
    await context.emit('waitlistEntry.updated', entry);
    return entry;
  },
} satisfies Partial<Handlers>;

async function add(context: Context, address: string, notify: boolean): Promise<Row<'waitlist_entries'>> {
  const { db, clock, ids } = context;
  const email = normalizeEmail(address);
  if (email === undefined)
    throw unprocessable('form_param_format_invalid', 'email_address', 'email_address must be a valid email address.');
  // Who waits already goes on waiting in the same place.
  const waiting = await db
    .selectFrom('waitlist_entries')
    .selectAll()
    .where('email_address', '=', email)
    .executeTakeFirst();
  if (waiting !== undefined) return waiting;
  const now = clock.now();
  const row = await db
    .insertInto('waitlist_entries')
    .values({ id: ids.create('wle'), email_address: email, status: 'pending', created_at: now, updated_at: now })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (notify) {
    await context.send({
      channel: 'email',
      recipient: email,
      template: 'waitlist_confirmation',
      subject: 'You are on the waitlist',
      body: 'Thank you for joining the waitlist. We will write to you when it is your turn.',
      data: {},
    });
  }
  await context.emit('waitlistEntry.created', await readEntry(context, row.id));
  return row;
}

async function findEntry({ db }: Context, id: string): Promise<Row<'waitlist_entries'>> {
  const row = await db.selectFrom('waitlist_entries').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('waitlist entry', id);
  return row;
}

async function readEntry(context: Context, id: string): Promise<WaitlistEntry> {
  const [entry] = await toEntries(context, [await findEntry(context, id)]);
  if (entry === undefined) throw notFound('waitlist entry', id);
  return entry;
}

async function toEntries({ db, clock }: Context, rows: readonly Row<'waitlist_entries'>[]): Promise<WaitlistEntry[]> {
  const invitationIds = rows.flatMap(({ invitation_id: id }) => (id === null ? [] : [id]));
  const invitations =
    invitationIds.length === 0
      ? []
      : await db.selectFrom('invitations').selectAll().where('id', 'in', invitationIds).execute();
  return rows.map((row) => {
    const invitation = invitations.find(({ id }) => id === row.invitation_id);
    return {
      object: 'waitlist_entry',
      id: row.id,
      email_address: row.email_address,
      status: row.status,
      is_locked: row.is_locked === 1,
      created_at: row.created_at,
      updated_at: row.updated_at,
      invitation: invitation === undefined ? null : toInvitation(invitation, clock.now()),
    };
  });
}
