import { type BackendClientOptions, resolveClientOptions } from './client-options.ts';
import { createMethods } from './create-methods.ts';
import type { BackendClient } from './generated/client.generated.ts';
import type { ResourceTable } from './resource-table.ts';
import { createTransport } from './transport.ts';

/**
 * Creates a client of one resource of the Backend API. A bundle that uses this and not `createBackendClient` carries no
 * operations but those of the resources that it names.
 *
 * @throws ConfigurationError naming the option that cannot be used
 * @example
 * import { createResourceClient } from '@keystile/core';
 * import { users } from '@keystile/core/resources';
 *
 * const client = createResourceClient(users, { secretKey });
 * await client.getUser('user_1');
 */
export function createResourceClient<Name extends keyof BackendClient>(
  resource: ResourceTable<Name>,
  options: BackendClientOptions = {},
): BackendClient[Name] {
  const methods: unknown = createMethods(resource, createTransport(resolveClientOptions(options)));
  // The operation table and the interfaces are generated from one contract.
  return methods as BackendClient[Name];
}
