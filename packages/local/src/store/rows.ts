import type { Selectable } from 'kysely';
import type { Schema } from './schema.generated.ts';

/** A row of a table as it is read: `Row<'users'>`. */
export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
