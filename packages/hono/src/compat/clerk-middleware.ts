import { type AuthenticatorOptions, ConfigurationError } from '@keystile/core';
import { type AdapterAuthenticator, COMPAT_DEFAULTS, type FrontendApiProxySettings } from '@keystile/core/adapter';
import { type ClerkClient, createClerkClient } from '@keystile/core/compat';
import type { GetAuthFnNoRequest } from '@keystile/core/compat/internal';
import type { Context, MiddlewareHandler } from 'hono';
import { createAuthMiddleware } from '../create-auth-middleware.ts';
import { fixedSource, type SetupSource } from '../setup-source.ts';
import { getAuth } from './get-auth.ts';

/** Whether and where the frontend API is served by the application. */
export interface FrontendApiProxyOptions {
  readonly enabled: boolean | ((url: URL) => boolean);
  /** Default `/__clerk`. */
  readonly path?: string;
}

export interface ClerkMiddlewareOptions extends AuthenticatorOptions {
  readonly frontendApiProxy?: FrontendApiProxyOptions;
}

/** What a request carries once `clerkMiddleware()` has seen it. */
export interface ClerkHonoVariables {
  clerk: ClerkClient;
  clerkAuth: GetAuthFnNoRequest;
}

/** As `authMiddleware()` of the main entry, with the names and the defaults of the ecosystem's package. */
export function clerkMiddleware({
  frontendApiProxy: proxy,
  ...options
}: ClerkMiddlewareOptions = {}): MiddlewareHandler {
  const clients = new WeakMap<AdapterAuthenticator, ClerkClient>();
  const merged = { ...COMPAT_DEFAULTS, ...options };
  const plain = fixedSource(merged);
  const proxied = fixedSource({ ...merged, frontendApiProxy: toSettings(proxy?.path) });
  const setupFor: SetupSource = (c) => {
    if (options.secretKey === '') throw missingSecretKey();
    return isEnabled(proxy, c) ? proxied(c) : plain(c);
  };

  return createAuthMiddleware(setupFor, false, (c, { authenticator }) => {
    const client = clients.get(authenticator) ?? toClient(authenticator);
    clients.set(authenticator, client);
    c.set('clerk', client);
    c.set('clerkAuth', ((selection) => getAuth(c, selection)) as GetAuthFnNoRequest);
  });
}

function isEnabled(proxy: FrontendApiProxyOptions | undefined, c: Context): boolean {
  if (proxy === undefined) return false;
  return typeof proxy.enabled === 'function' ? proxy.enabled(new URL(c.req.url)) : proxy.enabled;
}

function toSettings(proxyPath: string | undefined): FrontendApiProxySettings {
  return {
    proxyPath,
    allowInsecureFrontendApiUrl: true,
    trustForwarded: true,
    maxRequestBytes: Number.POSITIVE_INFINITY,
  };
}

function toClient({ config }: AdapterAuthenticator): ClerkClient {
  const { secretKey, machineSecretKey, jwtKey, publishableKey, apiUrl, apiVersion, fetch } = config;
  if (secretKey === undefined) throw missingSecretKey();
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

function missingSecretKey(): ConfigurationError {
  return new ConfigurationError('secretKey', 'is missing: pass it, or set CLERK_SECRET_KEY.');
}
