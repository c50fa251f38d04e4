import { assertApiUrl, assertApiVersion, DEFAULT_API_URL, DEFAULT_API_VERSION } from './http/assert-api-url.ts';
import { createKeySource } from './jwks/create-key-source.ts';
import { KEY_SET_TIMES } from './jwks/remote-key-set.ts';
import type { SessionClaims } from './jwt/claims.ts';
import { type ClaimsOptions, toClaimsPolicy, toTypeRule } from './jwt/claims-policy.ts';
import { Refusal } from './jwt/refusal.ts';
import { readPresentedToken } from './tokens/presented-token.ts';
import { type SessionTokenVerifier, verifySessionClaims } from './tokens/verify-session-claims.ts';

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
  const { verifier, now } = verifierOf(options);
  const verdict = await verifySessionClaims(readPresentedToken(String(token)), verifier, now());
  if (verdict instanceof Refusal) throw verdict.toError();
  return verdict.payload as SessionClaims;
}

interface OptionsVerifier {
  readonly verifier: SessionTokenVerifier;
  readonly now: () => number;
}

/** By the identity of the caller's object, so that no key is found by a value that somebody else might pass, too. */
const verifiers = new WeakMap<VerifyTokenOptions, OptionsVerifier>();

function verifierOf(options: VerifyTokenOptions): OptionsVerifier {
  let known = verifiers.get(options);
  if (known === undefined) {
    known = createVerifier(options);
    verifiers.set(options, known);
  }
  return known;
}

function createVerifier(options: VerifyTokenOptions): OptionsVerifier {
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
  return { verifier: { keys, typeRule: toTypeRule(options.headerType), claimsPolicy: toClaimsPolicy(options) }, now };
}
