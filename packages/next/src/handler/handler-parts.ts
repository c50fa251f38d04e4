import type { AuthFunctionParts } from '../auth-function.ts';
import { classifyRequest } from '../request-kind.ts';
import { HANDLER_EXITS } from './exits.ts';
import type { HandlerCallers } from './handler-callers.ts';
import { isRendering } from './rendering.ts';

/** How `auth` works in server components, server actions and route handlers. */
export function handlerParts(callers: HandlerCallers): AuthFunctionParts {
  return {
    findCaller: (acceptsToken) => callers.current('auth()', acceptsToken),
    // After a server action the page is rendered anew in the same request.
    kindOf: ({ view }) => (isRendering() ? 'page' : classifyRequest(view)),
    exitsFor: () => HANDLER_EXITS,
  };
}
