import type { Context } from '../../context.ts';
import type { Session, User } from '../../contract/wire.generated.ts';
import { issueSessionToken } from '../../issuing/session-token.ts';
import { publicUserData } from '../../resources/organization.ts';
import { toSession } from '../../resources/session.ts';
import { readUser } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';
import { activeSessions } from '../browser/active-session.ts';

/** A session as its own browser sees it. */
export interface BrowserSession extends Session {
  readonly last_active_token: { readonly object: 'token'; readonly jwt: string };
  readonly public_user_data: unknown;
  readonly user: unknown;
}

/** A client as its own browser sees it: the active sessions, the one used last first. */
export interface BrowserClient {
  readonly object: 'client';
  readonly id: string;
  readonly sessions: readonly BrowserSession[];
  readonly last_active_session_id: string | null;
  readonly sign_in: null;
  readonly sign_up: null;
  readonly cookie_expires_at: null;
  readonly created_at: number;
  readonly updated_at: number;
}

export async function toBrowserClient(
  context: Context,
  client: Row<'clients'>,
  origin: string | undefined,
): Promise<BrowserClient> {
  const sessions: BrowserSession[] = [];
  for (const session of await activeSessions(context, client))
    sessions.push(await toBrowserSession(context, session, origin));
  return {
    object: 'client',
    id: client.id,
    sessions,
    last_active_session_id: sessions[0]?.id ?? null,
    sign_in: null,
    sign_up: null,
    cookie_expires_at: null,
    created_at: client.created_at,
    updated_at: client.updated_at,
  };
}

/** @param origin Of the page whose script asks; the `azp` of the token. */
export async function toBrowserSession(
  context: Context,
  session: Row<'sessions'>,
  origin: string | undefined,
): Promise<BrowserSession> {
  const faces = await publicUserData(context, [session.user_id]);
  return {
    ...toSession(session, context.clock.now()),
    last_active_token: { object: 'token', jwt: await issueSessionToken(context, session, { authorizedParty: origin }) },
    public_user_data: faces.get(session.user_id) ?? null,
    user: withoutPrivate(await readUser(context, session.user_id)),
  };
}

/** A user without what is meant for backends alone, at every depth that has it. */
function withoutPrivate(user: User): unknown {
  const { private_metadata: _, ...open } = user;
  const memberships = user.organization_memberships.map(({ private_metadata: _own, organization, ...membership }) => {
    const { private_metadata: _its, ...rest } = organization;
    return { ...membership, organization: rest };
  });
  return { ...open, organization_memberships: memberships };
}
