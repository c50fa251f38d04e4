import type { AdapterAuthenticator } from './authenticator.ts';
import type { AuthenticatorOptions } from './config.ts';
import { type FrontendApiProxyOptions, toProxyPath } from './proxy/index.ts';

/** How an adapter serves the frontend API. Keys, public origin and logger are those of the adapter. */
export type FrontendApiProxySettings = Omit<
  FrontendApiProxyOptions,
  'publishableKey' | 'secretKey' | 'publicOrigin' | 'logger'
>;

/** The options of an adapter's middleware. */
export interface AdapterOptions extends AuthenticatorOptions {
  /**
   * Serves the frontend API under a path of this application, for browsers that cannot reach its own host. `true`: under
   * `/__clerk`. Default: not served.
   */
  readonly frontendApiProxy?: boolean | FrontendApiProxySettings | undefined;
}

/** What a middleware works with. */
export interface AdapterSetup {
  readonly authenticator: AdapterAuthenticator;
  /** undefined: the frontend API is not served. */
  readonly proxy: FrontendApiProxyOptions | undefined;
}

/**
 * Makes an authenticator, and the options of the proxy beside it where one is asked for.
 *
 * @param authenticatorOf - makes or finds the authenticator
 */
export function createAdapterSetup(
  { frontendApiProxy = false, ...options }: AdapterOptions,
  authenticatorOf: (options: AuthenticatorOptions) => AdapterAuthenticator,
): AdapterSetup {
  if (frontendApiProxy === false) return { authenticator: authenticatorOf(options), proxy: undefined };
  const settings = frontendApiProxy === true ? {} : frontendApiProxy;
  // Browsers are sent through the proxy, too, unless they are told another way.
  const authenticator = authenticatorOf({ ...options, proxyUrl: options.proxyUrl || toProxyPath(settings.proxyPath) });
  const { publishableKey, secretKey, publicOrigin, logger } = authenticator.config;
  return {
    authenticator,
    proxy: { ...settings, publishableKey: publishableKey?.text, secretKey, publicOrigin, logger },
  };
}
