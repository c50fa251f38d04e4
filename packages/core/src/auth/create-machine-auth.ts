import { ConfigurationError } from '../errors.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import type { MachineTokenType } from '../tokens/token-type.ts';
import { TOKEN_TYPES } from '../tokens/token-type.ts';
import type { DebugData, InvalidTokenAuth, MachineAuth } from './auth-object.ts';

/** The auth object of a verified machine token (protocol section 6.4). */
export function createMachineAuth(machine: MachineIdentity, token: string, debug: () => DebugData): MachineAuth {
  const common = {
    isAuthenticated: true,
    id: machine.id,
    subject: machine.subject,
    scopes: machine.scopes,
    getToken: async () => token,
    has: (): false => false,
    hasScope: (scope: string) => machine.scopes.includes(scope),
    debug,
  } as const;
  switch (machine.tokenType) {
    case 'api_key':
      return {
        tokenType: 'api_key',
        ...common,
        name: machine.name,
        claims: machine.claims,
        userId: machine.subject.startsWith('user_') ? machine.subject : null,
        orgId: machine.subject.startsWith('org_') ? machine.subject : null,
      };
    case 'm2m_token':
      return { tokenType: 'm2m_token', ...common, claims: machine.claims, machineId: machine.subject };
    case 'oauth_token':
      return {
        tokenType: 'oauth_token',
        ...common,
        userId: machine.subject,
        clientId: machine.clientId,
        actor: machine.actor,
      };
  }
}

/**
 * The auth object of a machine that proved nothing.
 * @throws ConfigurationError for a kind that there is not, as plain JavaScript may ask for
 */
export function createUnauthenticatedMachineAuth(tokenType: MachineTokenType, debug: () => DebugData): MachineAuth {
  const common = {
    isAuthenticated: false,
    id: null,
    subject: null,
    scopes: null,
    getToken: async () => null,
    has: (): false => false,
    hasScope: (): false => false,
    debug,
  } as const;
  switch (tokenType) {
    case 'api_key':
      return { tokenType, ...common, name: null, claims: null, userId: null, orgId: null };
    case 'm2m_token':
      return { tokenType, ...common, claims: null, machineId: null };
    case 'oauth_token':
      return { tokenType, ...common, userId: null, clientId: null };
    default:
      throw new ConfigurationError(
        'acceptsToken',
        `must be 'any', one of ${TOKEN_TYPES.join(', ')}, or a list of them.`,
      );
  }
}

/** The auth object where several kinds are taken and what came is none of them. */
export function createInvalidTokenAuth(): InvalidTokenAuth {
  return {
    tokenType: null,
    isAuthenticated: false,
    getToken: async () => null,
    has: (): false => false,
    debug: () => ({}),
  };
}
