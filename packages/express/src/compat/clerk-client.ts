import { processEnvironment, readText } from '@keystile/core/adapter';
import { type ClerkClient, createClerkClient } from '@keystile/core/compat';

/**
 * A client with the keys of the environment, made when it is first used. Until there is a secret key in the environment, each
 * use looks again.
 */
export const clerkClient: ClerkClient = createLateClient();

function createLateClient(): ClerkClient {
  let client: ClerkClient | undefined;
  return new Proxy({} as ClerkClient, {
    get: (_target, name) => {
      const current = client ?? clientOfEnvironment();
      if (readText(processEnvironment(), 'CLERK_SECRET_KEY') !== undefined) client = current;
      return Reflect.get(current, name);
    },
    set: () => false,
  });
}

function clientOfEnvironment(): ClerkClient {
  const read = (name: string): string | undefined => readText(processEnvironment(), name);
  return createClerkClient({
    secretKey: read('CLERK_SECRET_KEY'),
    publishableKey: read('CLERK_PUBLISHABLE_KEY'),
    machineSecretKey: read('CLERK_MACHINE_SECRET_KEY'),
    jwtKey: read('CLERK_JWT_KEY'),
    apiUrl: read('CLERK_API_URL'),
    apiVersion: read('CLERK_API_VERSION'),
  });
}
