import {
  type AdapterAuthenticator,
  AuthenticatorCache,
  createAdapterAuthenticator,
  type FrontendApiProxyOptions,
  processEnvironment,
  toProxyPath,
} from '@keystile/core/adapter';
import type { AuthMiddlewareOptions, AuthMiddlewareOptionsCallback } from './auth-middleware.ts';
import type { Setup, SetupSource } from './create-handler.ts';

/**
 * One setup for all requests.
 * @throws ConfigurationError if the options cannot be used
 */
export function fixedSource(options: AuthMiddlewareOptions): SetupSource {
  const setup = toSetup(options, (bare) => createAdapterAuthenticator(bare, processEnvironment()));
  return { options, setupFor: () => setup };
}

/** A setup for each set of options that the application gives. */
export function sourceByRequest(callback: AuthMiddlewareOptionsCallback): SetupSource {
  const authenticators = new AuthenticatorCache();
  const environment = processEnvironment();
  const resolve = (options: AuthMiddlewareOptions): Setup =>
    toSetup(options, (bare) => authenticators.get(bare, environment));
  return {
    options: callback,
    setupFor: (req) => {
      const options = callback(req);
      return options instanceof Promise ? options.then(resolve) : resolve(options);
    },
  };
}

function toSetup(
  { frontendApiProxy = false, ...options }: AuthMiddlewareOptions,
  authenticatorOf: (options: AuthMiddlewareOptions) => AdapterAuthenticator,
): Setup {
  if (frontendApiProxy === false) return { authenticator: authenticatorOf(options), proxy: undefined };
  const settings = frontendApiProxy === true ? {} : frontendApiProxy;
  // Browsers are sent through the proxy, too, unless they are told another way.
  const authenticator = authenticatorOf({ ...options, proxyUrl: options.proxyUrl || toProxyPath(settings.proxyPath) });
  return { authenticator, proxy: toProxyOptions(settings, authenticator) };
}

function toProxyOptions(
  settings: Omit<FrontendApiProxyOptions, 'publishableKey'>,
  { config }: AdapterAuthenticator,
): FrontendApiProxyOptions {
  return {
    ...settings,
    publishableKey: config.publishableKey?.text,
    secretKey: config.secretKey,
    publicOrigin: config.publicOrigin,
    logger: config.logger,
  };
}
