import type { HonoRequest } from 'hono';
import type { Context } from '../../context.ts';
import type { User } from '../../contract/wire.generated.ts';
import { readUser } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';
import { activeSession } from '../browser/active-session.ts';
import { findClient } from '../browser/client.ts';

/** Who is at a page of ours. */
export interface Visitor {
  readonly client: Row<'clients'> | undefined;
  readonly session: Row<'sessions'> | undefined;
}

export async function findVisitor(context: Context, request: HonoRequest): Promise<Visitor> {
  const client = await findClient(context, request);
  return { client, session: client === undefined ? undefined : await activeSession(context, client) };
}

/** The name by which a page addresses a user. */
export async function displayName(context: Context, userId: string): Promise<string> {
  return nameOf(await readUser(context, userId));
}

export function nameOf(user: User): string {
  const full = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return full || emailOf(user) || user.username || user.phone_numbers[0]?.phone_number || user.id;
}

export function emailOf(user: User): string | undefined {
  return user.email_addresses.find(({ id }) => id === user.primary_email_address_id)?.email_address;
}
