import { createPrivateKey } from 'node:crypto';
import type { RequestLimit } from './control/request-limit.ts';
import { LocalBackendError } from './errors.ts';
import type { FrontendApiOptions } from './frontend-api/index.ts';
import type { SeedData } from './seed/seed-data.ts';
import type { NewWebhookEndpoint } from './webhooks/endpoint.ts';

/** How a local backend is started. All of it is optional. */
export interface LocalBackendOptions extends FrontendApiOptions {
  /**
   * `:memory:` (default), the path of a SQLite file that is made when missing, or `postgres://user@host/name` for a
   * PostgreSQL database. Tables are in the schema `keystile`, or that of `?schema=`. Several processes may share one.
   */
  readonly database?: string | undefined;
  /** Port on 127.0.0.1. By default any that is free; a file database asks for the one it had before. */
  readonly port?: number | undefined;
  /** `false` opens no socket: use `fetch`. The frontend API then has a host name that only stands for itself. Default `true`. */
  readonly listen?: boolean | undefined;
  /** Secret key of the instance, `sk_test_…`. By default a random one, kept with a file database. */
  readonly secretKey?: string | undefined;
  /**
   * Private key that its tokens are signed with: RSA, PKCS #8 PEM. By default one of its own, kept with a file database.
   * Backends that share a key accept each other's tokens where only the key is checked.
   */
  readonly privateKey?: string | undefined;
  /** Data to begin with; a file database gets it when it is new. */
  readonly seed?: SeedData | undefined;
  /** Where events are sent, besides the endpoints that the database has. */
  readonly webhooks?: readonly NewWebhookEndpoint[] | undefined;
  /** What sends webhooks; `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Host names it answers to besides `localhost`, `127.0.0.1`, `[::1]` and `*.localhost`. */
  readonly allowedHosts?: readonly string[] | undefined;
  /**
   * Limit on the requests to the Backend API, `'hosted'` for what the hosted service grants a development instance. None by
   * default; `controls.limitRequests` changes it.
   */
  readonly requestLimit?: RequestLimit | 'hosted' | undefined;
  /**
   * A domain of this machine, such as `app.localhost`, of which it plays the production instance, with live-looking keys that
   * are good nowhere else: its frontend API is then at `clerk.<domain>`, and cookies of the domain take the place of the
   * parameters that development instances put into addresses. For applications with satellites.
   */
  readonly productionDomain?: string | undefined;
  /** The machine's time in epoch milliseconds. Default `Date.now`; see also `clock` of the backend. */
  readonly now?: (() => number) | undefined;
  /**
   * Starts although `NODE_ENV` is `production`. This backend signs anybody in who reaches its port: it belongs on
   * a developer's machine and in tests.
   */
  readonly dangerouslyAllowProduction?: boolean | undefined;
}

/** @throws {LocalBackendError} `option-invalid` or `production-refused`. */
export function assertOptions(
  options: LocalBackendOptions,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  if (environment.NODE_ENV === 'production' && options.dangerouslyAllowProduction !== true) {
    throw new LocalBackendError(
      'production-refused',
      'The local backend is for development and tests and does not start with NODE_ENV=production (option dangerouslyAllowProduction).',
    );
  }
  const { secretKey, port, privateKey, productionDomain } = options;
  if (secretKey !== undefined && !/^sk_test_[A-Za-z0-9_-]{8,}$/.test(secretKey)) {
    throw new LocalBackendError(
      'option-invalid',
      'secretKey must be sk_test_ and at least 8 letters or digits; a live key has no business here.',
    );
  }
  if (privateKey !== undefined && !isRsaKey(privateKey)) {
    throw new LocalBackendError('option-invalid', 'privateKey must be an RSA private key in PEM (PKCS #8).');
  }
  if (productionDomain !== undefined && !/^(?:[a-z0-9-]+\.)+localhost$/.test(productionDomain)) {
    throw new LocalBackendError(
      'option-invalid',
      'productionDomain must be a domain of this machine, such as app.localhost.',
    );
  }
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new LocalBackendError('option-invalid', 'port must be an integer from 0 to 65535.');
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
