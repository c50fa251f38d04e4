import { importJWK, importPKCS8, SignJWT } from 'jose';
import { importRsaJwk, type SignatureAlgorithm, type VerificationKey } from '../crypto/index.ts';
import { createPemKeySource } from '../jwks/pem-key.ts';
import type { JoseHeader, JwtClaims, SessionClaims } from '../jwt/claims.ts';
import { type ClaimsOptions, toClaimsPolicy, toTypeRule } from '../jwt/claims-policy.ts';
import { type DecodedJwt, decodeJwt as decode } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { verifyClaims } from '../jwt/verify-claims.ts';
import { verifyHeader, verifyJwtSignature } from '../jwt/verify-signature.ts';
import { rethrowTokenError, SignJWTError } from './token-errors.ts';

/** What a JWT says. Nothing of it has been verified. */
export interface Jwt {
  readonly header: JoseHeader;
  readonly payload: JwtClaims;
  readonly signature: Uint8Array;
  /** The parts as they were presented. */
  readonly raw: {
    readonly header: string;
    readonly payload: string;
    readonly signature: string;
    readonly text: string;
  };
}

/** A public key: a JWK, or PEM (SPKI). */
export type JwtVerificationKey = JsonWebKey | string;

export interface VerifyJwtOptions extends ClaimsOptions {
  readonly key: JwtVerificationKey;
  /** Acceptable values of the header's `typ`, which must then be present. Default `JWT` or absent. */
  readonly headerType?: string | readonly string[] | undefined;
}

export interface SignJwtOptions {
  /** `RS256`, `RS384` or `RS512`. */
  readonly algorithm?: string;
  /** Default `{ typ: 'JWT' }`; `alg` is added. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/**
 * Decodes a JWT; proves nothing.
 * @throws TokenVerificationError `token-invalid`
 */
export function decodeJwt(token: string): Jwt {
  const jwt = decodeOrThrow(token);
  const [header = '', payload = '', signature = ''] = token.split('.');
  return {
    header: jwt.header,
    payload: jwt.payload,
    signature: jwt.signature,
    raw: { header, payload, signature, text: token },
  };
}

/**
 * Verifies the signature of a JWT and its claims (protocol section 5.2, rows 4 to 17).
 * @throws TokenVerificationError whose `reason` says why it is refused
 */
export async function verifyJwt(token: string, options: VerifyJwtOptions): Promise<SessionClaims> {
  const jwt = decodeOrThrow(token);
  const refusal =
    verifyHeader(jwt, toTypeRule(options.headerType)) ??
    (await verifyJwtSignature(jwt, await importKey(jwt, options.key))) ??
    verifyClaims(jwt.payload, toClaimsPolicy(options), Date.now());
  if (refusal !== undefined) rethrowTokenError(refusal.toError());
  return jwt.payload as SessionClaims;
}

/**
 * Whether the signature of a decoded JWT is that of the key. Header and claims are not looked at, but for `alg`.
 * @throws TokenVerificationError `token-verification-failed` if the key cannot be used
 */
export async function hasValidSignature(jwt: Pick<Jwt, 'raw'>, key: JwtVerificationKey): Promise<boolean> {
  const decoded = decodeOrThrow(jwt.raw.text);
  const refusal = await verifyJwtSignature(decoded, await importKey(decoded, key));
  if (refusal === undefined) return true;
  return refusal.reason === 'token-invalid-signature' ? false : rethrowTokenError(refusal.toError());
}

/**
 * Signs claims, with `iat` set to now.
 *
 * @param key - the private key: a JWK, or PEM (PKCS#8)
 * @throws SignJWTError if the algorithm is missing or unknown, or the key cannot be used
 */
export async function signJwt(
  payload: Readonly<Record<string, unknown>>,
  key: string | JsonWebKey,
  { algorithm, header = { typ: 'JWT' } }: SignJwtOptions,
): Promise<string> {
  if (algorithm === undefined || !isAlgorithm(algorithm)) {
    throw new SignJWTError(`algorithm: must be one of ${ALGORITHMS.join(', ')}.`);
  }
  try {
    const privateKey = typeof key === 'string' ? await importPKCS8(key, algorithm) : await importJWK(key, algorithm);
    return await new SignJWT({ ...payload })
      .setProtectedHeader({ ...header, alg: algorithm })
      .setIssuedAt()
      .sign(privateKey);
  } catch {
    // Without its cause, which may speak of the key.
    throw new SignJWTError(
      'key: cannot sign with this algorithm; it must be a private RSA key, as JWK or PEM (PKCS#8).',
    );
  }
}

const ALGORITHMS: readonly SignatureAlgorithm[] = ['RS256', 'RS384', 'RS512'];

function isAlgorithm(text: unknown): text is SignatureAlgorithm {
  return (ALGORITHMS as readonly unknown[]).includes(text);
}

function decodeOrThrow(token: string): DecodedJwt {
  const jwt = decode(String(token));
  return jwt instanceof Refusal ? rethrowTokenError(jwt.toError()) : jwt;
}

/** A JWK may name its algorithm; without, the token's own counts, which has to be one of ours. */
async function importKey({ header }: DecodedJwt, key: JwtVerificationKey): Promise<VerificationKey> {
  try {
    if (typeof key === 'string') {
      const imported = await createPemKeySource(key).resolve(undefined);
      if (!(imported instanceof Refusal)) return imported;
      return rethrowTokenError(imported.toError());
    }
    const algorithm = isAlgorithm(key.alg) ? key.alg : isAlgorithm(header.alg) ? header.alg : undefined;
    return await importRsaJwk({ kty: 'RSA', n: String(key.n), e: String(key.e) }, algorithm);
  } catch (cause) {
    return rethrowTokenError(
      new Refusal('token-verification-failed', 'key: is not a usable public RSA key.', cause).toError(),
    );
  }
}
