import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { createAuthenticator } from './authenticator.ts';

const { publishableKey, secretKey, session } = createTestInstance();

/** What would end the process. */
let unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'SC-098 a clock that throws at its reading number %d signs nobody in and ends no process',
  async (broken) => {
    let readings = 0;
    const authenticator = createAuthenticator(
      {
        publishableKey,
        secretKey,
        fetch: async () => Response.json({ keys: [] }),
        logger: { warn: () => {} },
        now: () => {
          readings++;
          if (readings >= broken) throw new Error('the clock is broken');
          return Date.now();
        },
      },
      {},
    );
    const cookie = `__session=${session()}; __client_uat=1; __clerk_db_jwt=d; __clerk_handshake_nonce=n`;
    for (const headers of [{ cookie }, { authorization: `Bearer ${session()}` }, { authorization: 'Bearer ak_1234' }]) {
      for (let i = 0; i < 3; i++) {
        const request = new Request('http://localhost/', { headers: { ...headers, 'sec-fetch-dest': 'document' } });
        const state = await authenticator.authenticateRequest(request, { acceptsToken: 'any' }).catch(() => undefined);
        expect(state?.isAuthenticated ?? false).toBe(false);
      }
    }
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  },
);
