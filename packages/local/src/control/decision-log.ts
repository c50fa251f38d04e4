import { createLog, type Log, type LogEntry } from './log.ts';

/** How an application authenticated one of its requests, as it reported. Another process says so: nothing of it is proven. */
export interface LoggedDecision extends LogEntry {
  readonly method: string;
  /** As it was sent, without its query. */
  readonly path: string;
  readonly status: 'signed-in' | 'signed-out' | 'handshake';
  /** Why nobody is signed in, as the wire spells it. */
  readonly reason: string | null;
  /** The same for people. */
  readonly message: string | null;
  readonly tokenType: string | null;
  readonly durationInMs: number;
  /** Whether the verdict on the token was remembered. */
  readonly cacheHit: boolean;
}

/** The decisions that applications have reported. */
export interface DecisionLog extends Pick<Log<LoggedDecision>, 'entries' | 'clear' | 'add'> {
  /** Calls `listener` with every decision from now on; the answer takes it off again. */
  onDecision(listener: (decision: LoggedDecision) => void): () => void;
}

export function createDecisionLog(): DecisionLog {
  const { entries, clear, onEntry, add } = createLog<LoggedDecision>();
  return { entries, clear, onDecision: onEntry, add };
}
