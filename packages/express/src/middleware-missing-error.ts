import { KeystileError } from '@keystile/core';

/** Something needs what the middleware finds out, and the middleware has not run for this request. */
export class MiddlewareMissingError extends KeystileError<'middleware-missing'> {
  override readonly name = 'MiddlewareMissingError';

  /** @param caller - what was called, for example `getAuth` */
  constructor(caller: string, middleware = 'authMiddleware') {
    super(
      'middleware-missing',
      `${caller} was called for a request that ${middleware}() has not seen: put app.use(${middleware}()) before this route.`,
      { status: 500 },
    );
  }
}
