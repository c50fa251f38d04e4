import { LRUCache } from 'lru-cache';
import { type AdapterAuthenticator, createAdapterAuthenticator } from './authenticator.ts';
import { type AuthenticatorOptions, ENVIRONMENT_VARIABLES } from './config.ts';
import { type Environment, readText } from './environment.ts';
import { AUTO_PROXY_VARIABLES } from './keys/auto-proxy.ts';

/** How many sets of options keep their authenticator: tenants, mostly. */
const DEFAULT_MAX = 1_000;

/**
 * The authenticators of an application whose options depend on the request. The same options give the same authenticator,
 * with its keys and caches; the set is bounded, and one that was dropped is built anew.
 *
 * Two sets of options are the same only if every one of them is, and the environment that fills them up: texts and lists by
 * value, functions and objects of a class (a logger) by identity.
 */
export class AuthenticatorCache {
  readonly #authenticators: LRUCache<string, AdapterAuthenticator>;
  readonly #identities = new WeakMap<object, number>();
  #nextIdentity = 0;

  constructor(max: number = DEFAULT_MAX) {
    this.#authenticators = new LRUCache({ max });
  }

  /** @throws ConfigurationError if the options cannot be used */
  get(options: AuthenticatorOptions, environment: Environment): AdapterAuthenticator {
    const key = this.#keyOf(options, environment);
    let authenticator = this.#authenticators.get(key);
    if (authenticator === undefined) {
      authenticator = createAdapterAuthenticator(options, environment);
      this.#authenticators.set(key, authenticator);
    }
    return authenticator;
  }

  #keyOf(options: AuthenticatorOptions, environment: Environment): string {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    given.sort(([a], [b]) => (a < b ? -1 : 1));
    const variables = VARIABLES.map((name) => readText(environment, name));
    return JSON.stringify([given, variables], (_name, value: unknown) =>
      isValue(value) ? value : { identity: this.#identityOf(value as object) },
    );
  }

  #identityOf(value: object): number {
    let identity = this.#identities.get(value);
    if (identity === undefined) {
      identity = this.#nextIdentity++;
      this.#identities.set(value, identity);
    }
    return identity;
  }
}

const VARIABLES = [...Object.values(ENVIRONMENT_VARIABLES), ...AUTO_PROXY_VARIABLES];

/** Whether a value is nothing but what can be read of it: not so functions, and objects of a class (a logger). */
function isValue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
