import {
  type AdapterAuthenticator,
  AuthenticatorCache,
  createAdapterAuthenticator,
  type Environment,
} from '@keystile/core/adapter';
import type { Context } from 'hono';
import type { AuthMiddlewareOptions, AuthMiddlewareOptionsCallback } from './auth-middleware.ts';
import { createEnvironmentReader } from './environment.ts';

/** Gives the authenticator for a request. */
export type AuthenticatorSource = (c: Context) => AdapterAuthenticator | Promise<AdapterAuthenticator>;

/**
 * One authenticator for a set of options and an environment. It is built with the first request, since on Workers there is
 * no environment before it.
 */
export function createAuthenticatorSource(
  options: AuthMiddlewareOptions | AuthMiddlewareOptionsCallback,
): AuthenticatorSource {
  const environmentOf = createEnvironmentReader();
  if (typeof options === 'function') {
    const caches = new EnvironmentMap(() => new AuthenticatorCache());
    return (c) => {
      const environment = environmentOf(c);
      const given = options(c);
      return given instanceof Promise
        ? given.then((resolved) => caches.get(environment).get(resolved, environment))
        : caches.get(environment).get(given, environment);
    };
  }
  const authenticators = new EnvironmentMap((environment) => createAdapterAuthenticator(options, environment));
  return (c) => authenticators.get(environmentOf(c));
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
