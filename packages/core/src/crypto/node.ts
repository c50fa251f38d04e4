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

export const decodeBase64url: DecodeBase64url = (text) => {
  const length = decodedLength(text);
  if (length === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length ? bytes : undefined;
};

export const decodeBase64urlText: DecodeBase64urlText = (text) => {
  const length = decodedLength(text);
  if (length === undefined) return undefined;
  const bytes = length <= scratch.length ? scratch : Buffer.allocUnsafe(length);
  return bytes.write(text, 'base64url') === length ? bytes.toString('utf8', 0, length) : undefined;
};

/** Text is decoded here on its way from one string to another, which spares a buffer for each part of each token. */
const scratch = Buffer.allocUnsafeSlow(24 * 1024);

/**
 * How many bytes a text stands for, if it is of the alphabet as far as can be told without decoding it. `Buffer` skips what is
 * not of the alphabet and takes that of plain base64 as well: the first shows by fewer bytes than these, the second by a `+` or
 * `/`. That is several times as fast as matching every character.
 */
function decodedLength(text: string): number | undefined {
  const firstPadding = text.indexOf('=');
  const length = firstPadding === -1 ? text.length : firstPadding;
  if (length % 4 === 1 || text.includes('+') || text.includes('/')) return undefined;
  if (firstPadding !== -1 && /[^=]/.test(text.slice(firstPadding))) return undefined;
  return (length * 3) >> 2;
}

function verificationKey(handle: KeyObject, algorithm: SignatureAlgorithm | undefined): VerificationKey {
  const { modulusLength = 0, publicExponent = 0n } = handle.asymmetricKeyDetails ?? {};
  if (handle.asymmetricKeyType !== 'rsa' || modulusLength < MINIMUM_MODULUS_BITS || publicExponent < 3n) {
    throw new TypeError('not an RSA public key of at least 2048 bits');
  }
  return { algorithm, handle };
}
