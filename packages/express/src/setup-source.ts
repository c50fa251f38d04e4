import {
  type AdapterSetup,
  AuthenticatorCache,
  createAdapterAuthenticator,
  createAdapterSetup,
  processEnvironment,
} from '@keystile/core/adapter';
import type { Request } from 'express';
import type { AuthMiddlewareOptions, AuthMiddlewareOptionsCallback } from './auth-middleware.ts';

/** Where the setups of a middleware come from. */
export interface SetupSource {
  /** What the application passed, to be compared with what it passed to another middleware. */
  readonly options: object;
  readonly setupFor: (req: Request) => AdapterSetup | Promise<AdapterSetup>;
}

/**
 * One setup for all requests.
 * @throws ConfigurationError if the options cannot be used
 */
export function fixedSource(options: AuthMiddlewareOptions): SetupSource {
  const setup = createAdapterSetup(options, (bare) => createAdapterAuthenticator(bare, processEnvironment()));
  return { options, setupFor: () => setup };
}

/** A setup for each set of options that the application gives. */
export function sourceByRequest(callback: AuthMiddlewareOptionsCallback): SetupSource {
  const authenticators = new AuthenticatorCache();
  const environment = processEnvironment();
  const resolve = (options: AuthMiddlewareOptions): AdapterSetup =>
    createAdapterSetup(options, (bare) => authenticators.get(bare, environment));
  return {
    options: callback,
    setupFor: (req) => {
      const options = callback(req);
      return options instanceof Promise ? options.then(resolve) : resolve(options);
    },
  };
}
