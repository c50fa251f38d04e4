import { type LocalBackend, type LocalBackendOptions, startLocalBackend } from '@keystile/local';
import { onTestFinished } from 'vitest';

/** The user of these tests. */
export const ada = {
  email: 'ada@example.com',
  username: 'ada_l',
  password: 'correct horse',
  firstName: 'Ada',
  lastName: 'Lovelace',
};

/** A backend on a port of its own, with one user. Closed when the test ends. */
export async function startBackend(options: LocalBackendOptions = {}): Promise<LocalBackend> {
  const backend = await startLocalBackend({ seed: { users: [ada] }, ...options });
  onTestFinished(() => backend.close());
  return backend;
}
