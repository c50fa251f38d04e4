import { invalidParam, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { createTicket } from '../issuing/ticket.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { normalizeEmail } from './email-address.ts';
import { assertMetadata } from './metadata.ts';

/** What an invitation to the application is made of. */
export interface NewInvitation {
  readonly emailAddress: string;
  readonly publicMetadata?: object | undefined;
  readonly redirectUrl?: string | undefined;
  /** 30 by default. */
  readonly expiresInDays?: number | undefined;
  /** Whether it is sent by mail. Default `true`. */
  readonly notify?: boolean | undefined;
  /** Whether to invite somebody who has been invited, or is a user, already. Default `false`. */
  readonly ignoreExisting?: boolean | undefined;
  readonly template?: 'invitation' | 'waitlist_invitation' | undefined;
}

const day = 24 * 60 * 60 * 1000;

/** @throws {ApiError} 422 for an address that is malformed, taken or invited already, or a redirect that is no URL. */
export async function createInvitation(context: Context, data: NewInvitation): Promise<Row<'invitations'>> {
  const { db, clock, ids, instance } = context;
  const email = normalizeEmail(data.emailAddress);
  if (email === undefined)
    throw unprocessable('form_param_format_invalid', 'email_address', 'email_address must be a valid email address.');
  assertMetadata(data.publicMetadata, 'public_metadata');
  if (data.redirectUrl !== undefined && !URL.canParse(data.redirectUrl))
    throw invalidParam('redirect_url', 'must be an absolute URL.');
  const days = data.expiresInDays ?? 30;
  if (days < 1 || days > 365) throw invalidParam('expires_in_days', 'must be from 1 to 365.');
  const now = clock.now();
  if (data.ignoreExisting !== true) await assertNobody(context, email);
  const ticket = createTicket(instance, data.redirectUrl);
  const row = await db
    .insertInto('invitations')
    .values({
      id: ids.create('inv'),
      email_address: email,
      status: 'pending',
      public_metadata: toJson(data.publicMetadata ?? {}),
      ticket_hash: ticket.hash,
      url: ticket.url,
      redirect_url: data.redirectUrl ?? null,
      expires_at: now + days * day,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (data.notify !== false) {
    await context.send({
      channel: 'email',
      recipient: email,
      template: data.template ?? 'invitation',
      subject: 'You are invited',
      body: `You are invited to sign up: ${ticket.url}`,
      data: { url: ticket.url },
    });
  }
  return row;
}

async function assertNobody({ db, clock }: Context, email: string): Promise<void> {
  const user = await db
    .selectFrom('email_addresses')
    .select('id')
    .where('email_address', '=', email)
    .executeTakeFirst();
  if (user !== undefined)
    throw unprocessable('form_identifier_exists', 'email_address', 'That email address is taken.');
  const pending = await db
    .selectFrom('invitations')
    .select('id')
    .where('email_address', '=', email)
    .where('status', '=', 'pending')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', clock.now())]))
    .executeTakeFirst();
  if (pending !== undefined)
    throw unprocessable('duplicate_record', 'email_address', 'That email address has been invited already.');
}
