import type { KeystileError } from '../errors.ts';
import type { NeededFact } from './facts.ts';
import type { SignedInOutcome, SignedOutOutcome } from './outcome.ts';
import type { SessionReason } from './reason.ts';

/** Where a browser of unknown state is sent. */
export type Destination = 'frontend-api' | 'primary-sign-in' | 'satellite';

/** The browser has to be asked. */
export interface HandshakeDecision {
  readonly status: 'handshake';
  readonly reason: SessionReason;
  readonly message: string;
  readonly destination: Destination;
}

/** An outcome with something to tell the operator. */
export interface NotedDecision {
  readonly status: 'noted';
  readonly topic: 'redirect-loop' | 'organization' | 'keys';
  readonly note: string;
  readonly outcome: SignedInOutcome | SignedOutOutcome;
}

/** One more fact is needed. */
export interface NeedDecision {
  readonly status: 'needs';
  readonly fact: NeededFact;
}

/** The configuration is at fault, and only a developer can see it: the request fails. Development instances alone. */
export interface FailedDecision {
  readonly status: 'failed';
  readonly error: KeystileError;
}

/** What the facts gathered so far lead to. */
export type Decision =
  | SignedInOutcome
  | SignedOutOutcome
  | HandshakeDecision
  | NotedDecision
  | NeedDecision
  | FailedDecision;

export const NEEDS_HANDSHAKE: NeedDecision = { status: 'needs', fact: 'handshake' };
export const NEEDS_VERIFICATION: NeedDecision = { status: 'needs', fact: 'verification' };
export const NEEDS_REFRESH: NeedDecision = { status: 'needs', fact: 'refresh' };
