import type { SessionIdentity } from '../auth/session-identity.ts';
import type { VerificationKey } from '../crypto/index.ts';
import { type DecodedJwt, decodeJwt } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { TokenType } from './token-type.ts';

/** A token as a request carries it, told apart and decoded once. It proves nothing without its {@link proof}. */
export interface PresentedToken {
  readonly text: string;
  readonly type: TokenType;
  /** What the token says if it is a JWT, or why it is none (as opaque tokens are). */
  readonly jwt: DecodedJwt | Refusal;
  /** The key under which the signature has been verified; counts only as long as that is the current key. */
  proof: VerificationKey | undefined;
  /** Whether the latest verdict was remembered rather than found anew. */
  remembered: boolean;
  /** Who the session is for, read once the signature was verified; null if the claims contradict the wire's format. */
  identity: SessionIdentity | null | undefined;
}

/** The prefixes of opaque tokens (protocol section 6.2), case-sensitive. */
const OPAQUE_PREFIXES: readonly (readonly [prefix: string, type: TokenType])[] = [
  ['mt_', 'm2m_token'],
  ['oat_', 'oauth_token'],
  ['ak_', 'api_key'],
];

const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Tells which kind of token a text is, in the order of protocol section 6.2. What fits nothing is taken for a session. */
export function readPresentedToken(text: string): PresentedToken {
  const jwt = decodeJwt(text);
  return { text, type: classify(text, jwt), jwt, proof: undefined, remembered: false, identity: undefined };
}

function classify(text: string, jwt: DecodedJwt | Refusal): TokenType {
  const opaque = OPAQUE_PREFIXES.find(([prefix]) => text.startsWith(prefix));
  if (opaque?.[1] === 'm2m_token') return 'm2m_token';
  if (!(jwt instanceof Refusal)) {
    if (isMachineSubject(jwt.payload.sub)) return 'm2m_token';
    if (opaque === undefined && isAccessTokenType(jwt.header.typ)) return 'oauth_token';
  }
  return opaque?.[1] ?? 'session_token';
}

/** Whether a machine token is opaque: only the backend can tell what it is worth. */
export function isOpaque({ text, type }: PresentedToken): boolean {
  return type !== 'session_token' && !JWT_SHAPE.test(text);
}

/**
 * Whether an opaque token could exist: a known prefix and nothing but letters and digits after it. What could not never
 * reaches the backend, so that made-up headers cost nothing.
 */
export function isPossibleOpaqueToken(text: string): boolean {
  return /^(?:mt|oat|ak)_[A-Za-z0-9_-]{4,512}$/.test(text);
}

function isMachineSubject(sub: unknown): boolean {
  return typeof sub === 'string' && sub.startsWith('mch_');
}

function isAccessTokenType(typ: unknown): boolean {
  return typ === 'at+jwt' || typ === 'application/at+jwt';
}
