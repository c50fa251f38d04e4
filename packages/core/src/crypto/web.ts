import { importJWK, importSPKI } from 'jose';
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

/** The `#crypto` module of runtimes without `node:crypto`: WebCrypto, with keys imported by jose. */

const MINIMUM_MODULUS_BITS = 2048;

/** A WebCrypto key is bound to one algorithm; a key whose source names none is imported once for each that asks. */
interface WebKey {
  readonly forAlgorithm: (algorithm: SignatureAlgorithm) => Promise<CryptoKey>;
}

export const importRsaJwk: ImportRsaJwk = async (jwk, algorithm) => {
  const imported = new Map<SignatureAlgorithm, Promise<CryptoKey>>();
  const forAlgorithm = (wanted: SignatureAlgorithm): Promise<CryptoKey> => {
    let key = imported.get(wanted);
    if (key === undefined) {
      key = importJWK({ kty: jwk.kty, n: jwk.n, e: jwk.e }, wanted).then(assertStrongRsaKey);
      imported.set(wanted, key);
    }
    return key;
  };
  // Imported now, so that an unusable key is refused with the key set and not at the first token.
  await forAlgorithm(algorithm ?? 'RS256');
  return { algorithm, handle: { forAlgorithm } satisfies WebKey };
};

export const importRsaSpki: ImportRsaSpki = async (der) => {
  const key = await importSPKI(toPem(der), 'RS256').then(assertStrongRsaKey);
  return { algorithm: 'RS256', handle: { forAlgorithm: async () => key } satisfies WebKey } satisfies VerificationKey;
};

export const verifySignature: VerifySignature = async (algorithm, key, signedText, signature) =>
  crypto.subtle.verify(
    'RSASSA-PKCS1-v1_5',
    await (key.handle as WebKey).forAlgorithm(algorithm),
    signature,
    new TextEncoder().encode(signedText),
  );

export const digest: Digest = async (algorithm, text) =>
  new Uint8Array(await crypto.subtle.digest(algorithm, new TextEncoder().encode(text)));

export const decodeBase64url: DecodeBase64url = (text) => {
  // A pattern for the padding at the end (`=+$`) would take quadratic time where something follows it.
  const firstPadding = text.indexOf('=');
  const unpadded = firstPadding === -1 ? text : text.slice(0, firstPadding);
  if (unpadded.length % 4 === 1 || !/^[\w-]*$/.test(unpadded)) return undefined;
  if (firstPadding !== -1 && /[^=]/.test(text.slice(firstPadding))) return undefined;
  const binary = atob(unpadded.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
};

export const decodeBase64urlText: DecodeBase64urlText = (text) => {
  const bytes = decodeBase64url(text);
  return bytes && UTF8.decode(bytes);
};

/** A byte order mark is kept, as Node does: JSON that begins with one is refused in every runtime or in none. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

function assertStrongRsaKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new TypeError('not an RSA public key');
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm;
  // Big-endian bytes: with 1 as the exponent, every text would be its own signature.
  const isSmallExponent = publicExponent.every((byte, i) => byte < (i < publicExponent.length - 1 ? 1 : 3));
  if (modulusLength < MINIMUM_MODULUS_BITS || isSmallExponent) {
    throw new TypeError('not an RSA public key of at least 2048 bits');
  }
  return key;
}

function toPem(der: Uint8Array): string {
  let binary = '';
  for (const byte of der) binary += String.fromCharCode(byte);
  return `-----BEGIN PUBLIC KEY-----\n${btoa(binary)}\n-----END PUBLIC KEY-----`;
}
