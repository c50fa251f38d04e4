import { CompiledQuery } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Row } from '../store/rows.ts';

/** Tables of what hangs on a user, each with a `user_id`. */
const parts = [
  'email_addresses',
  'phone_numbers',
  'web3_wallets',
  'passkeys',
  'external_accounts',
  'enterprise_accounts',
  'backup_codes',
  'organization_memberships',
] as const;
type Part = (typeof parts)[number];

/** What hangs on users, by table and then by user. */
export interface UserParts {
  of<P extends Part>(part: P, userId: string): readonly Row<P>[];
  /** Of all the users. */
  all<P extends Part>(part: P): readonly Row<P>[];
}

/**
 * Reads all that hangs on users. Most have a row in one or two of the tables: to ask first which they are takes one query,
 * and spares one for each of the others.
 */
export async function readUserParts(db: Database, userIds: readonly string[]): Promise<UserParts> {
  const tables = new Map<Part, readonly Row<Part>[]>();
  const { rows } = await db.executeQuery<{ part: Part }>(
    CompiledQuery.raw(presenceQuery(userIds.length), [...userIds]),
  );
  for (const { part } of rows) {
    tables.set(part, await db.selectFrom(part).selectAll().where('user_id', 'in', userIds).orderBy('id').execute());
  }
  const all = (part: Part) => tables.get(part) ?? [];
  const of = (part: Part, userId: string) => all(part).filter((row) => row.user_id === userId);
  // What is under a table's name are that table's rows.
  return { all, of } as UserParts;
}

/** Which parts any of so many users has. Written as text: to build it costs more than to run it. Both engines know `$1`. */
function presenceQuery(count: number): string {
  const users = Array.from({ length: count }, (_, index) => `$${index + 1}`).join(',');
  return parts
    .map((part) => `select '${part}' as part where exists (select 1 from ${part} where user_id in (${users}))`)
    .join(' union all ');
}
