import { invalidParam, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { findUserByIdentifier } from '../frontend-api/sign-in/find-user.ts';
import { createMint } from '../mint.ts';

/** Kinds of token that can be minted by name. */
export const tokenKinds = ['session', 'api_key', 'm2m', 'oauth'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** Which token is wanted. Users, organizations and machines go by id or by what a person calls them. */
export interface TokenRequest {
  readonly kind: TokenKind;
  /** E-mail address, user name or id; the first user by default. */
  readonly user?: string | undefined;
  /** Slug or id of the active organization. */
  readonly organization?: string | undefined;
  /** Name of a JWT template, for a session. */
  readonly template?: string | undefined;
  /** Name or id of the machine whose token it is. */
  readonly machine?: string | undefined;
  /** Client id of the OAuth application. */
  readonly client?: string | undefined;
  readonly format?: 'opaque' | 'jwt' | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Seconds; negative makes a token that has expired. */
  readonly expiresInSeconds?: number | undefined;
}

/**
 * Makes a token of a kind.
 *
 * @throws {ApiError} 404 for somebody or something unknown, 422 for a kind that does not exist.
 */
export async function mintToken(context: Context, request: TokenRequest): Promise<string> {
  const mint = createMint(context);
  const { kind, scopes, claims, expiresInSeconds, format } = request;
  switch (kind) {
    case 'session': {
      const orgId =
        request.organization === undefined ? undefined : await organizationId(context, request.organization);
      const options = { userId: await userId(context, request.user), orgId, claims, expiresInSeconds };
      return request.template === undefined
        ? mint.session(options)
        : mint.template({ ...options, template: request.template });
    }
    case 'api_key': {
      const subject =
        request.organization === undefined
          ? await userId(context, request.user)
          : await organizationId(context, request.organization);
      return mint.apiKey({ subject, scopes, claims, expiresInSeconds });
    }
    case 'm2m':
      return mint.m2m({ machineId: await machineId(context, request.machine), format, claims, expiresInSeconds });
    case 'oauth':
      return mint.oauth({
        userId: await userId(context, request.user),
        clientId: request.client,
        scopes,
        format,
        claims,
        expiresInSeconds,
      });
    default:
      throw invalidParam('kind', `must be one of ${tokenKinds.join(', ')}`);
  }
}

async function userId(context: Context, name: string | undefined): Promise<string> {
  const { db } = context;
  if (name === undefined) {
    const first = await db.selectFrom('users').select('id').orderBy('created_at').orderBy('id').executeTakeFirst();
    if (first === undefined) throw notFound('user');
    return first.id;
  }
  const byId = await db.selectFrom('users').select('id').where('id', '=', name).executeTakeFirst();
  const user = byId ?? (await findUserByIdentifier(context, name));
  if (user === undefined) throw notFound('user', name);
  return user.id;
}

async function organizationId({ db }: Context, name: string): Promise<string> {
  const row = await db
    .selectFrom('organizations')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', name), eb('slug', '=', name)]))
    .executeTakeFirst();
  if (row === undefined) throw notFound('organization', name);
  return row.id;
}

async function machineId({ db }: Context, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const row = await db
    .selectFrom('machines')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', name), eb('name', '=', name)]))
    .executeTakeFirst();
  if (row === undefined) throw notFound('machine', name);
  return row.id;
}
