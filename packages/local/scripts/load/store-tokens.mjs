import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';

/** Tells the rows of this run from those of others on the same database. */
const run = randomBytes(6).toString('hex');

const hash = (secret) => createHash('sha256').update(secret).digest('base64url');

/** A kind of token: where it is proved, what its rows are, and what a request says of one. */
const kinds = [
  {
    name: 'api keys',
    path: '/v1/api_keys/verify',
    table: 'api_keys',
    prefix: 'ak',
    hashColumn: 'secret_hash',
    toBody: (secret) => ({ secret }),
    row: ({ user }) => ({ secret_sealed: '', type: 'api_key', subject: user, name: 'load', scopes: '[]' }),
  },
  {
    name: 'm2m tokens',
    path: '/v1/m2m_tokens/verify',
    table: 'm2m_tokens',
    prefix: 'mt',
    hashColumn: 'token_hash',
    toBody: (token) => ({ token }),
    row: ({ machine }) => ({ subject: machine, format: 'opaque', scopes: '[]' }),
  },
  {
    name: 'access tokens',
    path: '/v1/oauth_applications/access_tokens/verify',
    table: 'oauth_access_tokens',
    prefix: 'oat',
    hashColumn: 'token_hash',
    toBody: (access_token) => ({ access_token }),
    row: ({ user }) => ({ client_id: 'load', subject: user, scopes: '["profile"]', format: 'opaque' }),
  },
];

/** Stores so many tokens of each kind that are proved later on. */
export async function storeTokens({ context }, owners, count) {
  const { db } = context;
  return Promise.all(
    kinds.map(async ({ name, path, table, prefix, hashColumn, toBody, row }) => {
      const secrets = Array.from({ length: count }, () => `${prefix}_${randomBytes(32).toString('hex')}`);
      for (let start = 0; start < count; start += 500) {
        const rows = secrets.slice(start, start + 500).map((secret, index) => ({
          id: `${prefix}_${run}_${start + index}`,
          [hashColumn]: hash(secret),
          ...row(owners),
          created_at: 1,
          updated_at: 1,
        }));
        await db.insertInto(table).values(rows).execute();
      }
      return { name, path, bodies: secrets.map(toBody) };
    }),
  );
}

/**
 * Stores many more that nobody proves, within the database alone. Their hashes are random, as real ones are, so that they
 * lie between the others in the index.
 */
export async function storeFillers({ context }, isPostgres, owners, count) {
  const random = isPostgres ? sql`md5(random()::text || n) || md5(n::text)` : sql`hex(randomblob(32))`;
  const numbers = isPostgres
    ? sql`SELECT n FROM generate_series(1, ${sql.lit(count)}) AS n`
    : sql`WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ${sql.lit(count)}) SELECT n FROM count`;
  for (const { table, prefix, hashColumn, row } of kinds) {
    const values = Object.entries({ ...row(owners), created_at: 1, updated_at: 1 });
    const columns = sql.join(['id', hashColumn, ...values.map(([name]) => name)].map((name) => sql.ref(name)));
    const selected = sql.join(values.map(([, value]) => sql.lit(value)));
    await sql`INSERT INTO ${sql.table(table)} (${columns})
      SELECT ${sql.lit(`${prefix}_${run}_filler_`)} || n, ${random}, ${selected} FROM (${numbers}) AS numbers`.execute(
      context.db,
    );
  }
}
