import { fromBase64Url, toBase64Url } from './base64url.ts';

/**
 * Encrypts and authenticates short texts with a key derived from a secret (HKDF, RFC 5869, and AES-GCM). Whoever does not
 * know the secret can neither read nor make one.
 */
export class Seal {
  readonly #secret: string;
  #key: Promise<CryptoKey> | undefined;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** @param context - what the text belongs to; it is not in the result, and `open` needs the same */
  async seal(text: string, context: string): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const encrypted = await crypto.subtle.encrypt(parameters(iv, context), await this.#derive(), ENCODER.encode(text));
    const sealed = new Uint8Array(IV_BYTES + encrypted.byteLength);
    sealed.set(iv);
    sealed.set(new Uint8Array(encrypted), IV_BYTES);
    return toBase64Url(sealed);
  }

  /** @returns undefined if it was not sealed with this secret and for this context */
  async open(sealed: string, context: string): Promise<string | undefined> {
    const bytes = fromBase64Url(sealed);
    if (bytes === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const iv = bytes.subarray(0, IV_BYTES);
    try {
      const text = await crypto.subtle.decrypt(parameters(iv, context), await this.#derive(), bytes.subarray(IV_BYTES));
      return new TextDecoder().decode(text);
    } catch {
      return undefined;
    }
  }

  #derive(): Promise<CryptoKey> {
    this.#key ??= deriveKey(this.#secret);
    return this.#key;
  }
}

const ENCODER = new TextEncoder();
export const IV_BYTES = 12;
export const TAG_BYTES = 16;
/** Keeps this use of the secret apart from others. */
export const KEY_INFO = 'keystile/next/request-state/v1';

function parameters(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: ENCODER.encode(context) };
}

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', ENCODER.encode(secret), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    // The secret has the entropy of a key already, so that no salt is needed.
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: ENCODER.encode(KEY_INFO) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
