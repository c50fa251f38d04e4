/** What can keep a local backend from starting. */
export type LocalBackendErrorCode =
  | 'database-in-use'
  | 'database-unusable'
  | 'option-invalid'
  | 'port-in-use'
  | 'production-refused'
  | 'seed-invalid';

/** A local backend cannot be started or seeded as asked. `code` is stable; the message says what to do next. */
export class LocalBackendError extends Error {
  override readonly name = 'LocalBackendError';
  readonly code: LocalBackendErrorCode;

  constructor(code: LocalBackendErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
