import { ConfigurationError } from '../errors.ts';
import { TOKEN_TYPES } from '../tokens/token-type.ts';
import type { GuardOptions } from './guard.ts';

/** What may be asked for each option; a demand that is misspelt must not turn into no demand. */
const CHECKS: Readonly<Record<keyof GuardOptions, readonly [problem: string, isFine: (value: unknown) => boolean]>> = {
  acceptsToken: [`must be 'any', one of ${TOKEN_TYPES.join(', ')}, or a list of them.`, isAcceptsToken],
  role: ['must be a string.', isText],
  permission: ['must be a string.', isText],
  feature: ['must be a string.', isText],
  plan: ['must be a string.', isText],
  reverification: ['must be a preset or { level, afterMinutes }.', isReverification],
  scopes: ['must be a string or a list of strings.', isScopes],
  treatPendingAsSignedOut: ['must be true or false.', isSwitch],
  allowImpersonation: ['must be true or false.', isSwitch],
  mode: ["must be 'auto', 'api' or 'redirect'.", isOneOf('auto', 'api', 'redirect')],
  signInUrl: ['must be a string.', isText],
  resourceMetadata: ['must be a string.', isText],
  unavailable: ["must be 'unauthorized' or 'service-unavailable'.", isOneOf('unauthorized', 'service-unavailable')],
};

/**
 * Refuses a guard that would not demand what its author meant, when it is built.
 *
 * @throws ConfigurationError naming the option that is unknown or malformed
 */
export function assertGuardOptions(options: GuardOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(CHECKS, name)) throw new ConfigurationError(name, 'is no option of a guard.');
    const [problem, isFine] = CHECKS[name as keyof GuardOptions];
    if (value !== undefined && !isFine(value)) throw new ConfigurationError(name, problem);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isOneOf(...allowed: readonly unknown[]): (value: unknown) => boolean {
  return (value) => allowed.includes(value);
}

function isScopes(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isText) : isText(value);
}

function isAcceptsToken(value: unknown): boolean {
  const types: readonly unknown[] = TOKEN_TYPES;
  return (
    value === 'any' || types.includes(value) || (Array.isArray(value) && value.every((type) => types.includes(type)))
  );
}

function isReverification(value: unknown): boolean {
  return isText(value) || (typeof value === 'object' && value !== null && 'level' in value && 'afterMinutes' in value);
}
