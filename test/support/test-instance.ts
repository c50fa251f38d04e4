import { createSign, generateKeyPairSync } from 'node:crypto';
import { toPublishableKey } from '@keystile/core';

/** An instance that exists only in a test: its keys, and tokens signed with them. */
export interface TestInstance {
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly jwtKey: string;
  readonly issuer: string;
  /** A session token; further claims win over the usual ones. */
  session(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
  /** Any JWT, signed with the instance's key. */
  jwt(claims: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
}

export interface TestInstanceOptions {
  readonly frontendApi?: string;
  readonly type?: 'development' | 'production';
  /** The clock of the tokens, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

let keys: ReturnType<typeof createKeys> | undefined;

/** One RSA key for all instances that do not ask for their own: making one takes longer than most tests. */
export function createTestInstance({
  frontendApi = 'clerk.test.example',
  type = 'development',
  now = Date.now,
  ownKey = false,
}: TestInstanceOptions & { readonly ownKey?: boolean } = {}): TestInstance {
  keys ??= createKeys();
  const { privateKey, publicKey } = ownKey ? createKeys() : keys;
  const issuer = `https://${frontendApi}`;

  const jwt: TestInstance['jwt'] = (claims, header = {}) => {
    const input = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'ins_test', ...header })}.${encode(claims)}`;
    return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`;
  };
  return {
    publishableKey: toPublishableKey(frontendApi, type),
    secretKey: type === 'production' ? 'sk_live_test0000000000' : 'sk_test_test0000000000',
    jwtKey: publicKey,
    issuer,
    jwt,
    session: (claims = {}, header = {}) => {
      const seconds = Math.floor(now() / 1000);
      return jwt(
        {
          iss: issuer,
          sub: 'user_alice',
          sid: 'sess_alice',
          iat: seconds,
          nbf: seconds - 10,
          exp: seconds + 60,
          ...claims,
        },
        header,
      );
    },
  };
}

function createKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
