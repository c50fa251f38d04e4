import type { MachineClaims } from '../auth/auth-object.ts';
import type { ActorClaim } from '../jwt/claims.ts';

/** What all machine tokens say once verified. Times are in milliseconds since the epoch. */
interface MachineIdentityBase {
  readonly id: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** When the token ends; null: never. */
  readonly expiration: number | null;
}

export interface ApiKeyIdentity extends MachineIdentityBase {
  readonly tokenType: 'api_key';
  readonly name: string;
  readonly claims: MachineClaims | null;
}

export interface M2MTokenIdentity extends MachineIdentityBase {
  readonly tokenType: 'm2m_token';
  readonly claims: MachineClaims | null;
}

export interface OAuthTokenIdentity extends MachineIdentityBase {
  readonly tokenType: 'oauth_token';
  readonly clientId: string;
  /** Who acts in the user's place (`act`), if someone does. */
  readonly actor: ActorClaim | undefined;
  /** The audiences of the token, if it names any. */
  readonly audience: readonly string[] | undefined;
}

/** Whom a verified machine token speaks for (protocol section 6.6). */
export type MachineIdentity = ApiKeyIdentity | M2MTokenIdentity | OAuthTokenIdentity;
