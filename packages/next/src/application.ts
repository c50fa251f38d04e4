import { ConfigurationError } from '@keystile/core';
import {
  type AdapterOptions,
  type AdapterSetup,
  AuthenticatorCache,
  createAdapterAuthenticator,
  createAdapterSetup,
  type Environment,
  readText,
} from '@keystile/core/adapter';
import { readEnvironment } from './environment.ts';
import type { AuthOptions } from './options.ts';
import { ProxyScope } from './proxy-scope.ts';
import { Seal } from './state/seal.ts';

/** What the proxy and the handlers of one application have in common. Built when first needed: a build has no keys. */
export class Application {
  readonly proxyScope = new ProxyScope();
  readonly #options: AuthOptions;
  readonly #tenants = new AuthenticatorCache();
  #environment: Environment | undefined;
  #setup: AdapterSetup | undefined;
  #seal: Seal | undefined;

  constructor(options: AuthOptions) {
    this.#options = { fetch: fetchUncached, ...options };
  }

  /** @throws ConfigurationError naming the option that is missing or malformed */
  get setup(): AdapterSetup {
    this.#setup ??= createAdapterSetup(withoutEncryptionKey(this.#options), (options) =>
      createAdapterAuthenticator(options, this.environment),
    );
    return this.#setup;
  }

  /** One for options that go beyond the application's own: those of a tenant. */
  setupWith(options: AuthOptions): AdapterSetup {
    return createAdapterSetup(withoutEncryptionKey({ ...this.#options, ...options }), (merged) =>
      this.#tenants.get(merged, this.environment),
    );
  }

  /** In milliseconds since the epoch. */
  now(): number {
    return (this.#options.now ?? Date.now)();
  }

  get environment(): Environment {
    this.#environment ??= readEnvironment();
    return this.#environment;
  }

  /** What proxy and handlers share; undefined where there is none. */
  get secret(): string | undefined {
    const { encryptionKey, secretKey } = this.#options;
    return (
      encryptionKey ||
      readText(this.environment, 'CLERK_ENCRYPTION_KEY') ||
      secretKey ||
      readText(this.environment, 'CLERK_SECRET_KEY')
    );
  }

  /** undefined where there is no secret: then handlers find out by themselves whom they serve. */
  get seal(): Seal | undefined {
    if (this.#seal === undefined && this.secret !== undefined) this.#seal = new Seal(this.secret);
    return this.#seal;
  }

  /** @throws ConfigurationError if there is no secret that proxy and handlers share */
  assertSeal(): Seal {
    const { seal } = this;
    if (seal !== undefined) return seal;
    throw new ConfigurationError(
      'encryptionKey',
      'is missing: set CLERK_ENCRYPTION_KEY (or CLERK_SECRET_KEY), which the handlers need to learn the options given to authMiddleware().',
    );
  }
}

function withoutEncryptionKey({ encryptionKey: _, ...options }: AuthOptions): AdapterOptions {
  return options;
}

/** Next keeps what `fetch` answers, for everybody, unless it is told not to. */
const fetchUncached: typeof fetch = (input, init) => fetch(input, { cache: 'no-store', ...init });
