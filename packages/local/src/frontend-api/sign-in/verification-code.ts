import { randomInt } from 'node:crypto';
import type { Context } from '../../context.ts';
import { equalInConstantTime } from '../../issuing/equal-in-constant-time.ts';
import { hashSecret } from '../../issuing/secrets.ts';
import { readSettings } from '../../store/settings.ts';

/** How long a code can be given, in milliseconds. */
export const codeLifetime = 10 * 60 * 1000;

/** How often a code may be given wrongly. */
export const codeAttempts = 5;

/** The code of test addresses, `name+clerk_test@…`, to which nothing is sent while the instance is in test mode. */
const testCode = '424242';

/** A code on its way: its hash is kept with what it verifies. */
export interface SentCode {
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Sends a new code to an address.
 *
 * @param purpose Id of the sign-in or sign-up that it is for; a code counts for that alone.
 */
export async function sendEmailCode(
  context: Context,
  emailAddress: string,
  purpose: string,
  userId?: string,
): Promise<SentCode> {
  const { testMode } = await readSettings(context.db);
  const isTest = testMode && /\+clerk_test(?:$|[+@])/.test(emailAddress);
  const code = isTest ? testCode : String(randomInt(1_000_000)).padStart(6, '0');
  if (!isTest) {
    await context.send({
      channel: 'email',
      recipient: emailAddress,
      template: 'verification_code',
      subject: `${code} is your verification code`,
      body: `Your verification code is ${code}. It is good for ten minutes.\nIf you did not ask for it, ignore this message.`,
      data: { otp_code: code },
      userId,
    });
  }
  return { hash: hashCode(code, purpose), expiresAt: context.clock.now() + codeLifetime };
}

/** Whether a code is the one that was sent for a purpose. */
export function isCode(given: string, purpose: string, hash: string | null): boolean {
  return hash !== null && equalInConstantTime(hashCode(given.replaceAll(/\s/g, ''), purpose), hash);
}

const hashCode = (code: string, purpose: string) => hashSecret(`${purpose}:${code}`);
