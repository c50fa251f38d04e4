import type { Answered, Sent } from './exchange.ts';
import type { Fixture } from './fixture.ts';
import type { ApplicationSetup } from './harness.ts';

/** The ways in which applications are set up; each case names one. */
export type SetupName = keyof Fixture['setups'];

/** What a case works with. */
export interface CaseContext {
  readonly url: string;
  readonly fixture: Fixture;
  /** Sends a request to the application. */
  send(target: string, sent?: Sent): Promise<Answered>;
}

/** Something that every adapter has to do. */
export interface ConformanceCase {
  /** Of the specification, for example `X4` or `SC-051`; with a part of its own where one number asks for several things. */
  readonly id: string;
  readonly title: string;
  /** Default `development`. */
  readonly setup?: SetupName;
  run(context: CaseContext): Promise<void>;
}

export type { ApplicationSetup };
