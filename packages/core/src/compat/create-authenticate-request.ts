import { LRUCache } from 'lru-cache';
import { type Authenticator, createAuthenticator } from '../authenticator.ts';
import type { AuthenticatorOptions, OrganizationSyncOptions } from '../config.ts';
import { type Environment, processEnvironment } from '../environment.ts';
import { ConfigurationError } from '../errors.ts';
import { AUTO_PROXY_VARIABLES } from '../keys/auto-proxy.ts';
import type { AcceptsToken, TokenType } from '../tokens/token-type.ts';
import { COMPAT_DEFAULTS } from './compat-defaults.ts';
import { debugRequestState, type RequestState, toClerkState } from './request-state.ts';

/** What a client is created with; what `authenticateRequest` is passed besides wins where it is not empty. */
export interface ClerkOptions extends MergedOptions {
  readonly apiUrl?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Taken and ignored: nothing is collected. */
  readonly telemetry?: unknown;
  /** Taken and ignored. */
  readonly sdkMetadata?: unknown;
  /** Not of the original entry: what a test or a restricted runtime has to replace. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly now?: (() => number) | undefined;
  readonly logger?: AuthenticatorOptions['logger'];
}

/** The options that both the client and the call may name (protocol section 1.6). */
interface MergedOptions {
  readonly secretKey?: string | undefined;
  readonly machineSecretKey?: string | undefined;
  readonly jwtKey?: string | undefined;
  readonly publishableKey?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly domain?: string | undefined;
  readonly isSatellite?: boolean | undefined;
  readonly audience?: string | readonly string[] | undefined;
}

/** The options of one call. Those of {@link ClerkOptions} fall back to the client's. */
export interface AuthenticateRequestOptions extends MergedOptions {
  readonly acceptsToken?: AcceptsToken | undefined;
  readonly authorizedParties?: readonly string[] | undefined;
  readonly clockSkewInMs?: number | undefined;
  readonly issuer?: string | readonly string[] | undefined;
  readonly headerType?: string | readonly string[] | undefined;
  readonly organizationSyncOptions?: OrganizationSyncOptions | undefined;
  readonly signInUrl?: string | undefined;
  readonly signUpUrl?: string | undefined;
  readonly afterSignInUrl?: string | undefined;
  readonly afterSignUpUrl?: string | undefined;
  readonly satelliteAutoSync?: boolean | undefined;
  /** Fetches the key set for this call alone. */
  readonly skipJwksCache?: boolean | undefined;
  /** Taken and ignored, as those of the client count. */
  readonly apiUrl?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** Taken and ignored. */
  readonly jwksCacheTtlInMs?: number | undefined;
}

export interface CreateAuthenticateRequestOptions {
  readonly options: ClerkOptions;
  /** Taken and ignored: a client of its own is made of the options. */
  readonly apiClient?: unknown;
}

type StateFor<Accepts> = Accepts extends 'any'
  ? RequestState<TokenType>
  : Accepts extends readonly (infer Type extends TokenType)[]
    ? RequestState<Type | null>
    : Accepts extends TokenType
      ? RequestState<Accepts>
      : RequestState<'session_token'>;

/** Says who makes a request. */
export type AuthenticateRequest = <const Accepts extends AcceptsToken | undefined = undefined>(
  request: Request,
  options?: AuthenticateRequestOptions & { readonly acceptsToken?: Accepts },
) => Promise<StateFor<Accepts>>;

const MERGED = [
  'secretKey',
  'machineSecretKey',
  'jwtKey',
  'publishableKey',
  'proxyUrl',
  'domain',
  'isSatellite',
  'audience',
] as const satisfies (keyof MergedOptions)[];

const PER_CALL = [
  'authorizedParties',
  'clockSkewInMs',
  'issuer',
  'headerType',
  'organizationSyncOptions',
  'signInUrl',
  'signUpUrl',
  'afterSignInUrl',
  'afterSignUpUrl',
  'satelliteAutoSync',
] as const satisfies (keyof AuthenticateRequestOptions & keyof AuthenticatorOptions)[];

/** How many sets of options keep their authenticator: calls with keys of their own (tenants). */
const MAXIMUM_AUTHENTICATORS = 1_000;

/**
 * Binds the options of a client. Each set of options of the calls has an authenticator, with its keys and caches, of which a
 * bounded number is kept.
 */
export function createAuthenticateRequest({ options: client }: CreateAuthenticateRequestOptions): {
  authenticateRequest: AuthenticateRequest;
  debugRequestState: typeof debugRequestState;
} {
  const authenticators = new LRUCache<string, Authenticator>({ max: MAXIMUM_AUTHENTICATORS });
  const { apiUrl, apiVersion, fetch, now, logger } = client;

  const authenticateRequest = async (
    request: Request,
    call: AuthenticateRequestOptions = {},
  ): Promise<RequestState> => {
    const { acceptsToken = 'session_token', skipJwksCache } = call;
    const options: AuthenticatorOptions = {
      ...COMPAT_DEFAULTS,
      ...pick(call),
      ...merge(client, call),
      apiUrl,
      apiVersion,
    };
    assertKeysFor(acceptsToken, options);
    const key = JSON.stringify(options);
    let authenticator = skipJwksCache ? undefined : authenticators.get(key);
    if (authenticator === undefined) {
      authenticator = createAuthenticator({ ...options, fetch, now, logger }, automaticProxy());
      if (!skipJwksCache) authenticators.set(key, authenticator);
    }
    return toClerkState(await authenticator.authenticateRequest(request, { acceptsToken }), options);
  };
  return { authenticateRequest: authenticateRequest as AuthenticateRequest, debugRequestState };
}

function pick(call: AuthenticateRequestOptions): Pick<AuthenticateRequestOptions, (typeof PER_CALL)[number]> {
  return Object.fromEntries(PER_CALL.map((option) => [option, call[option]]));
}

/** A value of the call counts unless it is empty or false (protocol section 1.6). */
function merge(client: MergedOptions, call: MergedOptions): MergedOptions {
  return Object.fromEntries(MERGED.map((option) => [option, call[option] || client[option]]));
}

/** Which keys a call must have, even where they are not needed for this request (protocol section 7, A4 and A6). */
function assertKeysFor(acceptsToken: AcceptsToken, { secretKey, machineSecretKey }: MergedOptions): void {
  if (secretKey || (acceptsToken === 'm2m_token' && machineSecretKey)) return;
  throw new ConfigurationError('secretKey', 'is missing: pass it to the client or to the call.');
}

/** The only variables that are read here: those of the automatic proxy (protocol section 1.2). */
function automaticProxy(): Environment {
  const environment = processEnvironment();
  return Object.fromEntries(AUTO_PROXY_VARIABLES.map((name) => [name, environment[name]]));
}
