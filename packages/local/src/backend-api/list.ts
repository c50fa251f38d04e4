import { type RawBuilder, sql } from 'kysely';

/** The long form of a list answer. */
export interface Page<T> {
  data: T[];
  total_count: number;
}

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

/** SQL for sorting by a column, with what is null at the end in both engines. */
export function sortBy(column: string, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  return sql`${sql.ref(column)} ${sql.raw(direction)} nulls last`;
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
