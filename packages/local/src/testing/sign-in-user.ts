import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { issueDevBrowser } from '../frontend-api/browser/dev-browser.ts';
import { membershipOf } from '../frontend-api/browser/switch-organization.ts';
import { findUserByIdentifier } from '../frontend-api/sign-in/find-user.ts';
import { startSession } from '../issuing/session.ts';
import { cookieSuffix } from '../issuing/session-cookies.ts';
import { issueSessionToken } from '../issuing/session-token.ts';
import { createUser, type NewUser } from '../resources/create-user.ts';
import { readUser } from '../resources/user.ts';
import type { Row } from '../store/rows.ts';

/** A user to sign in who need not be there before. */
export type TestUser = Pick<
  NewUser,
  'username' | 'firstName' | 'lastName' | 'publicMetadata' | 'privateMetadata' | 'unsafeMetadata'
> & {
  readonly email?: string | undefined;
};

export interface SignInOptions {
  /** Slug or id of an organization that the user belongs to, to be active in. */
  readonly organization?: string | undefined;
  /** Origin of the application, the `azp` of the token. */
  readonly origin?: string | undefined;
  /** Who impersonates the user. */
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  /** What the user has to do first: a pending session. */
  readonly tasks?: readonly { readonly key: string }[] | undefined;
  /** Lifetime of the token in seconds; negative for one that has expired. */
  readonly expiresInSeconds?: number | undefined;
  /** Further claims of the token. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/** A user who is signed in, as a browser or a program shows it to an application. */
export interface SignedInUser {
  readonly userId: string;
  readonly sessionId: string;
  /** The session token. */
  readonly token: string;
  /** For programs: the token as a bearer. */
  readonly headers: { readonly authorization: string };
  /** For browsers: all cookies that the application would have set. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The same as one `Cookie` header. */
  readonly cookieHeader: string;
}

/**
 * Signs a user in without a page: a client, a session, its token, and the cookies that a handshake would have brought.
 *
 * @throws {ApiError} 404 for a user or an organization that is not there.
 */
export async function signInUser(
  context: Context,
  who: string | TestUser,
  options: SignInOptions,
): Promise<SignedInUser> {
  return context.transaction(async (tx) => {
    const user = typeof who === 'string' ? await findTestUser(tx, who) : await createTestUser(tx, who);
    const organizationId =
      options.organization === undefined ? undefined : await membershipOf(tx, user.id, options.organization);
    if (options.organization !== undefined && organizationId === undefined)
      throw notFound('organization of the user', options.organization);
    const { actor, tasks, claims, expiresInSeconds, origin } = options;
    const session = await startSession(tx, { userId: user.id, organizationId, actor, tasks });
    const token = await issueSessionToken(tx, session, { claims, expiresInSeconds, authorizedParty: origin });
    const cookies = await cookiesOf(tx, session, token);
    return {
      userId: user.id,
      sessionId: session.id,
      token,
      headers: { authorization: `Bearer ${token}` },
      cookies,
      cookieHeader: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    };
  });
}

async function cookiesOf(context: Context, session: Row<'sessions'>, token: string): Promise<Record<string, string>> {
  const suffix = cookieSuffix(context.instance.publishableKey);
  const values = {
    __session: token,
    __client_uat: String(Math.floor(session.created_at / 1000)),
    __clerk_db_jwt: await issueDevBrowser(context, session.client_id),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [name, value],
      [`${name}_${suffix}`, value],
    ]),
  );
}

async function findTestUser(context: Context, name: string): Promise<Row<'users'>> {
  const byId = await context.db.selectFrom('users').selectAll().where('id', '=', name).executeTakeFirst();
  const user = byId ?? (await findUserByIdentifier(context, name));
  if (user === undefined) throw notFound('user', name);
  return user;
}

async function createTestUser(context: Context, { email, ...data }: TestUser): Promise<Row<'users'>> {
  // Names nobody else has, so that tests need not make them up.
  const emailAddress = email ?? `${context.ids.create('user').toLowerCase().replace('_', '-')}@example.com`;
  const user = await createUser(context, { ...data, emailAddresses: [emailAddress] });
  await context.emit('user.created', await readUser(context, user.id));
  return user;
}
