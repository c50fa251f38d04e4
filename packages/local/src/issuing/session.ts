import type { Context } from '../context.ts';
import { toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';

/** How a session begins. */
export interface StartSessionOptions {
  readonly userId: string;
  /** The client (browser) it belongs to; a new one when absent. */
  readonly clientId?: string | undefined;
  readonly organizationId?: string | null | undefined;
  /** Who impersonates the user. */
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  /** Lifetime in seconds; the instance's setting (seven days) by default. */
  readonly lifetimeSeconds?: number | undefined;
  readonly secondFactorVerified?: boolean | undefined;
  /** What the user has to do before the session counts as active. */
  readonly tasks?: readonly { readonly key: string }[] | undefined;
  readonly activity?: Readonly<Record<string, unknown>> | undefined;
}

/** Starts an active session and marks the user's last sign-in. Does not ask whether the user may sign in. */
export async function startSession(context: Context, options: StartSessionOptions): Promise<Row<'sessions'>> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const { sessions } = await readSettings(db);
  const clientId = options.clientId ?? (await createClient(context)).id;
  const lifetime = options.lifetimeSeconds ?? sessions.lifetime;
  const row: Row<'sessions'> = {
    id: ids.create('sess'),
    user_id: options.userId,
    client_id: clientId,
    status: 'active',
    actor: toJsonOrNull(options.actor),
    last_active_organization_id: options.organizationId ?? null,
    last_active_at: now,
    latest_activity: toJsonOrNull(options.activity),
    tasks: options.tasks === undefined || options.tasks.length === 0 ? null : toJsonOrNull(options.tasks),
    first_factor_verified_at: now,
    second_factor_verified_at: options.secondFactorVerified ? now : null,
    expire_at: now + lifetime * 1000,
    abandon_at: now + sessions.abandonAfter * 1000,
    created_at: now,
    updated_at: now,
  };
  await db.insertInto('sessions').values(row).execute();
  await db
    .updateTable('clients')
    .set({ last_active_session_id: row.id, updated_at: now })
    .where('id', '=', clientId)
    .execute();
  // An impersonator's visit is not the user's.
  if (options.actor === undefined) {
    await db
      .updateTable('users')
      .set({ last_sign_in_at: now, last_active_at: now })
      .where('id', '=', options.userId)
      .execute();
  }
  return row;
}

/** A new client without sessions. `tokenHash` is the hash of the secret that its browser holds. */
export async function createClient(
  { db, clock, ids }: Context,
  tokenHash: string | null = null,
): Promise<Row<'clients'>> {
  const now = clock.now();
  const row: Row<'clients'> = {
    id: ids.create('client'),
    token_hash: tokenHash,
    sign_in_id: null,
    sign_up_id: null,
    last_active_session_id: null,
    last_authentication_strategy: null,
    created_at: now,
    updated_at: now,
  };
  await db.insertInto('clients').values(row).execute();
  return row;
}

/** The status of a session at this moment: an active one whose time has run out is expired or abandoned. */
export function sessionStatus(session: Row<'sessions'>, now: number): string {
  if (session.status !== 'active') return session.status;
  if (session.abandon_at <= now) return 'abandoned';
  return session.expire_at <= now ? 'expired' : 'active';
}
