/** One step of the schema. Steps only go forward, and a released step is never edited: a change is a new step. */
export interface Migration {
  /** 1, 2, 3, … without gaps; the number is the schema's version once the step has run. */
  readonly version: number;
  /** Statements in the SQL that SQLite and PostgreSQL share. */
  readonly sql: string;
}
