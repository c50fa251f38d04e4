import { createHash } from 'node:crypto';
import { equalInConstantTime } from '../issuing/equal-in-constant-time.ts';

/** Whether a text can be a code challenge of S256: a SHA-256 in base64url (RFC 7636 section 4.2). */
export const isCodeChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** Whether a verifier is that of a challenge (RFC 7636 section 4.6). `plain` is not offered. */
export function provesChallenge(verifier: string, challenge: string): boolean {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return equalInConstantTime(createHash('sha256').update(verifier).digest('base64url'), challenge);
}
