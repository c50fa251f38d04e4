import {
  type AdapterSetup,
  AuthenticatorCache,
  createAdapterAuthenticator,
  createAdapterSetup,
  type Environment,
} from '@keystile/core/adapter';
import type { Context } from 'hono';
import type { AuthMiddlewareOptions, AuthMiddlewareOptionsCallback } from './auth-middleware.ts';
import { createEnvironmentReader } from './environment.ts';

/** What a middleware works with for a request. */
export interface Setup extends AdapterSetup {
  readonly environment: Environment;
}

/** Gives the setup for a request. */
export type SetupSource = (c: Context) => Setup | Promise<Setup>;

/** One setup for all requests. It is made with the first of them, since on Workers there is no environment before it. */
export function fixedSource(options: AuthMiddlewareOptions): SetupSource {
  const environmentOf = createEnvironmentReader();
  const setups = new EnvironmentMap<Setup>((environment) => ({
    environment,
    ...createAdapterSetup(options, (bare) => createAdapterAuthenticator(bare, environment)),
  }));
  return (c) => setups.get(environmentOf(c));
}

/** A setup for each set of options that the application gives. */
export function sourceByRequest(callback: AuthMiddlewareOptionsCallback): SetupSource {
  const environmentOf = createEnvironmentReader();
  const caches = new EnvironmentMap(() => new AuthenticatorCache());
  const resolve = (options: AuthMiddlewareOptions, environment: Environment): Setup => ({
    environment,
    ...createAdapterSetup(options, (bare) => caches.get(environment).get(bare, environment)),
  });
  return (c) => {
    const environment = environmentOf(c);
    const options = callback(c);
    return options instanceof Promise
      ? options.then((resolved) => resolve(resolved, environment))
      : resolve(options, environment);
  };
}

/** One value for an environment: an isolate may serve several sets of bindings, and they must not share keys. */
class EnvironmentMap<Value> {
  readonly #values = new WeakMap<Environment, Value>();
  readonly #create: (environment: Environment) => Value;

  constructor(create: (environment: Environment) => Value) {
    this.#create = create;
  }

  get(environment: Environment): Value {
    let value = this.#values.get(environment);
    if (value === undefined) {
      value = this.#create(environment);
      this.#values.set(environment, value);
    }
    return value;
  }
}
