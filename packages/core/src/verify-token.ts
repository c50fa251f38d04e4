import { assertApiUrl, assertApiVersion, DEFAULT_API_URL, DEFAULT_API_VERSION } from './http/assert-api-url.ts';
import { createKeySource } from './jwks/create-key-source.ts';
import type { KeySource } from './jwks/key-source.ts';
import { KEY_SET_TIMES } from './jwks/remote-key-set.ts';
import type { JwtClaims, SessionClaims } from './jwt/claims.ts';
import { type ClaimsOptions, toClaimsPolicy, toTypeRule } from './jwt/claims-policy.ts';
import { decodeJwt } from './jwt/decode-jwt.ts';
import { proveJwt } from './jwt/prove-jwt.ts';
import { MACHINE_TOKEN, Refusal } from './jwt/refusal.ts';
import { CATEGORY_CODES } from './jwt/token-category.ts';
import { type ClaimsPolicy, verifyClaims } from './jwt/verify-claims.ts';
import type { TypeRule } from './jwt/verify-signature.ts';

/** The options of {@link verifyToken}. The environment is not read. */
export interface VerifyTokenOptions extends ClaimsOptions {
  /** The instance's public key in PEM form: nothing is fetched. Wins over `secretKey`. */
  readonly jwtKey?: string | undefined;
  /** `sk_test_…` or `sk_live_…`: the instance's key set is fetched with it and kept. */
  readonly secretKey?: string | undefined;
  /** Default `https://api.clerk.com`. Plain http is refused except for the local machine. */
  readonly apiUrl?: string | undefined;
  /** Allow plain http to other hosts. The secret key then travels in the clear. Default false. */
  readonly allowInsecureApiUrl?: boolean | undefined;
  /** The version segment of the URL. Default `v1`. */
  readonly apiVersion?: string | undefined;
  /** Acceptable values of the header's `typ`, which must then be present. Default `JWT` or absent. */
  readonly headerType?: string | readonly string[] | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/**
 * Verifies a session token and gives its claims: format, algorithm, signature, then `sub`, `aud`, `azp`, `iss`, `exp`, `nbf`
 * and `iat` (RFC 7519 section 7.2; protocol section 5.2). It does not ask whether the session was revoked, nor what the token
 * was made for: a JWT made from a template passes as well. To authenticate requests, use `createAuthenticator`.
 *
 * Pass the same options object each time. The key set that was fetched belongs to that object and goes when it goes; an
 * object made for each call fetches for each call. The options are read once.
 *
 * ```ts
 * const options = { secretKey: process.env.CLERK_SECRET_KEY, authorizedParties: ['https://app.example.com'] };
 * const { sub, sid } = await verifyToken(token, options);
 * ```
 *
 * @throws TokenVerificationError whose `code` is the reason; without `jwtKey` and `secretKey` it is `jwk-failed-to-resolve`
 * @throws ConfigurationError naming an option that cannot be used
 */
export async function verifyToken(token: string, options: VerifyTokenOptions): Promise<SessionClaims> {
  const verdict = await verify(String(token), verifierOf(options));
  if (verdict instanceof Refusal) throw verdict.toError();
  return verdict as SessionClaims;
}

interface Verifier {
  readonly keys: KeySource | undefined;
  readonly typeRule: TypeRule;
  readonly claimsPolicy: ClaimsPolicy;
  readonly now: () => number;
}

/** What an authenticator does by way of `verifySessionClaims`, without what it remembers. */
async function verify(token: string, { keys, typeRule, claimsPolicy, now }: Verifier): Promise<JwtClaims | Refusal> {
  const jwt = decodeJwt(token);
  if (jwt instanceof Refusal) return jwt;
  if (jwt.header.cat === CATEGORY_CODES.m2m) return MACHINE_TOKEN;
  const proof = await proveJwt(jwt, keys, typeRule);
  return proof instanceof Refusal ? proof : (verifyClaims(jwt.payload, claimsPolicy, now()) ?? jwt.payload);
}

/** By the identity of the caller's object, so that no key is found by a value that somebody else might pass, too. */
const verifiers = new WeakMap<VerifyTokenOptions, Verifier>();

function verifierOf(options: VerifyTokenOptions): Verifier {
  let verifier = verifiers.get(options);
  if (verifier === undefined) {
    verifier = createVerifier(options);
    verifiers.set(options, verifier);
  }
  return verifier;
}

function createVerifier(options: VerifyTokenOptions): Verifier {
  const now = options.now ?? Date.now;
  const keys = createKeySource({
    jwtKey: options.jwtKey,
    secretKey: options.secretKey || undefined,
    apiUrl: assertApiUrl(options.apiUrl || DEFAULT_API_URL, options.allowInsecureApiUrl),
    apiVersion: assertApiVersion(options.apiVersion || DEFAULT_API_VERSION),
    keySetTimes: KEY_SET_TIMES,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now,
  });
  return { keys, typeRule: toTypeRule(options.headerType), claimsPolicy: toClaimsPolicy(options), now };
}
