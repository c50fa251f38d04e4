import { createLog, type Log, type LogEntry } from './log.ts';

/** A request and its answer, as they are remembered. Never with a body, a cookie or a key. */
export interface LoggedRequest extends LogEntry {
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
export interface RequestLog extends Pick<Log<LoggedRequest>, 'entries' | 'clear' | 'add'> {
  /** Calls `listener` with every request from now on; the answer takes it off again. */
  onRequest(listener: (request: LoggedRequest) => void): () => void;
}

export function createRequestLog(): RequestLog {
  const { entries, clear, onEntry, add } = createLog<LoggedRequest>();
  return { entries, clear, onRequest: onEntry, add };
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
