import { LRUCache } from 'lru-cache';
import { type AdapterAuthenticator, createAdapterAuthenticator } from './authenticator.ts';
import type { AuthenticatorOptions } from './config.ts';
import type { Environment } from './environment.ts';

/** How many sets of options keep their authenticator: tenants, mostly. */
const DEFAULT_MAX = 1_000;

/**
 * The authenticators of an application whose options depend on the request. The same options give the same authenticator,
 * with its keys and caches; the set is bounded, and one that was dropped is built anew.
 *
 * Two sets of options are the same only if every one of them is: texts and lists by value, functions by identity.
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
    const key = this.#keyOf(options);
    let authenticator = this.#authenticators.get(key);
    if (authenticator === undefined) {
      authenticator = createAdapterAuthenticator(options, environment);
      this.#authenticators.set(key, authenticator);
    }
    return authenticator;
  }

  #keyOf(options: AuthenticatorOptions): string {
    const entries = Object.entries(options).filter(([, value]) => value !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(entries, (_name, value: unknown) =>
      typeof value === 'function' ? `function ${this.#identityOf(value)}` : value,
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
