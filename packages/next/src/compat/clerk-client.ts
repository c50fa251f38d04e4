import type { AdapterAuthenticator } from '@keystile/core/adapter';
import { type ClerkClient, createClerkClient } from '@keystile/core/compat';
import type { HandlerCallers } from '../handler/handler-callers.ts';

/** Gives the client of the Backend API for the request that is being served: one for each set of keys. */
export function createClerkClientGetter(callers: HandlerCallers): () => Promise<ClerkClient> {
  const clients = new WeakMap<AdapterAuthenticator, ClerkClient>();
  return async () => {
    const { authenticator } = await callers.current('clerkClient()', undefined);
    const client = clients.get(authenticator) ?? toClient(authenticator);
    clients.set(authenticator, client);
    return client;
  };
}

function toClient({ config }: AdapterAuthenticator): ClerkClient {
  const { secretKey, machineSecretKey, jwtKey, publishableKey, apiUrl, apiVersion, fetch } = config;
  return createClerkClient({
    secretKey,
    machineSecretKey,
    jwtKey,
    publishableKey: publishableKey?.text,
    apiUrl,
    apiVersion,
    fetch,
  });
}
