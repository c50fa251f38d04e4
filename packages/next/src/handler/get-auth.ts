import type { AcceptsToken, AuthFor, AuthSelection, SessionAuth } from '@keystile/core';
import { readAuth } from '../caller.ts';
import type { HandlerCallers } from './handler-callers.ts';
import type { HandlerHeaders } from './handler-view.ts';

/** A request of the Pages Router (`NextApiRequest`, `GetServerSidePropsContext['req']`): Node's own. */
export interface NodeRequestLike {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request as route handlers and the proxy have it: `NextRequest`, `Request`. */
export interface WebRequestLike {
  readonly url: string;
  readonly headers: HandlerHeaders;
}

/** Says who makes a request, where you have the request: in the Pages Router above all. See {@link createGetAuth}. */
export interface GetAuth {
  (request: NodeRequestLike | WebRequestLike): Promise<SessionAuth>;
  <const Accepts extends AcceptsToken | undefined = undefined>(
    request: NodeRequestLike | WebRequestLike,
    selection: AuthSelection<Accepts>,
  ): Promise<AuthFor<Accepts>>;
}

export function createGetAuth(callers: HandlerCallers): GetAuth {
  return (async (request: NodeRequestLike | WebRequestLike, selection: AuthSelection = {}) => {
    const caller = await callers.find(toHandlerHeaders(request.headers), selection.acceptsToken, request.url);
    return readAuth(caller, selection);
  }) as GetAuth;
}

/** The headers of either kind of request, read as those of the Fetch API. */
export function toHandlerHeaders(headers: (NodeRequestLike | WebRequestLike)['headers']): HandlerHeaders {
  return isWebHeaders(headers) ? headers : new NodeHeaders(headers);
}

function isWebHeaders(headers: (NodeRequestLike | WebRequestLike)['headers']): headers is HandlerHeaders {
  return typeof headers.get === 'function';
}

class NodeHeaders implements HandlerHeaders {
  readonly #headers: NodeRequestLike['headers'];

  constructor(headers: NodeRequestLike['headers']) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
  }

  forEach(each: (value: string, name: string) => void): void {
    for (const name of Object.keys(this.#headers)) each(this.get(name) ?? '', name);
  }
}
