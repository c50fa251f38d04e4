import { ConfigurationError } from '../errors.ts';
import type { BackendError } from './backend-error.ts';
import type { TransportConfig } from './client-options.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { Operation } from './operation.ts';
import { type PreparedRequest, prepareRequest } from './prepare-request.ts';
import { readRateLimit } from './rate-limit.ts';
import { readAnswer } from './read-answer.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';
import { isPassing, isRepeatable, toRetryWait } from './retry-wait.ts';
import { type CallContext, invalidAnswer, readTraceId, toBackendError } from './to-backend-error.ts';

/** Carries out an operation with the arguments of its method. Rejects with a BackendError. */
export type Send = (operation: Operation, args: readonly unknown[]) => Promise<unknown>;

/** The one way by which requests leave: encoding, secret, retries, errors. */
export function createTransport(config: TransportConfig): Send {
  const budget = createRetryBudget(config.now);
  return async (operation, args) => {
    const request = prepareRequest(operation, args);
    const secret = chooseSecret(request, config);
    for (let tries = 1; ; tries += 1) {
      const result = await sendOnce(request, secret, tries, config);
      const call = contextOf(request, secret, tries, config);
      if (isHealthy(result)) budget.earn();
      if (result.outcome === 'answered' && result.status >= 200 && result.status < 300)
        return toValue(result, operation, call);
      const error = toBackendError(result, call);
      const waitMs = allowRetry(request, result, error, config, budget);
      if (waitMs === undefined) throw error;
      await config.wait(waitMs, request.options.signal);
    }
  };
}

/** @throws ConfigurationError if the operation needs a secret key and there is none */
function chooseSecret({ operation, machineSecretKey }: PreparedRequest, config: TransportConfig): string | undefined {
  if (operation.isPublic) return undefined;
  const secret = (operation.isMachine ? (machineSecretKey ?? config.machineSecretKey) : undefined) ?? config.secretKey;
  if (secret === undefined) throw new ConfigurationError('secretKey', `is needed to call ${operation.id}.`);
  return secret;
}

async function sendOnce(
  request: PreparedRequest,
  secret: string | undefined,
  tries: number,
  config: TransportConfig,
): Promise<Exchange> {
  const { operation, options } = request;
  if (options.signal?.aborted) return { outcome: 'aborted', wasSent: false };
  const url = config.baseUrl + request.target;
  const headers = headersOf(request, config);
  const about = { operation: operation.id, method: operation.method, url, tries };
  await config.beforeRequest?.({ ...about, headers });
  if (secret !== undefined) headers.set('authorization', `Bearer ${secret}`);

  const startedAt = config.now();
  const result = await exchange(
    url,
    { method: operation.method, headers, body: request.body ?? null },
    {
      fetch: config.fetch,
      timeoutMs: options.timeoutMs ?? config.timeoutMs,
      maxResponseBytes: config.maxResponseBytes,
      signal: options.signal,
    },
  );
  if (config.afterResponse !== undefined) {
    const answer = 'headers' in result ? result : undefined;
    await config.afterResponse({
      ...about,
      status: answer?.status,
      durationMs: config.now() - startedAt,
      rateLimit: answer && readRateLimit(answer.headers),
      traceId: answer && readTraceId(answer.headers),
    });
  }
  return result;
}

function headersOf({ operation, options }: PreparedRequest, config: TransportConfig): Headers {
  const headers = new Headers({
    accept: operation.answer === 'text' ? 'text/html' : 'application/json',
    'clerk-api-version': config.wireVersion,
    'user-agent': config.userAgent,
  });
  // A form brings its own, with the boundary in it.
  if (operation.body !== 'form') headers.set('content-type', 'application/json');
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  return headers;
}

function contextOf(
  { operation, options }: PreparedRequest,
  secret: string | undefined,
  tries: number,
  config: TransportConfig,
): CallContext {
  const { maxResponseBytes } = config;
  return {
    operation: operation.id,
    tries,
    now: config.now(),
    secret,
    timeoutMs: options.timeoutMs ?? config.timeoutMs,
    maxResponseBytes,
  };
}

const isHealthy = (result: Exchange): boolean =>
  result.outcome === 'answered' && result.status < 500 && result.status !== 429;

function toValue(result: Extract<Exchange, { outcome: 'answered' }>, operation: Operation, call: CallContext): unknown {
  const { status, headers, text } = result;
  const answer = readAnswer(operation, { status, contentType: headers.get('content-type'), text });
  if ('value' in answer) return answer.value;
  throw invalidAnswer(result, answer.problem, call, answer.cause);
}

/** How long to wait before the request is sent again, or undefined if it must not be. */
function allowRetry(
  { operation, options }: PreparedRequest,
  result: Exchange,
  error: BackendError,
  config: TransportConfig,
  budget: RetryBudget,
): number | undefined {
  if (
    error.tries > config.maxRetries ||
    !isRepeatable(operation, options.idempotencyKey) ||
    !isPassing(result, operation)
  )
    return undefined;
  const waitMs = toRetryWait(error.tries, error.retryAfterSeconds, config.random);
  return waitMs !== undefined && budget.spend() ? waitMs : undefined;
}
