import { type BackendClientOptions, resolveClientOptions } from './client-options.ts';
import { createMethods } from './create-methods.ts';
import type { BackendClient } from './generated/client.generated.ts';
import * as RESOURCES from './generated/operations.generated.ts';
import { createTransport } from './transport.ts';

/**
 * Creates a client of the Backend API. That costs next to nothing: a resource is built when it is first used.
 *
 * Every method takes {@link RequestOptions} as its last argument, and rejects with a {@link BackendError}. Requests that
 * may safely be repeated are, a few times, after failures that pass; see `maxRetries`. Answers are plain objects in
 * camelCase, whose wire form is reachable as `raw`; the contents of metadata and claims keep their keys as they are.
 *
 * @throws ConfigurationError naming the option that cannot be used. A missing secret key is noticed when it is needed.
 * @example
 * const backend = createBackendClient({ secretKey: process.env.CLERK_SECRET_KEY });
 * const { data, totalCount } = await backend.users.getUserList({ limit: 20, orderBy: '-created_at' });
 */
export function createBackendClient(options: BackendClientOptions = {}): BackendClient {
  const send = createTransport(resolveClientOptions(options));
  const client = {};
  for (const table of Object.values(RESOURCES)) {
    Object.defineProperty(client, table.name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = createMethods(table, send);
        Object.defineProperty(client, table.name, { value, enumerable: true });
        return value;
      },
    });
  }
  // The operation table and the interfaces are generated from one contract.
  return client as BackendClient;
}
