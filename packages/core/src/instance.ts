import type { BackendClient } from './backend/index.ts';
import type { Config } from './config.ts';
import type { MaybePromise } from './crypto/index.ts';
import type { KeySource } from './jwks/key-source.ts';
import type { CookieNames } from './keys/cookie-names.ts';
import type { SessionServices } from './session/session-services.ts';
import type { Revocations } from './shared-cache/revocations.ts';
import type { VerifiedTokenCache } from './tokens/verified-token-cache.ts';
import type { MachineTokenVerifier } from './tokens/verify-machine-token.ts';
import type { SessionTokenVerifier } from './tokens/verify-session-claims.ts';

/**
 * What one authenticator owns: its configuration, and all that is made of it once. Nothing of it is shared with another
 * authenticator, so nothing of one tenant can decide about another's tokens.
 */
export interface Instance {
  readonly config: Config;
  /** undefined if there is neither a `jwtKey` nor a `secretKey`. */
  readonly keys: KeySource | undefined;
  readonly verifiedTokens: VerifiedTokenCache;
  readonly sessionTokens: SessionTokenVerifier;
  readonly machineTokens: MachineTokenVerifier;
  /** The Backend API with the configured keys; built when first asked for. */
  readonly backend: BackendClient;
  /** undefined without a publishable key: then no cookie is read. */
  readonly cookieNames: MaybePromise<CookieNames> | undefined;
  readonly session: SessionServices;
  /** What was revoked before its time; undefined unless that is checked, or shared with other processes. */
  readonly revocations: Revocations | undefined;
}
