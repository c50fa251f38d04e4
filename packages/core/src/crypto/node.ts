import { createHash, createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import type {
  DecodeBase64url,
  DecodeBase64urlText,
  Digest,
  ImportRsaJwk,
  ImportRsaSpki,
  SignatureAlgorithm,
  VerificationKey,
  VerifySignature,
} from './interface.ts';

/** The `#crypto` module of Node and Bun: OpenSSL's keys, all of it synchronous. */

const MINIMUM_MODULUS_BITS = 2048;

const HASHES: Record<SignatureAlgorithm, string> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

export const importRsaJwk: ImportRsaJwk = (jwk, algorithm) =>
  verificationKey(createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' }), algorithm);

export const importRsaSpki: ImportRsaSpki = (der) =>
  verificationKey(createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }), 'RS256');

export const verifySignature: VerifySignature = (algorithm, key, signedText, signature) =>
  createVerify(HASHES[algorithm])
    .update(signedText, 'latin1')
    .verify(key.handle as KeyObject, signature);

export const digest: Digest = (algorithm, text) =>
  createHash(algorithm === 'SHA-1' ? 'sha1' : 'sha256')
    .update(text, 'utf8')
    .digest();

export const decodeBase64url: DecodeBase64url = (text) => Buffer.from(text, 'base64url') as Uint8Array<ArrayBuffer>;

export const decodeBase64urlText: DecodeBase64urlText = (text) => Buffer.from(text, 'base64url').toString('utf8');

function verificationKey(handle: KeyObject, algorithm: SignatureAlgorithm | undefined): VerificationKey {
  const { modulusLength = 0, publicExponent = 0n } = handle.asymmetricKeyDetails ?? {};
  if (handle.asymmetricKeyType !== 'rsa' || modulusLength < MINIMUM_MODULUS_BITS || publicExponent < 3n) {
    throw new TypeError('not an RSA public key of at least 2048 bits');
  }
  return { algorithm, handle };
}
