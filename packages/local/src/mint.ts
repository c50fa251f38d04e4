import { notFound } from './api-error.ts';
import type { Context } from './context.ts';
import { issueApiKey } from './issuing/api-key.ts';
import { issueM2mToken } from './issuing/m2m-token.ts';
import { issueOAuthAccessToken } from './issuing/oauth-access-token.ts';
import { startSession } from './issuing/session.ts';
import { issueSessionToken } from './issuing/session-token.ts';
import { tokenCategory } from './issuing/signing-key.ts';
import { issueTemplateToken } from './issuing/template-token.ts';
import { createMachine, findMachine } from './resources/create-machine.ts';
import { findUser } from './resources/user.ts';

/** What every minted JWT may be told. Used with wrong values, they make tokens that must be refused. */
export interface MintJwtOptions {
  /** Seconds until it expires; negative makes one that has expired. */
  readonly expiresInSeconds?: number | undefined;
  /** Further claims; they win over the usual ones, so `{ iss: '…' }` or `{ exp: 0 }` make wrong tokens. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Members of the JOSE header; they win over the usual ones, so `{ cat: '…' }` or `{ kid: '…' }` make wrong tokens. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

export interface MintSessionOptions extends MintJwtOptions {
  readonly userId: string;
  /** A session of the user; by default a new one is started. */
  readonly sessionId?: string | undefined;
  /** Active organization; the user must belong to it for the token to say so. */
  readonly orgId?: string | undefined;
  /** Layout of the claims; 2 by default. */
  readonly v?: 1 | 2 | undefined;
  /** `nbf`, epoch seconds. */
  readonly notBefore?: number | undefined;
  readonly authorizedParty?: string | undefined;
  /** Who impersonates the user. */
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  /** Open tasks make a pending session. */
  readonly tasks?: readonly { readonly key: string }[] | undefined;
}

/** Makes tokens of every kind, for tests and for trying things out. What can be kept in the store is kept: it can be verified and revoked. */
export interface Mint {
  /** A session token, and with it a session unless one is named. */
  session(options: MintSessionOptions): Promise<string>;
  /** A token from a JWT template. */
  template(options: MintSessionOptions & { readonly template: string }): Promise<string>;
  /** A machine's token; of a new machine unless one is named. */
  m2m(
    options?: MintJwtOptions & {
      readonly machineId?: string | undefined;
      readonly format?: 'opaque' | 'jwt' | undefined;
    },
  ): Promise<string>;
  /** An OAuth access token. */
  oauth(
    options: MintJwtOptions & {
      readonly userId: string;
      readonly clientId?: string | undefined;
      readonly scopes?: readonly string[] | undefined;
      readonly audience?: readonly string[] | undefined;
      readonly format?: 'opaque' | 'jwt' | undefined;
    },
  ): Promise<string>;
  /** The secret of a new API key. */
  apiKey(options: {
    readonly subject: string;
    readonly name?: string | undefined;
    readonly scopes?: readonly string[] | undefined;
    readonly claims?: Readonly<Record<string, unknown>> | undefined;
    readonly expiresInSeconds?: number | undefined;
  }): Promise<string>;
  /** A handshake token that carries these `Set-Cookie` directives. */
  handshake(options: MintJwtOptions & { readonly directives: readonly unknown[] }): Promise<string>;
  /** Any claims at all, signed with the instance's key. */
  jwt(claims: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
}

export function createMint(context: Context): Mint {
  const sessionOf = async (tx: Context, options: MintSessionOptions) => {
    await findUser(tx, options.userId);
    if (options.sessionId === undefined) {
      const { userId, orgId, actor, tasks } = options;
      return startSession(tx, { userId, organizationId: orgId, actor, tasks });
    }
    const row = await tx.db.selectFrom('sessions').selectAll().where('id', '=', options.sessionId).executeTakeFirst();
    if (row === undefined) throw notFound('session', options.sessionId);
    return options.orgId === undefined ? row : { ...row, last_active_organization_id: options.orgId };
  };
  return {
    session: (options) =>
      context.transaction(async (tx) =>
        issueSessionToken(tx, await sessionOf(tx, options), { ...options, version: options.v }),
      ),
    template: (options) =>
      context.transaction(async (tx) =>
        issueTemplateToken(tx, await sessionOf(tx, options), options.template, options),
      ),
    m2m: (options = {}) =>
      context.transaction(async (tx) => {
        const { machineId } = options;
        const machine =
          machineId === undefined
            ? (await createMachine(tx, { name: 'minted' })).row
            : await findMachine(tx, machineId);
        return (await issueM2mToken(tx, machine, options)).token;
      }),
    oauth: ({ userId, clientId = 'minted', scopes = ['profile', 'email'], ...options }) =>
      context.transaction(
        async (tx) => (await issueOAuthAccessToken(tx, { ...options, subject: userId, clientId, scopes })).token,
      ),
    apiKey: (options) =>
      context.transaction(async (tx) => (await issueApiKey(tx, { ...options, name: options.name ?? 'minted' })).secret),
    async handshake({ directives, claims, header }) {
      return context.signingKey.signJwt(
        { handshake: directives, ...claims },
        { cat: tokenCategory.session, ...header },
      );
    },
    jwt: (claims, header) => context.signingKey.signJwt(claims, header),
  };
}
