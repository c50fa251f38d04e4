export { API_VERSION } from './api-version.ts';
export {
  BackendError,
  type BackendErrorCode,
  type BackendErrorDetail,
} from './backend-error.ts';
export type { AfterResponse, BackendClientOptions, BeforeRequest } from './client-options.ts';
export { createBackendClient } from './create-backend-client.ts';
export type * from './generated/client.generated.ts';
export type * from './generated/parameters.generated.ts';
export type * from './generated/resources.generated.ts';
export type * from './generated/wire.generated.ts';
export type { OrderBy } from './order-by.ts';
export type { Page } from './page.ts';
export { paginate } from './paginate.ts';
export type { RateLimit } from './rate-limit.ts';
export type { RequestOptions } from './request-options.ts';
