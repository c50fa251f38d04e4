/** Synchronous where the runtime is, which spares the hot path a turn of the event loop. */
export type MaybePromise<T> = T | Promise<T>;

/** The signature algorithms that are ever accepted (protocol section 4.1); never read from a token. */
export type SignatureAlgorithm = 'RS256' | 'RS384' | 'RS512';

/** A public RSA key ready to verify with. Which object stands behind it is the runtime's business. */
export interface VerificationKey {
  /** The one algorithm this key is for, where its source names one (RFC 7517 section 4.4). */
  readonly algorithm: SignatureAlgorithm | undefined;
  readonly handle: unknown;
}

/** The public members of an RSA key, RFC 7518 section 6.3.1. */
export interface RsaPublicJwk {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** Makes a key of an RSA JWK; rejects what cannot be one. */
export type ImportRsaJwk = (
  jwk: RsaPublicJwk,
  algorithm: SignatureAlgorithm | undefined,
) => MaybePromise<VerificationKey>;
/** Makes an RS256 key of SPKI DER; rejects what is not a public RSA key of at least 2048 bits. */
export type ImportRsaSpki = (der: Uint8Array<ArrayBuffer>) => MaybePromise<VerificationKey>;
/** Whether the signature over the ASCII text is the key's. */
export type VerifySignature = (
  algorithm: SignatureAlgorithm,
  key: VerificationKey,
  signedText: string,
  signature: Uint8Array<ArrayBuffer>,
) => MaybePromise<boolean>;
/** Hashes UTF-8 text. */
export type Digest = (algorithm: 'SHA-1' | 'SHA-256', text: string) => MaybePromise<Uint8Array>;
/**
 * Decodes base64url (RFC 4648 section 5); trailing `=` are ignored. Undefined if the text has another character, also one
 * of plain base64, or one too many to stand for whole bytes.
 */
export type DecodeBase64url = (text: string) => Uint8Array<ArrayBuffer> | undefined;
/** The same, read as UTF-8. */
export type DecodeBase64urlText = (text: string) => string | undefined;
