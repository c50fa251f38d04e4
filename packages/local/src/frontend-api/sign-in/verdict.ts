import type { Context } from '../../context.ts';
import { lockEnd } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';

/** Why a sign-in does not go on. */
export type SignInRefusal =
  /** Nobody of that name, or not that secret: which of the two is not told. */
  | { readonly code: 'form_password_incorrect' | 'form_code_incorrect' | 'ticket_invalid' }
  | { readonly code: 'verification_expired' | 'user_banned' | 'not_allowed_access' }
  | { readonly code: 'user_locked' | 'too_many_requests'; readonly retryAfterSeconds: number };

/** Where a sign-in stands after the proof of one factor. */
export type SignInVerdict = { readonly user: Row<'users'> } | { readonly refusal: SignInRefusal };

/** Lets in who has proven to be a user, unless the user is banned or locked. Only who knows the secret learns of that. */
export function admit({ clock }: Context, user: Row<'users'>): SignInVerdict {
  if (user.banned === 1) return { refusal: { code: 'user_banned' } };
  const now = clock.now();
  const end = lockEnd(user, now);
  if (end === undefined) return { user };
  return { refusal: { code: 'user_locked', retryAfterSeconds: Math.ceil((end - now) / 1000) } };
}
