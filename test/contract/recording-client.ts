import type { LocalBackend } from '@keystile/local';
import { type BackendClient, createBackendClient } from '../../packages/core/src/backend/index.ts';

/** One request of the client and its answer, as they travelled. */
export interface RecordedExchange {
  /** The method of the client, for example `users.getUser`; also the contract's id. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly status: number;
  /** The body: parsed if it is JSON, otherwise as text. */
  readonly body: unknown;
}

/** A client of a local backend, over real HTTP, that writes down what travels. */
export function createRecordingClient(local: Pick<LocalBackend, 'url' | 'secretKey'>): {
  backend: BackendClient;
  exchanges: RecordedExchange[];
} {
  const exchanges: RecordedExchange[] = [];
  const recordingFetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const operation = headers.get(OPERATION) ?? '';
    headers.delete(OPERATION);
    const response = await fetch(input, { ...init, headers });
    const url = new URL(String(input));
    exchanges.push({
      operation,
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      status: response.status,
      body: readBody(await response.clone().text(), response.headers.get('content-type')),
    });
    return response;
  };
  const backend = createBackendClient({
    secretKey: local.secretKey,
    apiUrl: local.url,
    fetch: recordingFetch,
    maxRetries: 0,
    beforeRequest: ({ headers, operation }) => headers.set(OPERATION, operation),
  });
  return { backend, exchanges };
}

/** Carries the operation from the client's hook to `fetch`; it does not travel. */
const OPERATION = 'x-operation';

function readBody(text: string, contentType: string | null): unknown {
  if (text === '') return undefined;
  return contentType?.includes('json') ? JSON.parse(text) : text;
}
