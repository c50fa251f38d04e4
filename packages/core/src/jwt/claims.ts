/** The JOSE header of a token, RFC 7515 section 4.1. Outside data: every member is unknown until looked at. */
export interface JoseHeader {
  readonly alg?: unknown;
  readonly typ?: unknown;
  readonly kid?: unknown;
  readonly crit?: unknown;
  /** The issuer's category of token, protocol section 4.1. */
  readonly cat?: unknown;
}

/** The claims of a token before anything has been proven or looked at. */
export interface JwtClaims {
  readonly [claim: string]: unknown;
}

/** The impersonator, RFC 8693 section 4.1. */
export interface ActorClaim {
  readonly sub: string;
  /** `agent` when software acts for the user. */
  readonly type?: 'agent';
  readonly [claim: string]: unknown;
}

/** The claims of a verified session token: the registered ones of RFC 7519, and the wire's own (protocol section 4.2). */
export interface SessionClaims {
  /** The frontend API of the instance, with its scheme. */
  readonly iss: string;
  /** The user. */
  readonly sub: string;
  /** The session. */
  readonly sid: string;
  /** When the token was issued, in seconds. */
  readonly iat: number;
  readonly nbf?: number;
  /** When the token ends, in seconds. */
  readonly exp: number;
  /** The origin that asked for the token. */
  readonly azp?: string;
  readonly act?: ActorClaim;
  /** Minutes since the first and since the second factor were verified; -1 where that factor is not enrolled. */
  readonly fva?: readonly [firstFactorAge: number, secondFactorAge: number];
  readonly sts?: 'active' | 'pending';
  /** 2 for the present layout of claims; absent in the first. */
  readonly v?: 2;
  readonly [claim: string]: unknown;
}
