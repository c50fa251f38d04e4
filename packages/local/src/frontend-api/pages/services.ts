import type { Context } from '../../context.ts';
import type { AttemptLimiter } from '../sign-in/attempt-limiter.ts';
import type { CheckPassword } from '../sign-in/check-password.ts';

/** What the pages work with. */
export interface PageServices {
  readonly context: Context;
  readonly attempts: AttemptLimiter;
  readonly checkPassword: CheckPassword;
}
