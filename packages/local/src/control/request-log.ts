/** A request and its answer, as they are remembered. Never with a body, a cookie or a key. */
export interface LoggedRequest {
  /** Counts up by one. */
  readonly number: number;
  /** Epoch milliseconds, on the clock of the backend. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The query, with the values of tokens and secrets taken out. */
  readonly query: string;
  readonly status: number;
  readonly durationInMs: number;
  /** Why: the code of the error, or the reason that an application gave for its question. */
  readonly reason: string | undefined;
  /** The program that asked, as it names itself. */
  readonly userAgent: string | undefined;
}

/** The requests that a backend has answered. */
export interface RequestLog {
  /** Oldest first; the last thousand. */
  entries(): readonly LoggedRequest[];
  clear(): void;
  /** Calls `listener` with every request from now on; the answer takes it off again. */
  onRequest(listener: (request: LoggedRequest) => void): () => void;
  /** Remembers a request. */
  add(request: Omit<LoggedRequest, 'number'>): void;
}

const remembered = 1_000;

export function createRequestLog(): RequestLog {
  const listeners = new Set<(request: LoggedRequest) => void>();
  /** A ring: once full, the oldest is written over. */
  let ring: LoggedRequest[] = [];
  let next = 0;
  let count = 0;
  return {
    entries: () => (ring.length < remembered ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)]),
    clear() {
      ring = [];
      next = 0;
    },
    onRequest(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(request) {
      const entry = { ...request, number: ++count };
      ring[next] = entry;
      next = (next + 1) % remembered;
      for (const listener of listeners) listener(entry);
    },
  };
}

/** Parameters whose values open something. */
const secretParameters = new Set([
  '__clerk_db_jwt',
  '__clerk_handshake',
  '__clerk_handshake_nonce',
  '__clerk_ticket',
  '__session',
  'code',
  'key',
  'nonce',
  'ticket',
  'token',
]);

/** A query as it may be shown: the values of secrets are replaced. */
export function redactQuery(search: string): string {
  if (search.length < 2) return '';
  const parameters = new URLSearchParams(search);
  for (const name of new Set(parameters.keys())) {
    if (secretParameters.has(name)) parameters.set(name, '…');
  }
  return decodeURIComponent(
    parameters
      .toString()
      .replaceAll('+', ' ')
      .replaceAll(/%(?![0-9a-f]{2})/gi, '%25'),
  );
}
