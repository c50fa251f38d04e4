import type { Migration } from './migration.ts';

/** How long the code of a sign-up counts, and how often it has been given wrongly. */
export const signUpCodes: Migration = {
  version: 3,
  sql: `
ALTER TABLE sign_ups ADD COLUMN code_expires_at BIGINT;
ALTER TABLE sign_ups ADD COLUMN failed_attempts INTEGER NOT NULL DEFAULT 0;
`,
};
