import type { AuthenticatorOptions } from '@keystile/core';

/**
 * The options of the application under test. JSON alone: a harness may run in another process or another runtime.
 */
export type PlainOptions = {
  readonly [Name in keyof AuthenticatorOptions as AuthenticatorOptions[Name] extends JsonValue | undefined
    ? Name
    : never]?: AuthenticatorOptions[Name];
};

type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** What an application under test is started with. */
export interface ApplicationSetup {
  readonly options: PlainOptions;
  /** With these, the options are chosen for each request by its header `x-tenant`; an unknown one makes the choice throw. */
  readonly tenants?: Readonly<Record<string, PlainOptions>>;
  /** What webhooks are signed with. */
  readonly webhookSecret: string;
}

/** An adapter, or core itself, in a runtime. It serves the application that `application.ts` describes. */
export interface Harness {
  readonly name: string;
  /** Why it cannot run on this machine; undefined if it can. */
  readonly unavailable?: string | undefined;
  /** The cases that it cannot meet, by id, each with its reason. They are run, and have to fail. */
  readonly exceptions?: Readonly<Record<string, string>>;
  start(setup: ApplicationSetup): Promise<RunningApplication>;
}

export interface RunningApplication {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}
