import type { AcceptsToken } from '@keystile/core';
import { type AdapterAuthenticator, type RequestState, type RequestView, takeOver } from '@keystile/core/adapter';
import type { Application } from '../application.ts';
import type { Caller } from '../caller.ts';
import { openState, type SealedState, STATE_HEADER } from '../state/sealed-state.ts';
import { type HandlerHeaders, HandlerView } from './handler-view.ts';
import { readHeaders } from './read-headers.ts';

/** Finds out who makes the requests that handlers serve: from the proxy if it saw them, else from what they carry. */
export class HandlerCallers {
  readonly #application: Application;
  /** Next has one object for the headers of a request; with it goes what was found out. */
  readonly #found = new WeakMap<object, Map<boolean, Promise<Caller>>>();

  constructor(application: Application) {
    this.#application = application;
  }

  /**
   * Whoever makes the request that is being served.
   * @param callee - what was called, for example `auth()`
   */
  async current(callee: string, acceptsToken: AcceptsToken | undefined): Promise<Caller> {
    return this.#application.proxyScope.caller ?? this.find(await readHeaders(callee), acceptsToken);
  }

  /** @param url - that of the request, where it is known */
  find(headers: HandlerHeaders, acceptsToken: AcceptsToken | undefined, url?: string): Promise<Caller> {
    const onlySessions = acceptsToken === undefined || acceptsToken === 'session_token';
    let found = this.#found.get(headers);
    if (found === undefined) {
      found = new Map();
      this.#found.set(headers, found);
    }
    let caller = found.get(onlySessions);
    if (caller === undefined) {
      caller = findCaller(this.#application, headers, onlySessions ? 'session_token' : 'any', url);
      found.set(onlySessions, caller);
    }
    return caller;
  }
}

async function findCaller(
  application: Application,
  headers: HandlerHeaders,
  acceptsToken: AcceptsToken,
  url: string | undefined,
): Promise<Caller> {
  const sealed = await readState(application, headers, url);
  const { authenticator } = sealed?.options === undefined ? application.setup : application.setupWith(sealed.options);
  const view = new HandlerView(headers, sealed && new URL(sealed.url));
  const state =
    sealed?.handedOver === undefined
      ? await authenticate(authenticator, view, acceptsToken)
      : takeOver(sealed.handedOver, authenticator.instance, authenticator.config.now());
  return { authenticator, view, state };
}

async function readState(
  application: Application,
  headers: HandlerHeaders,
  url: string | undefined,
): Promise<SealedState | undefined> {
  const sealed = headers.get(STATE_HEADER);
  const { seal } = application;
  if (sealed === null || seal === undefined) return undefined;
  return openState(sealed, seal, { authorization: headers.get('authorization'), url, now: application.now() });
}

/** A browser of unknown state cannot be asked from here: it counts as signed out. */
async function authenticate(
  authenticator: AdapterAuthenticator,
  view: RequestView,
  acceptsToken: AcceptsToken,
): Promise<RequestState> {
  const state = await authenticator.authenticateView(view, acceptsToken);
  if (state.status !== 'handshake') return state;
  const { tokenType, reason } = state;
  return takeOver({ kind: 'signed-out', tokenType, reason }, authenticator.instance, authenticator.config.now());
}
