import { toPublishableKey } from '@keystile/core';
import { createSigningKey, type SigningKey } from './signing-key.ts';

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
  /** Whether it gets a key of its own. Default: one key for all instances, since making one takes longer than most tests. */
  readonly ownKey?: boolean;
  /** The key itself. */
  readonly key?: SigningKey;
  /** The clock of the tokens, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

let sharedKey: SigningKey | undefined;

function useSharedKey(): SigningKey {
  sharedKey ??= createSigningKey();
  return sharedKey;
}

export function createTestInstance({
  frontendApi = 'clerk.test.example',
  type = 'development',
  ownKey = false,
  key = ownKey ? createSigningKey() : useSharedKey(),
  now = Date.now,
}: TestInstanceOptions = {}): TestInstance {
  const issuer = `https://${frontendApi}`;
  return {
    publishableKey: toPublishableKey(frontendApi, type),
    secretKey: type === 'production' ? 'sk_live_test0000000000' : 'sk_test_test0000000000',
    jwtKey: key.publicPem,
    issuer,
    jwt: (claims, header) => key.sign(claims, header),
    session: (claims, header) => {
      const iat = Math.floor(now() / 1000);
      const usual = { iss: issuer, sub: 'user_alice', sid: 'sess_alice', iat, nbf: iat - 10, exp: iat + 60 };
      return key.sign({ ...usual, ...claims }, header);
    },
  };
}
