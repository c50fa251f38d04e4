import { invalidParam, unprocessable } from '../api-error.ts';
import { hashPassword, type PasswordDigest } from './hash-password.ts';
import { isKnownHasher } from './verify-password.ts';

/** The parameters of the API by which a password is given. */
export interface PasswordParams {
  readonly password?: string | undefined;
  readonly password_digest?: string | undefined;
  readonly password_hasher?: string | undefined;
  readonly skip_password_checks?: boolean | undefined;
}

/** Least length of a password, unless the checks are skipped. */
export const leastPasswordLength = 8;

/**
 * What is to be stored of a password given in the clear or as a digest; undefined when there is none.
 *
 * @throws {ApiError} 422 for a password that is too short, for both at once, a digest without its hasher, or an unknown hasher.
 */
export async function readPassword(params: PasswordParams): Promise<PasswordDigest | undefined> {
  const { password, password_digest: digest, password_hasher: hasher } = params;
  if (password !== undefined && password.length < leastPasswordLength && params.skip_password_checks !== true) {
    throw unprocessable(
      'form_password_length_too_short',
      'password',
      `Passwords must have at least ${leastPasswordLength} characters.`,
    );
  }
  if (digest === undefined && hasher === undefined) return password === undefined ? undefined : hashPassword(password);
  if (password !== undefined) {
    throw unprocessable('form_param_invalid', 'password_digest', 'Give a password or a digest of it, not both.');
  }
  if (digest === undefined)
    throw unprocessable('form_param_missing', 'password_digest', 'password_digest goes with password_hasher.');
  if (hasher === undefined)
    throw unprocessable('form_param_missing', 'password_hasher', 'password_hasher goes with password_digest.');
  if (!isKnownHasher(hasher)) throw invalidParam('password_hasher', 'is not a hasher that is known here.');
  return { digest, hasher };
}
