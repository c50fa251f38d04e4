import { type AuthFunction, createAuthFunction } from '../auth-function.ts';
import { classifyRequest } from '../request-kind.ts';
import { HANDLER_EXITS } from './exits.ts';
import type { HandlerCallers } from './handler-callers.ts';
import { readHeaders } from './read-headers.ts';
import { isRendering } from './rendering.ts';

/** `auth` of server components, server actions and route handlers. */
export function createHandlerAuth(callers: HandlerCallers): AuthFunction {
  return createAuthFunction({
    findCaller: async (acceptsToken) => callers.find(await readHeaders('auth()'), acceptsToken),
    // After a server action the page is rendered anew in the same request.
    kindOf: ({ view }) => (isRendering() ? 'page' : classifyRequest(view)),
    exitsFor: () => HANDLER_EXITS,
  });
}
