import type { Reverification } from './requirement.ts';

/** What a client is told whose user has to prove a factor again (protocol section 10). */
export interface ReverificationError<Config extends Reverification | undefined = Reverification | undefined> {
  readonly clerk_error: {
    readonly type: 'forbidden';
    readonly reason: 'reverification-error';
    readonly metadata: { readonly reverification: Config };
  };
}

/**
 * The value by which an action or a handler tells the browser script that the user has to prove a factor again; the script
 * then asks for it and repeats the call.
 *
 * @param config - how recent the proof must be, as it was asked of `has({ reverification })`
 *
 * @example
 * ```ts
 * if (!auth.has({ reverification: 'strict' })) return reverificationError('strict');
 * ```
 */
export function reverificationError<const Config extends Reverification | undefined = undefined>(
  config?: Config,
): ReverificationError<Config> {
  return {
    clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: config as Config } },
  };
}

/** The same as an answer: status 403, in JSON. */
export function reverificationErrorResponse(config?: Reverification): Response {
  return new Response(JSON.stringify(reverificationError(config)), {
    status: 403,
    headers: { 'content-type': 'application/json' },
  });
}
