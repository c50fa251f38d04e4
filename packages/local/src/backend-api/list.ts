import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

/** The query parameters that every list takes; their bounds have been checked by then. */
export interface PageQuery {
  readonly limit: number;
  readonly offset: number;
}

/** A sort key and its direction, read from `order_by`; that the key is one of the operation's has been checked by then. */
export interface SortOrder {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

/** Reads `+created_at`, `-created_at` or `created_at`. A plus that was not encoded arrives as a blank. */
export function readOrder(orderBy: string): SortOrder {
  const sign = orderBy[0];
  const key = sign === '+' || sign === '-' || sign === ' ' ? orderBy.slice(1) : orderBy;
  return { key, direction: sign === '-' ? 'desc' : 'asc' };
}

/** Columns that are never null: there an index serves the order as it is. */
const neverNull = /(?:^|\.)(?:id|created_at|updated_at)$/;

/** SQL for sorting by a column, with what is null at the end in both engines. */
export function sortBy(column: string, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  return sql`${sql.ref(column)} ${sql.raw(neverNull.test(column) ? direction : `${direction} nulls last`)}`;
}

/** SQL for "the column contains the text", whatever the case. Wildcards in the text stand for themselves. */
export function contains(column: string, text: string): RawBuilder<boolean> {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}

/** Values of a filter in which `-` excludes and `+` (or nothing) includes. */
export interface SignedValues {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/** Reads the values of a filter that knows signs. A plus that was not encoded arrives as a blank. */
export function readSigned(values: readonly string[]): SignedValues {
  return {
    included: values.filter((value) => value[0] !== '-').map((value) => value.replace(/^[+ ]/, '')),
    excluded: values.filter((value) => value[0] === '-').map((value) => value.slice(1)),
  };
}

/**
 * Reads one page of a table and counts the whole. Sorted by `order_by` (newest first without one), then by id, so that
 * pages neither overlap nor miss a row.
 *
 * @param columns SQL columns of sort keys that are named differently.
 */
export async function readPage<DB, Table extends keyof DB>(
  rows: SelectQueryBuilder<DB, Table, object>,
  query: PageQuery & { readonly order_by?: string | undefined },
  columns: Readonly<Record<string, string>> = {},
) {
  const { key, direction } = readOrder(query.order_by ?? '-created_at');
  const total = await countRows(rows);
  const page = await rows
    .selectAll()
    .orderBy(sortBy(columns[key] ?? key, direction))
    .orderBy(sortBy('id', direction))
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { rows: page, total };
}

/** How many rows a query has. */
export async function countRows<DB, Table extends keyof DB>(
  rows: SelectQueryBuilder<DB, Table, object>,
): Promise<number> {
  const row = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  // Over a generic schema the compiler cannot see the alias; PostgreSQL answers with text.
  return Number((row as { count: unknown }).count);
}
