import type { Context } from '../../context.ts';
import { startSession } from '../../issuing/session.ts';
import { endSession } from '../../resources/end-sessions.ts';
import { toSession } from '../../resources/session.ts';
import type { Row } from '../../store/rows.ts';
import { activeSessions } from '../browser/active-session.ts';
import { renewClient, startClient } from '../browser/client.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';

/** Who signs in, and by what. */
export interface NewSignIn {
  readonly userId: string;
  /** The client of the browser, if it has one. */
  readonly client: Row<'clients'> | undefined;
  /** `password`, `email_code`, `ticket`. */
  readonly strategy: string;
  readonly secondFactorVerified?: boolean;
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  readonly lifetimeSeconds?: number | undefined;
  readonly organizationId?: string | undefined;
  /** The sign-up that led here. */
  readonly signUpId?: string | undefined;
  readonly activity?: Readonly<Record<string, unknown>> | undefined;
}

/** What the browser gets of it. */
export interface SignedIn {
  readonly session: Row<'sessions'>;
  readonly client: Row<'clients'>;
  /** Names the client to applications on other hosts. */
  readonly devBrowser: string;
  /** `Set-Cookie` lines for our own host. */
  readonly cookies: readonly string[];
}

/**
 * Starts the session of a user who has proven to be the one and may sign in. It replaces what was active on the client, and
 * the client gets new tokens, so that none that was known before leads to the session.
 */
export async function completeSignIn(context: Context, signIn: NewSignIn): Promise<SignedIn> {
  const { client, cookies } = await (signIn.client === undefined
    ? startClient(context)
    : renewClient(context, signIn.client));
  for (const session of await activeSessions(context, client)) await endSession(context, session, 'replaced');
  const session = await startSession(context, { ...signIn, clientId: client.id });
  await context.db
    .updateTable('clients')
    .set({ last_authentication_strategy: signIn.strategy, sign_in_id: null, sign_up_id: null })
    .where('id', '=', client.id)
    .execute();
  if (signIn.signUpId !== undefined) {
    await context.db
      .updateTable('sign_ups')
      .set({ created_session_id: session.id })
      .where('id', '=', signIn.signUpId)
      .execute();
  }
  await context.emit('session.created', toSession(session, context.clock.now()));
  // Starting the session was a change of the client.
  const changed = { ...client, last_active_session_id: session.id, updated_at: session.created_at };
  return { session, client: changed, devBrowser: await issueDevBrowser(context, client.id), cookies };
}
