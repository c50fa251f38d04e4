import type { Context } from '../../context.ts';
import { lockEnd } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';

/** Why a sign-in does not go on. */
export type SignInRefusal =
  /** Nobody of that name, or not that secret: which of the two is not told. */
  | { readonly code: 'form_password_incorrect' | 'form_code_incorrect' | 'ticket_invalid' }
  | { readonly code: 'verification_expired' | 'user_banned' | 'not_allowed_access' }
  | { readonly code: 'user_locked' | 'too_many_requests'; readonly retryAfterSeconds: number };

/** Why a user who has proven to be the one may not sign in all the same. */
export function refuseUser({ clock }: Context, user: Row<'users'>): SignInRefusal | undefined {
  if (user.banned === 1) return { code: 'user_banned' };
  const now = clock.now();
  const end = lockEnd(user, now);
  return end === undefined ? undefined : { code: 'user_locked', retryAfterSeconds: Math.ceil((end - now) / 1000) };
}
