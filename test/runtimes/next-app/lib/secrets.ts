import { auth } from './application.ts';

/** Who has asked for a secret in this process. Pages and handlers are bundled apart and share nothing else. */
const shared = globalThis as { readersOfSecrets?: (string | null)[] };
shared.readersOfSecrets ??= [];
export const readers = shared.readersOfSecrets;

/** What the pages show. Whose it is, is decided here. */
export async function readSecret(): Promise<string> {
  const { userId } = await auth();
  readers.push(userId);
  return userId === null ? 'nothing' : `secret of ${userId}`;
}
