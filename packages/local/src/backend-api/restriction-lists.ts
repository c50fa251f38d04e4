import { notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { AllowlistIdentifier, BlocklistIdentifier } from '../contract/wire.generated.ts';
import { createInvitation } from '../resources/create-invitation.ts';
import { toDeleted } from '../resources/deleted.ts';
import { readListedIdentifier } from '../resources/identifier.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { readPage } from './list.ts';

export const restrictionLists = {
  async 'allowlistIdentifiers.getAllowlistIdentifierList'(context, { query }) {
    const { rows, total } = await readPage(context.db.selectFrom('allowlist_identifiers'), query);
    return { data: rows.map((row) => toAllowed(context, row)), total_count: total };
  },

  async 'allowlistIdentifiers.createAllowlistIdentifier'(context, { body }) {
    const { db, clock, ids } = context;
    const { identifier, type } = readListedIdentifier(body.identifier);
    await assertUnlisted(context, 'allowlist_identifiers', identifier);
    if (body.notify && (type === 'web3_wallet' || identifier.startsWith('*'))) {
      throw unprocessable('form_param_invalid', 'notify', 'Only an email address or a phone number can be notified.');
    }
    const invitation =
      body.notify && type === 'email_address'
        ? await createInvitation(context, { emailAddress: identifier, ignoreExisting: true })
        : undefined;
    if (body.notify && type === 'phone_number') {
      const text = 'You are invited to sign up.';
      await context.send({
        channel: 'sms',
        recipient: identifier,
        template: 'invitation',
        subject: '',
        body: text,
        data: {},
      });
    }
    const now = clock.now();
    const row = await db
      .insertInto('allowlist_identifiers')
      .values({
        id: ids.create('alid'),
        identifier,
        identifier_type: type,
        invitation_id: invitation?.id ?? null,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toAllowed(context, row);
  },

  async 'allowlistIdentifiers.deleteAllowlistIdentifier'(context, { path }) {
    return remove(context, 'allowlist_identifiers', 'allowlist_identifier', path.identifier_id);
  },

  async 'blocklistIdentifiers.getBlocklistIdentifierList'(context, { query }) {
    const { rows, total } = await readPage(context.db.selectFrom('blocklist_identifiers'), {
      limit: query.limit ?? 500,
      offset: query.offset ?? 0,
    });
    return { data: rows.map((row) => toBlocked(context, row)), total_count: total };
  },

  async 'blocklistIdentifiers.createBlocklistIdentifier'(context, { body }) {
    const { db, clock, ids } = context;
    const { identifier, type } = readListedIdentifier(body.identifier);
    await assertUnlisted(context, 'blocklist_identifiers', identifier);
    const now = clock.now();
    const row = await db
      .insertInto('blocklist_identifiers')
      .values({ id: ids.create('blid'), identifier, identifier_type: type, created_at: now, updated_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toBlocked(context, row);
  },

  async 'blocklistIdentifiers.deleteBlocklistIdentifier'(context, { path }) {
    return remove(context, 'blocklist_identifiers', 'blocklist_identifier', path.identifier_id);
  },
} satisfies Partial<Handlers>;

type ListTable = 'allowlist_identifiers' | 'blocklist_identifiers';

async function assertUnlisted({ db }: Context, table: ListTable, identifier: string): Promise<void> {
  const listed = await db.selectFrom(table).select('id').where('identifier', '=', identifier).executeTakeFirst();
  if (listed !== undefined)
    throw unprocessable('duplicate_record', 'identifier', 'The identifier is on the list already.');
}

async function remove({ db }: Context, table: ListTable, object: string, id: string) {
  const gone = await db.deleteFrom(table).where('id', '=', id).returning('id').executeTakeFirst();
  if (gone === undefined) throw notFound(object.replace('_', ' '), id);
  return toDeleted(object, id);
}

function toAllowed({ instance }: Context, row: Row<'allowlist_identifiers'>): AllowlistIdentifier {
  return {
    object: 'allowlist_identifier',
    id: row.id,
    ...(row.invitation_id !== null && { invitation_id: row.invitation_id }),
    identifier: row.identifier,
    identifier_type: row.identifier_type,
    instance_id: instance.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function toBlocked({ instance }: Context, row: Row<'blocklist_identifiers'>): BlocklistIdentifier {
  return {
    object: 'blocklist_identifier',
    id: row.id,
    identifier: row.identifier,
    identifier_type: row.identifier_type,
    instance_id: instance.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
