import { createPublicKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A real RSA key of a test, and tokens signed with it, right and wrong ones. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** SPKI, as the `jwtKey` option takes it. */
  readonly publicPem: string;
  /** The public key as an entry of a key set. */
  readonly jwk: Readonly<Record<string, unknown>>;
  /** A JWT with these claims. Members of `header` win over `alg`, `typ` and `kid`; `undefined` leaves one out. */
  sign(claims: unknown, header?: Readonly<Record<string, unknown>>): string;
  /** The signature over any text. */
  signText(text: string, algorithm?: 'RS256' | 'RS384' | 'RS512'): string;
}

export function createSigningKey(kid = 'ins_test', modulusLength = 2048): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const publicKey = createPublicKey(privateKey);
  const signText: SigningKey['signText'] = (text, algorithm = 'RS256') =>
    createSign(`RSA-SHA${algorithm.slice(2)}`)
      .update(text)
      .sign(privateKey, 'base64url');
  return {
    kid,
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' },
    signText,
    sign(claims, header = {}) {
      const jose = { alg: 'RS256', typ: 'JWT', kid, ...header };
      const text = `${encode(jose)}.${encode(claims)}`;
      const isOurs = jose.alg === 'RS384' || jose.alg === 'RS512';
      return `${text}.${signText(text, isOurs ? (jose.alg as 'RS384') : 'RS256')}`;
    },
  };
}

/** Any parts as a compact serialization; texts are taken as they are, other values as JSON. */
export function compact(header: unknown, payload: unknown, signature = 'AAAA'): string {
  return `${part(header)}.${part(payload)}.${signature}`;
}

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function part(value: unknown): string {
  return typeof value === 'string' ? Buffer.from(value).toString('base64url') : encode(value);
}
