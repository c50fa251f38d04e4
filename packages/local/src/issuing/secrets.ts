import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { randomBase62 } from '../ids.ts';

/** A new opaque secret: the prefix, then 43 base62 characters (256 bits). */
export function createSecret(prefix: string): string {
  return `${prefix}_${randomBase62(43)}`;
}

/**
 * What is stored in place of a secret. A plain hash is enough for random secrets of 256 bits: there is nothing to guess,
 * and it can be looked up by an index.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Encrypts the few secrets that the API hands out again (`GET /api_keys/{id}/secret`) or needs in the clear (TOTP). */
export interface Sealer {
  seal(plain: string): string;
  /** @throws Error when the box was sealed with another key or altered. */
  open(box: string): string;
  /** A keyed hash, for what is too short for a plain one: verification codes, backup codes. */
  fingerprint(plain: string): string;
}

/** @param key 32 bytes in base64url; AES-256-GCM. */
export function createSealer(key: string): Sealer {
  const secret = Buffer.from(key, 'base64url');
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(box) {
      const bytes = Buffer.from(box, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    fingerprint: (plain) => createHmac('sha256', secret).update(plain).digest('base64url'),
  };
}

/** A new key for {@link createSealer}. */
export function createSealingKey(): string {
  return randomBytes(32).toString('base64url');
}
