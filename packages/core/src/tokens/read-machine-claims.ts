import { deepFreeze } from '../deep-freeze.ts';
import type { ActorClaim, JwtClaims } from '../jwt/claims.ts';
import type { M2MTokenIdentity, OAuthTokenIdentity } from './machine-identity.ts';

/** Reads an M2M JWT's claims, after verification (protocol section 6.6). */
export function readM2MClaims(payload: JwtClaims): M2MTokenIdentity {
  return deepFreeze({
    tokenType: 'm2m_token',
    id: text(payload.jti),
    subject: text(payload.sub),
    scopes: readM2MScopes(payload),
    claims: attachedClaims(payload),
    expiration: toMilliseconds(payload.exp),
  });
}

/** Reads an OAuth access token's claims, after verification (RFC 9068; protocol section 6.6). */
export function readAccessTokenClaims(payload: JwtClaims): OAuthTokenIdentity {
  return deepFreeze({
    tokenType: 'oauth_token',
    id: text(payload.jti),
    subject: text(payload.sub),
    clientId: text(payload.client_id),
    actor: readActor(payload.act),
    scopes: Array.isArray(payload.scp) ? texts(payload.scp) : splitScopes(payload.scope),
    audience: readAudience(payload.aud),
    expiration: toMilliseconds(payload.exp),
  });
}

/** The `act` of a token (RFC 8693 section 4.1), whatever it holds: that somebody else acts must not be lost. */
export function readActor(act: unknown): ActorClaim | undefined {
  return typeof act === 'object' && act !== null ? (act as ActorClaim) : undefined;
}

/** The audiences that a token names; undefined if it names none, or something else besides. */
export function readAudience(aud: unknown): readonly string[] | undefined {
  const audience: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isNamed = audience.length > 0 && audience.every((value) => typeof value === 'string' && value !== '');
  return isNamed ? (audience as readonly string[]) : undefined;
}

function readM2MScopes({ scopes, aud }: JwtClaims): readonly string[] {
  if (typeof scopes === 'string') return splitScopes(scopes);
  if (Array.isArray(scopes)) return texts(scopes);
  return typeof aud === 'string' ? [aud] : texts(aud);
}

/** The claims that are not the token's own. */
const REGISTERED = new Set(['iss', 'sub', 'exp', 'nbf', 'iat', 'jti']);

function attachedClaims(payload: JwtClaims): Readonly<Record<string, unknown>> | null {
  const attached = Object.entries(payload).filter(([claim]) => !REGISTERED.has(claim));
  return attached.length > 0 ? Object.fromEntries(attached) : null;
}

function splitScopes(scopes: unknown): readonly string[] {
  return typeof scopes === 'string' ? scopes.split(' ').filter((scope) => scope !== '') : [];
}

function texts(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toMilliseconds(seconds: unknown): number | null {
  return typeof seconds === 'number' ? seconds * 1000 : null;
}
