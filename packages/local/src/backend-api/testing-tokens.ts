import { createSecret, hashSecret } from '../issuing/secrets.ts';
import type { Handlers } from './handler.ts';

/** How long a testing token is good for. */
const lifetime = 60 * 60 * 1000;

export const testingTokens = {
  async 'testingTokens.createTestingToken'({ db, clock }) {
    const token = createSecret('tst');
    const now = clock.now();
    const expiresAt = now + lifetime;
    await db.deleteFrom('testing_tokens').where('expires_at', '<=', now).execute();
    await db
      .insertInto('testing_tokens')
      .values({ token_hash: hashSecret(token), expires_at: expiresAt, created_at: now })
      .execute();
    // Seconds, unlike all other times of the API: the value of a cookie's or token's exp.
    return { object: 'testing_token', token, expires_at: Math.floor(expiresAt / 1000) };
  },
} satisfies Partial<Handlers>;
