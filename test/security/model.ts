/**
 * What the protocol says about one token at one place of a request, as a model for tests: sections 4.1, 6.2, 6.3 and 7 (B to F)
 * and 8.2, written down again from their tables and from nothing else.
 */

export const TOKEN_TYPES = ['session_token', 'm2m_token', 'oauth_token', 'api_key'] as const;
export type Type = (typeof TOKEN_TYPES)[number];
export type Accepts = Type | readonly Type[] | 'any' | undefined;
/** Where the token is; the last three are places from which none is ever read. */
export type Carrier = 'header' | 'cookie' | 'suffixed cookie' | 'refresh cookie' | 'query' | 'another scheme';

export interface Kind {
  readonly name: string;
  readonly token: string;
  /** Section 6.2. */
  readonly type: Type;
  /** Whether it is a JWT whose parts decode. */
  readonly decodes: boolean;
  /** Whether its category may stand for a session (section 4.1). */
  readonly isSession: boolean;
  /** What it says about its issuer, as far as the choice of cookies cares (section 8.2, rows 1 and 2). */
  readonly issuer: 'ours' | 'other' | 'none';
  /** Why it is refused as what it is; null if it is good. */
  readonly refusal: string | null;
}

export interface Expected {
  readonly status: 'signed-in' | 'signed-out';
  readonly tokenType: Type | null;
  readonly reason: string | null;
}

const signedIn = (tokenType: Type): Expected => ({ status: 'signed-in', tokenType, reason: null });
const signedOut = (tokenType: Type | null, reason: string): Expected => ({ status: 'signed-out', tokenType, reason });

/** For a GET of a script (no redirect can reach it) of a development instance whose browser is known. */
export function expectedOutcome(kind: Kind, carrier: Carrier, accepts: Accepts): Expected {
  return carrier === 'header' ? inHeader(kind, accepts) : withoutHeader(kind, carrier, accepts);
}

/** Parts B, C, D, E. */
function inHeader(kind: Kind, accepts: Accepts = 'session_token'): Expected {
  const isJwtOfMachine = kind.decodes && kind.type !== 'session_token';
  if (Array.isArray(accepts) && !accepts.includes(kind.type)) return signedOut(null, 'token-type-mismatch'); // B1
  if (accepts === 'any' || Array.isArray(accepts)) {
    if (kind.type !== 'session_token') return verified(kind); // C1
    return kind.decodes && !kind.isSession ? signedOut('session_token', 'token-type-mismatch') : verified(kind); // C2 to C4
  }
  if (accepts === 'session_token') {
    if (isJwtOfMachine || (kind.decodes && !kind.isSession)) return signedOut('session_token', 'token-type-mismatch'); // D1
    if (kind.type !== 'session_token') return signedOut('session_token', 'token-invalid'); // opaque: fails decoding
    return verified(kind); // D2, D3
  }
  return kind.type === accepts ? verified(kind) : signedOut(accepts as Type, 'token-type-mismatch'); // E
}

/** B1, B5, F. */
function withoutHeader(kind: Kind, carrier: Carrier, accepts: Accepts = 'session_token'): Expected {
  if (Array.isArray(accepts) && !accepts.includes('session_token')) return signedOut(null, 'token-type-mismatch');
  if (typeof accepts === 'string' && accepts !== 'any' && accepts !== 'session_token') {
    return signedOut(accepts, 'No token in header');
  }
  if (carrier !== 'cookie' && carrier !== 'suffixed cookie') {
    return signedOut('session_token', 'session-token-and-uat-missing'); // F9
  }
  // Section 8.2: a plain cookie of another issuer makes us read the suffixed family, which is empty here (F8).
  if (carrier === 'cookie' && kind.decodes && kind.issuer === 'other')
    return signedOut('session_token', 'dev-browser-missing');
  if (!kind.decodes) return signedOut('session_token', 'token-invalid'); // F12
  if (kind.type !== 'session_token' || !kind.isSession) return signedOut('session_token', 'token-type-mismatch'); // F13
  return verified(kind); // F15, F19
}

function verified({ type, refusal }: Kind): Expected {
  return refusal === null ? signedIn(type) : signedOut(type, refusal);
}
