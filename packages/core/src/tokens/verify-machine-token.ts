import type { MaybePromise } from '../crypto/index.ts';
import type { MachineTokenVerificationCode } from '../errors.ts';
import type { KeySource } from '../jwks/key-source.ts';
import type { DecodedJwt } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { isM2MCategory } from '../jwt/token-category.ts';
import { type ClaimsPolicy, verifyAudience, verifyClaims } from '../jwt/verify-claims.ts';
import { ACCESS_TOKEN_TYPE, JWT_TYPE } from '../jwt/verify-signature.ts';
import type { MachineIdentity } from './machine-identity.ts';
import type { OpaqueTokenVerifier } from './opaque-token-verifier.ts';
import { isOpaque, type PresentedToken } from './presented-token.ts';
import { type ProvenTokens, proveSignature } from './prove-signature.ts';
import { readAccessTokenClaims, readM2MClaims } from './read-machine-claims.ts';

/** A machine token was refused, and why (protocol section 6.5). A value, as `Refusal` is. */
export class MachineRefusal {
  readonly code: MachineTokenVerificationCode;
  readonly message: string;
  /** What the backend answered, if it was asked and did. */
  readonly status: number | undefined;

  constructor(code: MachineTokenVerificationCode, message: string, status?: number) {
    this.code = code;
    this.message = message;
    this.status = status;
  }
}

/** Verifies M2M tokens, OAuth access tokens and API keys: JWTs by their signature, opaque ones by asking the backend. */
export class MachineTokenVerifier {
  readonly #keys: KeySource | undefined;
  readonly #opaque: OpaqueTokenVerifier;
  readonly #proven: ProvenTokens;
  readonly #m2mPolicy: ClaimsPolicy;
  readonly #accessTokenPolicy: ClaimsPolicy;

  /** @param policy - that of sessions; authorized parties and issuers do not apply to machines */
  constructor(keys: KeySource | undefined, opaque: OpaqueTokenVerifier, proven: ProvenTokens, policy: ClaimsPolicy) {
    this.#keys = keys;
    this.#opaque = opaque;
    this.#proven = proven;
    this.#m2mPolicy = { ...policy, authorizedParties: [], issuer: [] };
    // An access token is made for an audience (RFC 9068 section 4): where one is configured, it must be named.
    this.#accessTokenPolicy = { ...this.#m2mPolicy, requireAudience: true };
  }

  /**
   * Verifies one token of a machine's kind.
   *
   * @param now - the request's one reading of the clock, in milliseconds
   */
  verify(token: PresentedToken, now: number): MaybePromise<MachineIdentity | MachineRefusal> {
    if (isOpaque(token)) return this.#verifyOpaque(token, now);
    const { jwt } = token;
    if (jwt instanceof Refusal) return new MachineRefusal('token-invalid', jwt.message);
    return token.type === 'm2m_token' ? this.#verifyM2M(token, jwt, now) : this.#verifyAccessToken(token, jwt, now);
  }

  /** An access token is for an audience whatever its form; nobody else's verdict on that is remembered. */
  #verifyOpaque(token: PresentedToken, now: number): MaybePromise<MachineIdentity | MachineRefusal> {
    const verdict = this.#opaque.verify(token, now);
    const judge = (identity: MachineIdentity | MachineRefusal): MachineIdentity | MachineRefusal =>
      identity instanceof MachineRefusal || identity.tokenType !== 'oauth_token'
        ? identity
        : (toMachineRefusal(verifyAudience(identity.audience, this.#accessTokenPolicy)) ?? identity);
    return verdict instanceof Promise ? verdict.then(judge) : judge(verdict);
  }

  #verifyM2M(token: PresentedToken, jwt: DecodedJwt, now: number): MaybePromise<MachineIdentity | MachineRefusal> {
    if (!isM2MCategory(jwt.header))
      return new MachineRefusal('token-invalid', 'The category of the token is not that of M2M tokens.');
    const proof = proveSignature(token, jwt, this.#keys, JWT_TYPE, this.#proven);
    const judge = (refusal: Refusal | undefined): MachineIdentity | MachineRefusal =>
      toMachineRefusal(refusal ?? verifyClaims(jwt.payload, this.#m2mPolicy, now)) ?? readM2MClaims(jwt.payload);
    return proof instanceof Promise ? proof.then(judge) : judge(proof);
  }

  #verifyAccessToken(
    token: PresentedToken,
    jwt: DecodedJwt,
    now: number,
  ): MaybePromise<MachineIdentity | MachineRefusal> {
    const proof = proveSignature(token, jwt, this.#keys, ACCESS_TOKEN_TYPE, this.#proven);
    const judge = (refusal: Refusal | undefined): MachineIdentity | MachineRefusal =>
      toMachineRefusal(refusal ?? verifyClaims(jwt.payload, this.#accessTokenPolicy, now)) ??
      readAccessTokenClaims(jwt.payload);
    return proof instanceof Promise ? proof.then(judge) : judge(proof);
  }
}

function toMachineRefusal(refusal: Refusal | undefined): MachineRefusal | undefined {
  return refusal === undefined ? undefined : new MachineRefusal('token-verification-failed', refusal.message);
}
