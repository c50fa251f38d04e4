import type { Context } from '../../context.ts';
import { hashSecret } from '../../issuing/secrets.ts';
import { fromJson } from '../../store/json-column.ts';
import type { Row } from '../../store/rows.ts';

/** The query parameter that carries a ticket to a page. */
export const ticketParameter = '__clerk_ticket';

/** A session that somebody may start without a password: the user, an impersonator, an agent. */
export interface SessionTicket {
  readonly kind: 'session';
  readonly table: 'sign_in_tokens' | 'actor_tokens' | 'agent_tasks';
  readonly id: string;
  readonly userId: string;
  readonly actor?: Readonly<Record<string, unknown>>;
  /** How long the session may last, in seconds. */
  readonly lifetimeSeconds?: number;
}

/** What a ticket is good for. */
export type Ticket =
  | SessionTicket
  | { readonly kind: 'invitation'; readonly invitation: Row<'invitations'> }
  | { readonly kind: 'organization-invitation'; readonly invitation: Row<'organization_invitations'> };

/** The ticket that a secret stands for; undefined when it is unknown, used, taken back or too old. */
export async function findTicket(context: Context, secret: string): Promise<Ticket | undefined> {
  const hash = hashSecret(secret);
  return (await findSessionTicket(context, hash)) ?? findInvitation(context, hash);
}

/** Uses a ticket for a session up. Answers whether it was there to be used: of two at once, one gets it. */
export async function useSessionTicket({ db, clock }: Context, { table, id }: SessionTicket): Promise<boolean> {
  const used = await db
    .updateTable(table)
    .set({ status: 'accepted', updated_at: clock.now() })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

async function findSessionTicket({ db, clock }: Context, hash: string): Promise<SessionTicket | undefined> {
  const now = clock.now();
  const signIn = await db
    .selectFrom('sign_in_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (signIn !== undefined) return { kind: 'session', table: 'sign_in_tokens', id: signIn.id, userId: signIn.user_id };
  const actor = await db
    .selectFrom('actor_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (actor !== undefined) {
    return {
      kind: 'session',
      table: 'actor_tokens',
      id: actor.id,
      userId: actor.user_id,
      actor: fromJson(actor.actor),
      lifetimeSeconds: actor.session_max_duration_in_seconds,
    };
  }
  const task = await db
    .selectFrom('agent_tasks')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (task === undefined) return undefined;
  return {
    kind: 'session',
    table: 'agent_tasks',
    id: task.id,
    userId: task.user_id,
    actor: { sub: task.agent_id, type: 'agent' },
    lifetimeSeconds: task.session_max_duration_in_seconds,
  };
}

async function findInvitation({ db, clock }: Context, hash: string): Promise<Ticket | undefined> {
  const now = clock.now();
  const invitation = await db
    .selectFrom('invitations')
    .selectAll()
    .where('ticket_hash', '=', hash)
    .where('status', '=', 'pending')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  if (invitation !== undefined) return { kind: 'invitation', invitation };
  const membership = await db
    .selectFrom('organization_invitations')
    .selectAll()
    .where('ticket_hash', '=', hash)
    .where('status', '=', 'pending')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  return membership === undefined ? undefined : { kind: 'organization-invitation', invitation: membership };
}
