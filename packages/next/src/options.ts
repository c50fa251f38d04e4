import type { AdapterOptions } from '@keystile/core/adapter';
import type { NextRequest } from 'next/server.js';

/**
 * The options of this package. Those with a variable named are read from the environment if not given; of a variable that
 * the browser needs as well, the `NEXT_PUBLIC_` one comes first.
 */
export interface AuthOptions extends AdapterOptions {
  /**
   * The secret with which the proxy tells the handlers whom it has authenticated; `CLERK_ENCRYPTION_KEY`. Default: the
   * secret key.
   */
  readonly encryptionKey?: string | undefined;
}

/** Options that depend on the request, for example the keys of a tenant. The same options give the same authenticator. */
export type AuthOptionsCallback = (request: NextRequest) => AuthOptions | Promise<AuthOptions>;
