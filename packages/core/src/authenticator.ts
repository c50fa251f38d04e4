import { authenticate } from './authenticate.ts';
import type { BackendClient } from './backend/index.ts';
import { type AuthenticatorOptions, type Config, resolveConfig } from './config.ts';
import { createInstance } from './create-instance.ts';
import { createRequestState } from './create-request-state.ts';
import type { MaybePromise } from './crypto/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type Environment, processEnvironment } from './environment.ts';
import { ConfigurationError } from './errors.ts';
import type { Instance } from './instance.ts';
import type { SessionClaims } from './jwt/claims.ts';
import { Refusal } from './jwt/refusal.ts';
import { assertPublishableKey } from './keys/publishable-key.ts';
import { announce } from './on-authenticate.ts';
import { refuseRevoked } from './refuse-revoked.ts';
import { type FetchRequestLike, type RequestView, viewRequest } from './request/request-view.ts';
import type { RequestState } from './request-state.ts';
import type { Outcome } from './session/outcome.ts';
import type { AcceptsToken } from './tokens/token-type.ts';
import { verifySessionClaims } from './tokens/verify-session-claims.ts';

/** What one call of `authenticateRequest` may be told. */
export interface AuthenticateRequestOptions {
  /** The kinds of token that this request may use. Default `session_token`. */
  readonly acceptsToken?: AcceptsToken;
}

/** Authenticates requests for one configuration. Keep it: keys, caches and the client are built with it once. */
export interface Authenticator {
  /** The resolved options. */
  readonly config: Config;
  /** A typed client of the Backend API with the configured keys; built when first used. */
  readonly backend: BackendClient;
  /**
   * Says who makes a request (protocol section 7). Nothing that the request contains makes it reject: what is wrong with a
   * token or a header is a signed-out state with its reason.
   *
   * @throws KeystileError only for a development instance whose keys were exchanged under a browser (section 8.4)
   */
  authenticateRequest(
    request: FetchRequestLike | RequestView,
    options?: AuthenticateRequestOptions,
  ): Promise<RequestState>;
  /**
   * Verifies a session token by itself and gives its claims (protocol section 5.2). Says nothing of its category, so a JWT
   * made from a template passes as well.
   *
   * @throws TokenVerificationError whose `code` is the reason
   */
  verifyToken(token: string): Promise<SessionClaims>;
  /**
   * Refuses a session, a user or a machine token from now on, by its id, whatever its token says: for as long as the longest
   * session token lives and longer (1 h). Needs `checkRevocations`; other processes learn of it by the shared cache.
   *
   * ```ts
   * await authenticator.backend.sessions.revokeSession(sessionId);
   * await authenticator.revoke(sessionId);
   * ```
   *
   * @throws ConfigurationError if `checkRevocations` is off
   * @throws SharedCacheError if the other processes could not be told
   */
  revoke(id: string): Promise<void>;
  /** Drops the keys and every verdict that rested on them, at once: for a key that got into wrong hands. */
  forgetKeys(): void;
}

/**
 * Creates an authenticator.
 *
 * ```ts
 * const authenticator = createAuthenticator({ publishableKey, secretKey });
 * const state = await authenticator.authenticateRequest(request);
 * if (state.isAuthenticated) console.log(state.toAuth().userId);
 * ```
 *
 * @param options - those not given are read from the environment
 * @param environment - where to read them; default `process.env`. On Workers, pass the bindings.
 * @throws ConfigurationError naming the option that is missing or malformed
 */
export function createAuthenticator(
  options: AuthenticatorOptions = {},
  environment: Environment = processEnvironment(),
): Authenticator {
  return new InstanceAuthenticator(resolveConfig(options, environment));
}

/** What the adapters use besides. */
export interface AdapterAuthenticator extends Authenticator {
  readonly instance: Instance;
  /** Answers at once where nothing has to be waited for. */
  authenticateView(view: RequestView, acceptsToken: AcceptsToken): MaybePromise<RequestState>;
}

/**
 * The same for an adapter, which takes every kind of token and so needs the keys for it from the start.
 * @throws ConfigurationError naming the option that is missing or malformed
 */
export function createAdapterAuthenticator(
  options: AuthenticatorOptions,
  environment: Environment,
): AdapterAuthenticator {
  const config = resolveConfig(options, environment);
  assertPublishableKey(config.publishableKey?.text);
  if (config.secretKey === undefined && config.jwtKey === undefined) {
    throw new ConfigurationError('secretKey', 'is missing: pass it, or set CLERK_SECRET_KEY.');
  }
  return new InstanceAuthenticator(config);
}

class InstanceAuthenticator implements AdapterAuthenticator {
  readonly config: Config;
  readonly instance: Instance;
  readonly forgetKeys: () => void;

  constructor(config: Config) {
    this.config = config;
    ({ instance: this.instance, forgetKeys: this.forgetKeys } = createInstance(config));
  }

  get backend(): BackendClient {
    return this.instance.backend;
  }

  async authenticateRequest(
    request: FetchRequestLike | RequestView,
    options?: AuthenticateRequestOptions,
  ): Promise<RequestState> {
    return this.authenticateView(
      'target' in request ? request : viewRequest(request),
      options?.acceptsToken ?? 'session_token',
    );
  }

  authenticateView(view: RequestView, acceptsToken: AcceptsToken): MaybePromise<RequestState> {
    this.#assertKeysFor(acceptsToken);
    const { onAuthenticate, now } = this.config;
    const startedAt = onAuthenticate === undefined ? 0 : performance.now();
    const outcome = this.#refuseRevoked(authenticate(view, this.instance, acceptsToken, now()));
    return outcome instanceof Promise
      ? outcome.then((settled) => this.#conclude(settled, view, startedAt))
      : this.#conclude(outcome, view, startedAt);
  }

  #conclude(outcome: Outcome, view: RequestView, startedAt: number): RequestState {
    const { onAuthenticate } = this.config;
    const told = onAuthenticate === undefined ? outcome : announce(onAuthenticate, outcome, view, startedAt);
    return createRequestState(told, this.instance);
  }

  async verifyToken(token: string): Promise<SessionClaims> {
    const { sessionTokens, verifiedTokens } = this.instance;
    const verdict = await verifySessionClaims(verifiedTokens.read(String(token)), sessionTokens, this.config.now());
    if (verdict instanceof Refusal) throw verdict.toError();
    // The cache shares them among callers.
    return deepFreeze(verdict.payload as SessionClaims);
  }

  async revoke(id: string): Promise<void> {
    const { revocations } = this.instance;
    if (!this.config.checkRevocations || revocations === undefined) {
      throw new ConfigurationError('checkRevocations', 'is off: nobody would look at what is revoked.');
    }
    await revocations.revoke(id);
  }

  #refuseRevoked(outcome: MaybePromise<Outcome>): MaybePromise<Outcome> {
    const { revocations } = this.instance;
    if (!this.config.checkRevocations || revocations === undefined) return outcome;
    return Promise.resolve(outcome).then((settled) => refuseRevoked(settled, revocations, this.instance));
  }

  /** Without a publishable key the session cookies have no names; machine tokens need none (protocol section 7, A2 and A3). */
  #assertKeysFor(acceptsToken: AcceptsToken): void {
    if (this.config.publishableKey === undefined && acceptsToken !== 'm2m_token' && acceptsToken !== 'api_key') {
      assertPublishableKey(undefined);
    }
  }
}
