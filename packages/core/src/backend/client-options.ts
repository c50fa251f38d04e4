import { ConfigurationError } from '../errors.ts';
import { assertApiUrl, assertApiVersion, DEFAULT_API_URL, DEFAULT_API_VERSION } from '../http/assert-api-url.ts';
import { assertFunction, toCount, toFlag, toTimeout } from '../option-checks.ts';
import { API_VERSION } from './api-version.ts';
import { VERSION } from './generated/version.generated.ts';
import { isHeaderWord } from './option-checks.ts';
import type { RateLimit } from './rate-limit.ts';

/** A request that is about to be sent. */
export interface BeforeRequest {
  /** The method that was called, for example `users.getUser`. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  /** May be changed, for example to carry a trace. The secret is added afterwards and is not among them. */
  readonly headers: Headers;
  /** Which try this is, from 1. */
  readonly tries: number;
}

/** A request that was answered, or was not. */
export interface AfterResponse {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly tries: number;
  /** Undefined if there was no answer. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly rateLimit: RateLimit | undefined;
  readonly traceId: string | undefined;
}

/** The options of {@link createBackendClient}. */
export interface BackendClientOptions {
  /** `sk_test_…` or `sk_live_…`. Without it only operations that need none can be called. */
  readonly secretKey?: string | undefined;
  /** The secret key of a machine, used in place of the other for the operations of `m2m`. */
  readonly machineSecretKey?: string | undefined;
  /** Default `https://api.clerk.com`. */
  readonly apiUrl?: string | undefined;
  /** Allow plain http to hosts other than this machine. The secret key then travels in the clear. Default false. */
  readonly allowInsecureApiUrl?: boolean | undefined;
  /** The version segment of the URL. Default `v1`. */
  readonly apiVersion?: string | undefined;
  /** The version that `Clerk-API-Version` asks for. Default: {@link API_VERSION}, which the types describe. */
  readonly wireVersion?: string | undefined;
  /** Default `@keystile/core@<version>`. */
  readonly userAgent?: string | undefined;
  /** The longest that one try may take, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request may be sent again where that is safe and could help. Default 2. */
  readonly maxRetries?: number | undefined;
  /** The longest answer that is read, in bytes after decompression. Default 32 MiB. */
  readonly maxResponseBytes?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
  /** Between 0 and 1; spreads the retries. */
  readonly random?: (() => number) | undefined;
  /** Waits before a retry. It must resolve early when the signal aborts. */
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** Called before every try. What it throws, the call throws. */
  readonly beforeRequest?: ((request: BeforeRequest) => void | Promise<void>) | undefined;
  /** Called after every try. What it throws, the call throws. */
  readonly afterResponse?: ((response: AfterResponse) => void | Promise<void>) | undefined;
}

/** The options with every default applied. */
export interface TransportConfig {
  readonly secretKey: string | undefined;
  readonly machineSecretKey: string | undefined;
  /** API URL and version segment, without a slash at the end. */
  readonly baseUrl: string;
  readonly wireVersion: string;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly random: () => number;
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly beforeRequest: BackendClientOptions['beforeRequest'];
  readonly afterResponse: BackendClientOptions['afterResponse'];
}

const LONGEST_RESPONSE_BYTES = 32 * 1024 * 1024;

/** @throws ConfigurationError naming the option that cannot be used */
export function resolveClientOptions(options: BackendClientOptions): TransportConfig {
  const { maxResponseBytes = LONGEST_RESPONSE_BYTES } = options;
  if (!(maxResponseBytes > 0)) throw new ConfigurationError('maxResponseBytes', 'must be a positive number of bytes.');
  const isInsecureAllowed = toFlag('allowInsecureApiUrl', options.allowInsecureApiUrl, false);
  const apiUrl = assertApiUrl(options.apiUrl || DEFAULT_API_URL, isInsecureAllowed);
  return {
    secretKey: assertHeaderWord('secretKey', options.secretKey),
    machineSecretKey: assertHeaderWord('machineSecretKey', options.machineSecretKey),
    baseUrl: `${apiUrl}/${assertApiVersion(options.apiVersion || DEFAULT_API_VERSION)}`,
    wireVersion: assertHeaderWord('wireVersion', options.wireVersion) ?? API_VERSION,
    userAgent: assertUserAgent(options.userAgent ?? `@keystile/core@${VERSION}`),
    timeoutMs: toTimeout('timeoutMs', options.timeoutMs, 10_000),
    maxRetries: toCount('maxRetries', options.maxRetries, 2),
    maxResponseBytes,
    fetch: assertFunction('fetch', options.fetch) ?? ((input, init) => globalThis.fetch(input, init)),
    now: assertFunction('now', options.now) ?? Date.now,
    random: assertFunction('random', options.random) ?? Math.random,
    wait: assertFunction('wait', options.wait) ?? waitFor,
    beforeRequest: assertFunction('beforeRequest', options.beforeRequest),
    afterResponse: assertFunction('afterResponse', options.afterResponse),
  };
}

/** An empty text counts as not given. */
function assertHeaderWord(option: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (!isHeaderWord(value))
    throw new ConfigurationError(option, 'must be printable ASCII without blanks or line breaks.');
  return value;
}

function assertUserAgent(value: string): string {
  for (const word of value.split(' ')) assertHeaderWord('userAgent', word);
  return value;
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
