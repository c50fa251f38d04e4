import type { Context } from '../context.ts';
import { tokenCategory } from '../issuing/signing-key.ts';
import { userClaims } from './user-claims.ts';

/** What an ID token is about. */
export interface IdTokenFacts {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly nonce: string | null;
  /** When the user proved to be the one, epoch milliseconds. */
  readonly authenticatedAt: number | null;
}

/** How long an ID token counts, in seconds. */
const lifetime = 60 * 60;

/**
 * An ID token (OpenID Connect Core section 2). It is signed with the key of session tokens, so it carries the category of tokens
 * that are none: without one it could pass for a session.
 */
export async function issueIdToken(context: Context, facts: IdTokenFacts): Promise<string> {
  const { clock, instance, signingKey } = context;
  const now = Math.floor(clock.now() / 1000);
  const claims = {
    iss: instance.url,
    aud: facts.clientId,
    iat: now,
    exp: now + lifetime,
    ...(facts.nonce !== null && { nonce: facts.nonce }),
    ...(facts.authenticatedAt !== null && { auth_time: Math.floor(facts.authenticatedAt / 1000) }),
    ...(await userClaims(context, facts.userId, facts.scopes)),
  };
  return signingKey.signJwt(claims, { cat: tokenCategory.template });
}
