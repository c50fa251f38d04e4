import type { SignInRefusal } from '../sign-in/verdict.ts';
import type { FieldError } from './layout.ts';

/** What a visitor is told of a refused sign-in, and the status of the page that says so. */
export function explainRefusal(refusal: SignInRefusal): FieldError & { readonly status: 403 | 422 | 429 } {
  switch (refusal.code) {
    case 'form_password_incorrect':
      return { status: 422, message: 'That user name or password is not right. Check both and try again.' };
    case 'form_code_incorrect':
      return {
        status: 422,
        field: 'code',
        message: 'That code is not right. Check the latest message, or ask for a new code.',
      };
    case 'verification_expired':
      return {
        status: 422,
        field: 'code',
        message: 'That code is too old, or has been tried too often. Ask for a new one.',
      };
    case 'ticket_invalid':
      return { status: 422, message: 'This link has been used, taken back, or is too old. Ask for a new one.' };
    case 'user_banned':
      return { status: 403, message: 'This account has been suspended. Ask the people who run the application.' };
    case 'not_allowed_access':
      return { status: 403, message: 'You may not use this application with that address.' };
    case 'user_locked':
      return { status: 403, message: `This account is locked. Try again in ${inWords(refusal.retryAfterSeconds)}.` };
    case 'too_many_requests':
      return { status: 429, message: `Too many attempts. Try again in ${inWords(refusal.retryAfterSeconds)}.` };
  }
}

function inWords(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
