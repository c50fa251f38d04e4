import type { AuthObject, AuthSelection, DebugData } from './auth/auth-object.ts';
import {
  createInvalidTokenAuth,
  createMachineAuth,
  createUnauthenticatedMachineAuth,
} from './auth/create-machine-auth.ts';
import {
  createSignedInAuth,
  createSignedOutAuth,
  hidePending,
  type SessionTokenIssuer,
} from './auth/create-session-auth.ts';
import { selectAuth } from './auth/select-auth.ts';
import { KeystileError } from './errors.ts';
import type { Instance } from './instance.ts';
import type { RequestState } from './request-state.ts';
import { type HeaderLine, NO_PATCH, PRIVATE_HEADERS, PRIVATE_VARY, type ResponsePatch } from './response-patch.ts';
import type { Outcome } from './session/outcome.ts';
import { stateHeaders } from './session/state-headers.ts';
import { isTokenTypeAccepted } from './tokens/token-type.ts';

/** Makes the public state of a decision. What it is asked for rarely (auth object, headers, patch) is built when asked. */
export function createRequestState(outcome: Outcome, instance: Instance): RequestState {
  return new State(outcome, instance) as RequestState;
}

/** The decision that a state was made of. */
export function outcomeOf(state: RequestState): Outcome {
  return State.outcomeOf(state as unknown as State);
}

class State {
  readonly status: Outcome['status'];
  readonly #outcome: Outcome;
  readonly #instance: Instance;
  #patch: ResponsePatch | undefined;
  #headers: Headers | undefined;
  #auth: AuthObject | undefined;

  constructor(outcome: Outcome, instance: Instance) {
    this.status = outcome.status;
    this.#outcome = outcome;
    this.#instance = instance;
  }

  static outcomeOf(state: State): Outcome {
    return state.#outcome;
  }

  get isAuthenticated(): boolean {
    return this.status === 'signed-in';
  }

  get tokenType(): Outcome['tokenType'] {
    return this.#outcome.tokenType;
  }

  get token(): string | null {
    return this.#outcome.status === 'signed-in' ? this.#outcome.token : null;
  }

  get reason(): string | null {
    return this.#outcome.status === 'signed-in' ? null : this.#outcome.reason;
  }

  get message(): string | null {
    return this.#outcome.status === 'signed-in' ? null : this.#outcome.message;
  }

  get verify(): (() => Promise<RequestState>) | undefined {
    const outcome = this.#outcome;
    if (outcome.status !== 'signed-out' || outcome.verifyLater === undefined) return undefined;
    const { verifyLater } = outcome;
    return async () => createRequestState(await verifyLater(), this.#instance);
  }

  get patch(): ResponsePatch {
    this.#patch ??= createPatch(this.#outcome, this.#instance);
    return this.#patch;
  }

  get headers(): Headers {
    if (this.#headers === undefined) {
      this.#headers = new Headers();
      for (const [name, value] of this.patch.set) this.#headers.set(name, value);
      for (const [name, value] of this.patch.append) this.#headers.append(name, value);
    }
    return this.#headers;
  }

  toAuth(selection?: AuthSelection): AuthObject | null {
    if (this.status === 'handshake') return null;
    this.#auth ??= createAuth(this.#outcome, this.#instance, () => this.debug());
    let auth = this.#auth;
    if (auth.tokenType === 'session_token') auth = hidePending(auth, selection?.treatPendingAsSignedOut);
    if (selection === undefined) return auth;
    this.#assertVerified(selection);
    return selectAuth(auth, selection.acceptsToken);
  }

  /** Taking "not asked yet" for "no" would be a mistake that nobody notices. */
  #assertVerified({ acceptsToken = 'session_token' }: AuthSelection): void {
    if (this.verify === undefined || this.tokenType === null || !isTokenTypeAccepted(this.tokenType, acceptsToken))
      return;
    throw new KeystileError(
      'machine-token-not-verified',
      "The machine token has not been verified: with machineTokens 'lazy', a guard that accepts it must come first.",
      { status: 500 },
    );
  }

  debug(): DebugData {
    const { publishableKey, isSatellite, domain, proxyUrl } = this.#instance.config;
    return {
      status: this.status,
      tokenType: this.tokenType,
      reason: this.reason,
      message: this.message,
      token: redact(this.token),
      instanceType: publishableKey?.instanceType ?? null,
      frontendApi: publishableKey?.frontendApiHost ?? null,
      isSatellite,
      domain: domain ?? null,
      proxyUrl: proxyUrl ?? null,
    };
  }

  toJSON(): DebugData {
    return this.debug();
  }
}

/** The first characters, by which an operator recognises a token and nobody can use it. */
function redact(secret: string | null): string | null {
  return secret === null ? null : `${secret.slice(0, Math.min(7, secret.length >> 1))}…`;
}

function createAuth(outcome: Outcome, instance: Instance, debug: () => DebugData): AuthObject {
  if (outcome.status === 'signed-in') {
    return 'machine' in outcome
      ? createMachineAuth(outcome.machine, outcome.token, debug)
      : createSignedInAuth(outcome.identity, outcome.token, issueWith(instance), debug);
  }
  const { tokenType } = outcome;
  if (tokenType === null) return createInvalidTokenAuth();
  return tokenType === 'session_token'
    ? createSignedOutAuth(null, debug)
    : createUnauthenticatedMachineAuth(tokenType, debug);
}

function issueWith(instance: Instance): SessionTokenIssuer {
  return async (sessionId, { template, expiresInSeconds, signal }) => {
    const options = signal === undefined ? {} : { signal };
    const { jwt } = await instance.backend.sessions.getToken(sessionId, template, expiresInSeconds, options);
    return jwt;
  };
}

function createPatch(outcome: Outcome, instance: Instance): ResponsePatch {
  if (outcome.status === 'signed-in') {
    if ('machine' in outcome || (outcome.responseHeaders === undefined && outcome.location === undefined))
      return NO_PATCH;
    return assemble(outcome.responseHeaders ?? [], outcome.location);
  }
  const isDevelopment = instance.config.publishableKey?.instanceType !== 'production';
  const lines = [...stateHeaders(outcome, isDevelopment), ...(outcome.responseHeaders ?? [])];
  return assemble(lines, outcome.location, outcome.status === 'handshake' ? outcome.page : undefined);
}

/** Redirects carry the `no-store` of the wire; other answers that set a cookie are marked as one user's own. */
function assemble(lines: readonly HeaderLine[], location: string | undefined, page?: string): ResponsePatch {
  const set = lines.filter(([name]) => name !== 'set-cookie');
  const append = lines.filter(([name]) => name === 'set-cookie');
  if (location !== undefined) {
    return {
      set: [['location', location], ...withCacheControl(set, 'no-store')],
      append,
      vary: [],
      answer: { status: 307, body: null },
    };
  }
  if (page !== undefined) {
    const headers = [['content-type', 'text/html; charset=utf-8'] as const, ...withCacheControl(set, 'no-store')];
    return { set: headers, append, vary: PRIVATE_VARY, answer: { status: 401, body: page } };
  }
  return append.length > 0
    ? {
        set: [...set.filter(([name]) => name !== 'cache-control'), ...PRIVATE_HEADERS],
        append,
        vary: PRIVATE_VARY,
        answer: undefined,
      }
    : { set, append, vary: [], answer: undefined };
}

function withCacheControl(lines: readonly HeaderLine[], value: string): readonly HeaderLine[] {
  return lines.some(([name]) => name === 'cache-control') ? lines : [...lines, ['cache-control', value]];
}
