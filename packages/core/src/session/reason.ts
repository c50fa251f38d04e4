import type { MachineTokenVerificationCode, TokenVerificationReason } from '../errors.ts';

/** Why a request is not signed in, as the wire spells it (protocol section 7.2). */
export type SessionReason =
  | 'active-organization-mismatch'
  | 'client-uat-but-no-session-token'
  | 'dev-browser-missing'
  | 'dev-browser-sync'
  | 'primary-domain-cross-origin-sync'
  | 'primary-responds-to-syncing'
  | 'satellite-needs-syncing'
  | 'session-token-and-uat-missing'
  | 'session-token-but-no-client-uat'
  | `session-token-expired-refresh-${string}`
  | 'session-token-iat-before-client-uat'
  | 'session-token-iat-in-the-future'
  | 'session-token-missing'
  | 'session-token-nbf'
  | 'token-type-mismatch'
  | 'unexpected-error';

/** The literal reason for a machine route that got no token at all (protocol section 6.3). */
export const NO_TOKEN_IN_HEADER = 'No token in header';

/** Not of the wire: with `machineTokens: 'lazy'`, nobody has asked for the verification of the machine token yet. */
export const NOT_VERIFIED_YET = 'machine-token-not-verified';

export type AuthReason =
  | SessionReason
  | TokenVerificationReason
  | MachineTokenVerificationCode
  | typeof NO_TOKEN_IN_HEADER
  | typeof NOT_VERIFIED_YET;
