import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** Token categories, the `cat` of a JOSE header (protocol section 4.1). */
export const tokenCategory = {
  session: 'cl_B7d4PD111AAA',
  template: 'cl_B7d4PD222AAA',
  m2m: 'cl_B7d4PD333AAA',
} as const;

/** The key that an instance signs with. */
export interface SigningKey {
  /** The id of the key, which is the id of the instance. */
  readonly kid: string;
  /** PEM (SPKI) of the public half. */
  readonly publicPem: string;
  /** RFC 7517 form of the public half. */
  readonly jwk: { use: string; kty: string; kid: string; alg: string; n: string; e: string };
  /** Signs claims as a compact JWS, RS256. Members of `header` are added to, and win over, `alg`, `kid` and `typ`. */
  signJwt(claims: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
}

/** @param privatePem PKCS #8 PEM of an RSA key. */
export function createSigningKey(privatePem: string, kid: string): SigningKey {
  const privateKey = createPrivateKey(privatePem);
  const publicKey = createPublicKey(privateKey);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    jwk: { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n, e },
    signJwt(claims, header) {
      const input = `${base64url({ alg: 'RS256', kid, typ: 'JWT', ...header })}.${base64url(claims)}`;
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
  };
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
