/** What a single call may say, as its last argument. */
export interface RequestOptions {
  /** Gives the call up, whatever it waits for. */
  readonly signal?: AbortSignal | undefined;
  /** The longest that one try may take, in milliseconds. Default: that of the client. */
  readonly timeoutMs?: number | undefined;
  /**
   * Sent as `Idempotency-Key`: the backend carries out one of the requests with this key. With it a POST or PATCH is
   * tried again where it otherwise would not be.
   */
  readonly idempotencyKey?: string | undefined;
  /** For the operations of `m2m`: the secret key of the machine, in place of the one the client was created with. */
  readonly machineSecretKey?: string | undefined;
}
