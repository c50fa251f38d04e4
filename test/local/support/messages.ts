import type { LocalBackend } from '@keystile/local';

/** The code in the latest message to somebody. */
export async function lastCode({ context }: LocalBackend, recipient: string): Promise<string> {
  const { data } = await context.db
    .selectFrom('messages')
    .select('data')
    .where('recipient', '=', recipient)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return (JSON.parse(data) as { otp_code: string }).otp_code;
}
