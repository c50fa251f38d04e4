import { KeystileError } from '../errors.ts';

/** The shared cache was needed and could not be reached. Where it only saves time, it is done without instead. */
export class SharedCacheError extends KeystileError<'shared-cache-unreachable'> {
  override readonly name = 'SharedCacheError';

  constructor(message: string) {
    super('shared-cache-unreachable', message, { status: 503 });
  }
}
