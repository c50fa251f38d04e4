import { createHmac, timingSafeEqual } from 'node:crypto';

const period = 30;

/**
 * Checks a time-based one-time password (RFC 6238: SHA-1, six digits, 30 seconds), one period early or late included.
 *
 * @param secret Base32, as authenticator apps have it.
 * @param now Epoch milliseconds.
 */
export function verifyTotp(secret: string, code: string, now: number): boolean {
  const key = decodeBase32(secret);
  if (key === undefined || !/^\d{6}$/.test(code)) return false;
  const step = Math.floor(now / 1000 / period);
  // All three are computed, so that time tells nothing.
  const matches = [step - 1, step, step + 1].map((counter) =>
    timingSafeEqual(Buffer.from(totp(key, counter)), Buffer.from(code)),
  );
  return matches.includes(true);
}

/** The code of a secret at a time, for tests and tools; undefined when the secret is not Base32. */
export function createTotp(secret: string, now: number): string | undefined {
  const key = decodeBase32(secret);
  return key === undefined ? undefined : totp(key, Math.floor(now / 1000 / period));
}

/** Whether a text can be a secret. */
export const isTotpSecret = (text: string): boolean => (decodeBase32(text)?.length ?? 0) >= 10;

function totp(key: Buffer, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(Math.max(0, counter)));
  const digest = createHmac('sha1', key).update(message).digest();
  const offset = (digest[19] ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

function decodeBase32(text: string): Buffer | undefined {
  const clean = text.replaceAll(/[\s=-]/g, '').toUpperCase();
  if (clean === '' || !/^[A-Z2-7]+$/.test(clean)) return undefined;
  let bits = '';
  for (const letter of clean) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
