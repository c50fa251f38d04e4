import { type AuthenticatorOptions, resolveConfig } from '../config.ts';
import { createInstance } from '../create-instance.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import { type PresentedToken, readPresentedToken } from '../tokens/presented-token.ts';
import {
  type AcceptsToken,
  isTokenTypeAccepted as isAccepted,
  type MachineTokenType,
  type TokenType,
} from '../tokens/token-type.ts';
import { MachineRefusal } from '../tokens/verify-machine-token.ts';
import { keepByOptions } from './keep-by-options.ts';
import { MachineTokenVerificationError, type MachineTokenVerificationErrorCode } from './token-errors.ts';

export interface VerifyMachineTokenOptions
  extends Pick<
    AuthenticatorOptions,
    'secretKey' | 'machineSecretKey' | 'jwtKey' | 'apiUrl' | 'apiVersion' | 'audience' | 'clockSkewInMs'
  > {
  /** Fetches the key set for this call alone. */
  readonly skipJwksCache?: boolean | undefined;
}

/** What is known of a machine token that is good: it is neither revoked nor expired. */
export type VerifiedMachineToken = Omit<MachineIdentity, 'tokenType'> & {
  readonly revoked: false;
  readonly revocationReason: null;
  readonly expired: false;
  /** When it was issued, in milliseconds since the epoch; of JWTs only. */
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** Of OAuth access tokens. */
  readonly type?: 'oauth_token';
};

/** Either `data` or one error. */
export type MachineTokenResult =
  | { readonly data: VerifiedMachineToken; readonly tokenType: MachineTokenType; readonly errors?: undefined }
  | {
      readonly data?: undefined;
      readonly tokenType: MachineTokenType;
      readonly errors: readonly [MachineTokenVerificationError];
    };

const open = (options: AuthenticatorOptions) => createInstance(resolveConfig(options, {})).instance;
const kept = keepByOptions(open);

/**
 * Verifies a machine token (protocol section 6.5): JWTs by their signature, opaque ones by asking the backend.
 *
 * @throws MachineTokenVerificationError for what is no machine token by its looks; one that is refused is a result
 * @throws ConfigurationError naming an option that cannot be used
 */
export async function verifyMachineAuthToken(
  token: string,
  { skipJwksCache, ...given }: VerifyMachineTokenOptions,
): Promise<MachineTokenResult> {
  const presented = readPresentedToken(token);
  if (presented.type === 'session_token') return refuseOther(token);
  const options = { ...given, allowInsecureApiUrl: true };
  const { machineTokens, config } = skipJwksCache ? open(options) : await kept(options);
  const verdict = await machineTokens.verify(presented, config.now());
  if (verdict instanceof MachineRefusal) return refused(presented.type, verdict.code, verdict.message, verdict.status);
  const { tokenType, ...data } = verdict;
  return {
    data: {
      ...data,
      revoked: false,
      revocationReason: null,
      expired: false,
      ...issuedAt(presented),
      ...(tokenType === 'oauth_token' && { type: tokenType }),
    },
    tokenType,
  };
}

function issuedAt({ jwt }: PresentedToken): Pick<VerifiedMachineToken, 'createdAt' | 'updatedAt'> {
  const iat = 'payload' in jwt ? jwt.payload.iat : undefined;
  return typeof iat === 'number' ? { createdAt: iat * 1000, updatedAt: iat * 1000 } : {};
}

/** A JWT that is no machine's; it is told apart only by what it is reported as. */
function refuseOther(token: string): MachineTokenResult {
  const { jwt } = readPresentedToken(token);
  if ('payload' in jwt) return refused('oauth_token', 'token-verification-failed', 'The JWT is not of a machine.');
  if (token.split('.').length === 3) return refused('m2m_token', 'token-invalid', jwt.message);
  throw new MachineTokenVerificationError({
    code: 'token-invalid',
    message: 'The token is neither a JWT nor has it the prefix of a machine token.',
  });
}

function refused(
  tokenType: MachineTokenType,
  code: MachineTokenVerificationErrorCode,
  message: string,
  status?: number,
): MachineTokenResult {
  return { tokenType, errors: [new MachineTokenVerificationError({ code, message, status })] };
}

/** Whether a token is of a machine, by its prefix or as a JWT by what it says. Nothing is verified. */
export function isMachineToken(token: string): boolean {
  return readPresentedToken(token).type !== 'session_token';
}

/** Whether a token has the prefix of an opaque machine token. */
export function isMachineTokenByPrefix(token: string): boolean {
  return /^(?:mt|oat|ak)_/.test(token);
}

/** Whether a route that accepts these kinds takes this one. */
export function isTokenTypeAccepted(tokenType: TokenType | null, acceptsToken: AcceptsToken): boolean {
  return tokenType !== null && isAccepted(tokenType, acceptsToken);
}
