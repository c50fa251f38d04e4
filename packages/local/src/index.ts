export type { Clock } from './clock.ts';
export type { Controls } from './control/create-controls.ts';
export type { LoggedDecision } from './control/decision-log.ts';
export type { Fault, Faults } from './control/faults.ts';
export { hostedLimits, type RequestLimit } from './control/request-limit.ts';
export type { LoggedRequest } from './control/request-log.ts';
export type { Snapshot } from './control/snapshot.ts';
export { LocalBackendError, type LocalBackendErrorCode } from './errors.ts';
export type { Mint, MintJwtOptions, MintSessionOptions } from './mint.ts';
export type { LocalBackendOptions } from './options.ts';
export type { SeedResult } from './seed/apply-seed.ts';
export { assertSeedData } from './seed/assert-seed-data.ts';
export { DEMO_SEED } from './seed/demo-seed.ts';
export type {
  SeedApiKey,
  SeedData,
  SeedJwtTemplate,
  SeedMachine,
  SeedOAuthApplication,
  SeedOrganization,
  SeedPermission,
  SeedPlan,
  SeedRole,
  SeedSubscription,
  SeedUser,
} from './seed/seed-data.ts';
export { type LocalBackend, startLocalBackend } from './start-local-backend.ts';
export type { Webhooks } from './webhooks/create-webhooks.ts';
export type { NewWebhookEndpoint, WebhookEndpoint } from './webhooks/endpoint.ts';
