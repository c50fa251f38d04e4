import { type RawBuilder, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { firstError, startForTest } from '../backend-api/start-for-test.ts';

const isPostgres = Boolean(process.env.KEYSTILE_TEST_DATABASE);

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

/** Ways in which SQLite stops taking writes, and how it takes them again. */
const faults: [name: string, begin: RawBuilder<unknown>, end: RawBuilder<unknown>][] = [
  ['is full', sql`PRAGMA max_page_count = 1`, sql`PRAGMA max_page_count = 1000000`],
  ['is read-only', sql`PRAGMA query_only = ON`, sql`PRAGMA query_only = OFF`],
];

// Those of PostgreSQL need a server of the test's own: test/store/postgres.test.ts.
describe.skipIf(isPostgres)('SC-130 a database that', () => {
  test.each(faults)('%s is told by the error of the API, and used again when it can be', async (_, begin, end) => {
    const backend = await startForTest();
    const write = (name: string) =>
      backend.call('POST', '/users', { username: name, public_metadata: { long: 'x'.repeat(4_000) } });
    const { db } = backend.context;
    await begin.execute(db);
    const refused = await Promise.all(Array.from({ length: 20 }, (_, index) => write(`refused-${index}`)));
    for (const answer of refused) {
      expect(firstError(answer)).toEqual({ status: 503, code: 'storage_unavailable' });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(JSON.stringify(answer.body)).not.toMatch(/SQLITE|PRAGMA|insert/i);
    }
    expect((await backend.call('GET', '/users')).body).toEqual([]);
    await end.execute(db);
    expect((await write('welcome')).status).toBe(200);
    expect((await backend.call('GET', '/users/count')).body.total_count).toBe(1);
  });
});
