import { type AdapterSetup, AuthenticatorCache, createAdapterSetup, type Environment } from '@keystile/core/adapter';
import type { Context } from 'hono';
import type { AuthMiddlewareOptions, AuthMiddlewareOptionsCallback } from './auth-middleware.ts';
import { createEnvironmentReader } from './environment.ts';

/** What a middleware works with for a request. */
export interface Setup extends AdapterSetup {
  readonly environment: Environment;
}

/** Gives the setup for a request. */
export type SetupSource = (c: Context) => Setup | Promise<Setup>;

/**
 * One setup for all requests. It is made with the first of them, since on Workers there is no environment before it. An
 * isolate may serve several sets of bindings, which do not share keys; bindings that say the same do, even where a framework
 * copies them for each request.
 */
export function fixedSource(options: AuthMiddlewareOptions): SetupSource {
  const environmentOf = createEnvironmentReader();
  const authenticators = new AuthenticatorCache();
  const setups = new WeakMap<Environment, Setup>();
  return (c) => {
    const environment = environmentOf(c);
    let setup = setups.get(environment);
    if (setup === undefined) {
      setup = { environment, ...createAdapterSetup(options, (bare) => authenticators.get(bare, environment)) };
      setups.set(environment, setup);
    }
    return setup;
  };
}

/** A setup for each set of options that the application gives. */
export function sourceByRequest(callback: AuthMiddlewareOptionsCallback): SetupSource {
  const environmentOf = createEnvironmentReader();
  const authenticators = new AuthenticatorCache();
  const resolve = (options: AuthMiddlewareOptions, environment: Environment): Setup => ({
    environment,
    ...createAdapterSetup(options, (bare) => authenticators.get(bare, environment)),
  });
  return (c) => {
    const environment = environmentOf(c);
    const options = callback(c);
    return options instanceof Promise
      ? options.then((resolved) => resolve(resolved, environment))
      : resolve(options, environment);
  };
}
