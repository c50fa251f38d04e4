import { anySignal } from '../http/any-signal.ts';
import { readBoundedText } from '../http/read-bounded-text.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { FetchKeySet } from './remote-key-set.ts';

/** Where the key set of an instance is, and how it is asked for. */
export interface KeySetEndpoint {
  /** `https://…/v1/jwks` */
  readonly url: string;
  /** Sent as the bearer token, to this URL's host only. */
  readonly secretKey: string;
  readonly apiVersion: string;
  readonly fetch: typeof globalThis.fetch;
  /** The longest that all attempts together may take, in milliseconds. Default 2 s. */
  readonly budgetMs?: number;
}

const BUDGET_MS = 2_000;
/** One attempt that hangs must not use up the budget of all. */
const ATTEMPT_MS = 1_200;
const PAUSES_MS = [100, 300] as const;
const MAXIMUM_BYTES = 1024 * 1024;

/**
 * Fetches a JWK Set from the Backend API (protocol section 5.5). Network failures, 429 and 5xx are tried again within the
 * budget; whatever else is answered counts at once. Redirects are not followed: the secret goes to the configured host only.
 */
export function createKeySetFetch(endpoint: KeySetEndpoint): FetchKeySet {
  return async () => {
    const budget = AbortSignal.timeout(endpoint.budgetMs ?? BUDGET_MS);
    for (let attempt = 0; ; attempt++) {
      const answer = await fetchOnce(endpoint, anySignal([budget, AbortSignal.timeout(ATTEMPT_MS)]));
      if (typeof answer !== 'string') return answer;
      const pauseMs = PAUSES_MS[attempt];
      if (pauseMs === undefined || budget.aborted) return failedToLoad(answer);
      await pause(pauseMs * (1 + Math.random()), budget);
    }
  };
}

/** One attempt: what was answered; or, where another one could help, the problem. */
async function fetchOnce(
  { url, secretKey, apiVersion, fetch }: KeySetEndpoint,
  signal: AbortSignal,
): Promise<{ readonly jwks: unknown } | Refusal | string> {
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${secretKey}`, 'clerk-api-version': apiVersion, accept: 'application/json' },
      redirect: 'manual',
      signal,
    });
    ({ status } = response);
    const text = await readBoundedText(response, MAXIMUM_BYTES);
    body = text === undefined ? undefined : parseJson(text);
  } catch {
    return signal.aborted ? 'it did not answer in time' : 'it cannot be reached';
  }
  if (status === 200) return body === undefined ? failedToLoad('it did not answer JSON') : { jwks: body };
  if (saysKeyInvalid(body)) {
    return new Refusal('secret-key-invalid', 'The backend refused the secret key: is it the key of this instance?');
  }
  const problem = `it answered ${status}`;
  return status === 429 || status >= 500 ? problem : failedToLoad(problem);
}

function failedToLoad(problem: string): Refusal {
  return new Refusal(
    'jwk-remote-failed-to-load',
    `The key set of the instance could not be loaded from the backend: ${problem}.`,
  );
}

function saysKeyInvalid(body: unknown): boolean {
  const errors = (body as { errors?: unknown } | undefined | null)?.errors;
  return (
    Array.isArray(errors) && errors.some((error) => (error as { code?: unknown } | null)?.code === 'clerk_key_invalid')
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      until.removeEventListener('abort', done);
      resolve();
    }
    until.addEventListener('abort', done);
  });
}
