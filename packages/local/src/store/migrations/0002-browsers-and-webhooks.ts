import type { Migration } from './migration.ts';

/** What browsers and webhooks need: development browsers, sign-ins under way, endpoints and what was delivered to them. */
export const browsersAndWebhooks: Migration = {
  version: 2,
  sql: `
CREATE TABLE dev_browsers (
  token_hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL
);
CREATE INDEX dev_browsers_by_client ON dev_browsers (client_id, created_at);

CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  identifier TEXT NOT NULL,
  status TEXT NOT NULL,
  first_factor_strategy TEXT,
  code_hash TEXT,
  code_expires_at BIGINT,
  failed_attempts INTEGER NOT NULL DEFAULT 0,
  abandon_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_by_client ON sign_ins (client_id);

CREATE TABLE webhook_endpoints (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  secret_sealed TEXT NOT NULL,
  event_types TEXT NOT NULL DEFAULT '[]',
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE webhook_deliveries (
  id TEXT PRIMARY KEY,
  endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
  event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX webhook_deliveries_by_created ON webhook_deliveries (created_at, id);
CREATE INDEX webhook_deliveries_by_due ON webhook_deliveries (status, next_attempt_at);

CREATE TABLE webhook_attempts (
  id TEXT PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
  response_status INTEGER,
  error TEXT,
  duration_in_ms INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_id, created_at);
`,
};
