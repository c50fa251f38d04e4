import { decodeBase64url, decodeBase64urlText } from '../crypto/index.ts';
import { deepFreeze } from '../deep-freeze.ts';
import type { JoseHeader, JwtClaims } from './claims.ts';
import { Refusal } from './refusal.ts';

/** What a JWT says, decoded once and handed on as one value. Nothing here has been verified. */
export interface DecodedJwt {
  /** The token as it was presented. */
  readonly token: string;
  readonly header: JoseHeader;
  readonly payload: JwtClaims;
  /** The text that the signature covers: header and payload as presented, with the dot between. */
  readonly signedText: string;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The third part as presented; may be empty, as for `alg: none`. */
  readonly signatureText: string;
}

/** The longest token that is looked at, in characters. */
export const MAXIMUM_TOKEN_LENGTH = 32 * 1024;

/**
 * Decodes a JWT in compact serialization (RFC 7515 section 3.1) without proving anything.
 *
 * @returns the decoded token, or the refusal `token-invalid` if it is too long, not three base64url parts, or if its
 *   header or payload is not a JSON object
 */
export function decodeJwt(token: string): DecodedJwt | Refusal {
  if (token.length > MAXIMUM_TOKEN_LENGTH) return new Refusal('token-invalid', TOO_LONG);
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first === -1 || second === -1 || token.includes('.', second + 1))
    return new Refusal('token-invalid', NOT_COMPACT);
  const signatureText = token.slice(second + 1);
  const signature = decodeBase64url(signatureText);
  if (signature === undefined) return new Refusal('token-invalid', NOT_COMPACT);
  const header = decodeHeader(token.slice(0, first));
  const payload = decodeObject<JwtClaims>(token.slice(first + 1, second));
  if (header === undefined || payload === undefined) return new Refusal('token-invalid', NOT_OBJECTS);
  return { token, header, payload, signedText: token.slice(0, second), signature, signatureText };
}

const TOO_LONG = `The token is longer than ${MAXIMUM_TOKEN_LENGTH} characters.`;
const NOT_COMPACT = 'The token is not a JWT: it must have three base64url parts, joined by dots.';
const NOT_OBJECTS = 'The token is not a JWT: its header and payload must be JSON objects in base64url.';

/**
 * Whether the signature is spelled in the one canonical way. Base64url has several spellings of the same bytes (unused
 * trailing bits, padding); header and payload are covered by the signature, so only the third part can vary.
 */
export function isCanonical(jwt: DecodedJwt): boolean {
  const { signatureText } = jwt;
  const unusedBits = TRAILING_BITS[signatureText.length % 4];
  if (unusedBits === undefined || signatureText.endsWith('=')) return false;
  const last = BASE64URL.indexOf(signatureText.charAt(signatureText.length - 1));
  return (last & unusedBits) === 0;
}

/** For each length modulo 4, the bits of the last character that stand for nothing (RFC 4648 section 3.5). */
const TRAILING_BITS = [0b000000, undefined, 0b001111, 0b000011] as const;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** All tokens of an issuer begin with the same header: the latest is not decoded again. */
function decodeHeader(part: string): JoseHeader | undefined {
  if (part !== latestHeader.part) latestHeader = { part, header: deepFreeze(decodeObject<JoseHeader>(part)) };
  return latestHeader.header;
}

let latestHeader: { readonly part: string; readonly header: JoseHeader | undefined } = { part: '', header: undefined };

function decodeObject<T extends object>(part: string): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decodeBase64urlText(part) ?? '');
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as T) : undefined;
}
