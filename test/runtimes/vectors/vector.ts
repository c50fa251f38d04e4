import type { AcceptsToken } from '@keystile/core';
import type { PlainOptions } from '../../conformance/harness.ts';

/** What a runtime is asked. JSON alone. Times are in milliseconds since the epoch. */
export type Probe =
  /** `verifyToken` */
  | { readonly ask: 'verify'; readonly token: string; readonly options: VerifyOptions; readonly now: number }
  /** `createAuthenticator` and one request */
  | {
      readonly ask: 'authenticate';
      readonly options: PlainOptions;
      readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
      readonly acceptsToken?: AcceptsToken;
      readonly now: number;
    }
  /** A signature under a key, whatever the claims. */
  | { readonly ask: 'signature'; readonly token: string; readonly key: JsonWebKey | string }
  /** A delivery of a webhook. */
  | {
      readonly ask: 'webhook';
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly signingSecret: string;
      readonly now: number;
    }
  /** The typed client through a list of calls (guests/call-backend.ts). */
  | { readonly ask: 'backend'; readonly apiUrl: string; readonly secretKey: string };

/** The options of `verifyToken`. A clock skew that is no number travels as null. */
export type VerifyOptions = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** A question, and the answer that every runtime has to give. */
export interface Vector {
  /** Begins with the number of the security case, where there is one. */
  readonly name: string;
  readonly probe: Probe;
  /** `verified user_1`, or the reason; see `guests/vectors.ts`. */
  readonly want: string;
  /**
   * The answer where WebCrypto verifies, for what cannot be the same: importing a key takes time there, so that a wrong one
   * is noticed when it is first used, and not when the options are read.
   */
  readonly wantOfWebCrypto?: string;
}
