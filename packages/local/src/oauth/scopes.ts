import { OAuthError } from './oauth-error.ts';

/** The scopes there are, and what the consent page says of each. */
export const scopeDescriptions = {
  openid: 'Know who you are',
  profile: 'See your name, user name and picture',
  email: 'See your email address',
  public_metadata: 'See your public metadata',
  private_metadata: 'See your private metadata',
  offline_access: 'Stay connected when you are not there',
} as const;

export type Scope = keyof typeof scopeDescriptions;

export const isScope = (text: string): text is Scope => Object.hasOwn(scopeDescriptions, text);

/** A scope parameter as a list without repetitions. */
export const splitScopes = (text: string): string[] => [...new Set(text.split(' ').filter(Boolean))];

/**
 * The scopes to grant: those asked for, or all that are allowed when nothing is asked for. Compared name by name.
 *
 * @throws {OAuthError} `invalid_scope` for one that is not allowed.
 */
export function narrowScopes(asked: string | undefined, allowed: readonly string[]): string[] {
  if (asked === undefined) return [...allowed];
  const scopes = splitScopes(asked);
  const excess = scopes.find((scope) => !allowed.includes(scope));
  if (excess !== undefined || scopes.length === 0)
    throw new OAuthError('invalid_scope', 'A scope is not one that this client may have.');
  return scopes;
}
