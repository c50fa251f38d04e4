import type { Kysely } from 'kysely';
import type { Schema } from './schema.generated.ts';

/** The store, or a transaction on it: queries are written the same for both. */
export type Database = Kysely<Schema>;
