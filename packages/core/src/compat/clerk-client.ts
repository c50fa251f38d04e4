import { type BackendClient, createBackendClient } from '../backend/index.ts';
import { rethrowApiError } from './api-error.ts';
import { keepClientOptions } from './client-options.ts';
import {
  type AuthenticateRequest,
  type ClerkOptions,
  createAuthenticateRequest,
} from './create-authenticate-request.ts';
import { debugRequestState } from './request-state.ts';

export type { ClerkOptions } from './create-authenticate-request.ts';

/** Nothing is collected, and nothing is sent anywhere. */
export interface InertTelemetry {
  readonly isEnabled: false;
  readonly isDebug: false;
  record(event: unknown): void;
  recordLog(entry: unknown): void;
}

/** A client of the Backend API that authenticates requests as well. */
export interface ClerkClient extends BackendClient {
  authenticateRequest: AuthenticateRequest;
  debugRequestState: typeof debugRequestState;
  readonly telemetry: InertTelemetry;
}

const TELEMETRY: InertTelemetry = Object.freeze({ isEnabled: false, isDebug: false, record() {}, recordLog() {} });

/**
 * Creates a client. Options are not read from the environment. A missing key is noticed when it is needed.
 *
 * Methods of resources reject with `ClerkAPIResponseError`.
 * @throws ConfigurationError naming an option that cannot be used
 */
export function createClerkClient(options: ClerkOptions): ClerkClient {
  const { secretKey, machineSecretKey, apiUrl, apiVersion, userAgent, fetch } = options;
  const client = createBackendClient({
    secretKey,
    machineSecretKey,
    apiUrl,
    apiVersion,
    userAgent,
    fetch,
    allowInsecureApiUrl: true,
  });
  const { authenticateRequest } = createAuthenticateRequest({ options });
  const adapted = withApiErrors(client);
  keepClientOptions(adapted, options);
  return Object.assign(adapted, { authenticateRequest, debugRequestState, telemetry: TELEMETRY });
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** The same client, whose methods reject with this entry's error. Resources are still built when they are first used. */
function withApiErrors(client: BackendClient): BackendClient {
  const adapted = {};
  for (const name of Object.keys(client) as (keyof BackendClient)[]) {
    let resource: Record<string, Method> | undefined;
    Object.defineProperty(adapted, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        resource ??= adaptResource(client[name] as unknown as Record<string, Method>);
        return resource;
      },
    });
  }
  return adapted as BackendClient;
}

function adaptResource(resource: Record<string, Method>): Record<string, Method> {
  return Object.fromEntries(
    Object.entries(resource).map(([name, method]) => [
      name,
      async (...parameters: unknown[]) => method(...parameters).catch(rethrowApiError),
    ]),
  );
}
