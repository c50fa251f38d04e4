import { generateKeyPairSync } from 'node:crypto';
import { type LocalBackend, type LocalBackendOptions, startLocalBackend } from '@keystile/local';
import { onTestFinished } from 'vitest';
import { databaseForTest } from '../../../packages/local/src/store/database-for-test.ts';

/** The user of these tests. */
export const ada = {
  email: 'ada@example.com',
  username: 'ada_l',
  password: 'correct horse',
  firstName: 'Ada',
  lastName: 'Lovelace',
};

/** Making a key takes longer than most tests: those of one file share one, each with a backend of its own. */
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A backend on a port of its own, with one user, on the engine that KEYSTILE_TEST_DATABASE names. Closed when the test ends. */
export async function startBackend(options: LocalBackendOptions = {}): Promise<LocalBackend> {
  const database = databaseForTest();
  const backend = await startLocalBackend({
    database: database.location,
    privateKey,
    seed: { users: [ada] },
    ...options,
  });
  onTestFinished(async () => {
    await backend.close();
    await database.drop();
  });
  return backend;
}
