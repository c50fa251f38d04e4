import type { HandedOver } from '@keystile/core/adapter';
import type { Seal } from './seal.ts';
import type { TravellingOptions } from './travelling-options.ts';

/** The request header in which the proxy tells the handlers whom it has authenticated. */
export const STATE_HEADER = 'x-keystile-state';

/** What the proxy tells the handlers of a request. */
export interface SealedState {
  /** The public URL of the request. */
  readonly url: string;
  /** When it was sealed, in milliseconds since the epoch. */
  readonly sealedAt: number;
  /** undefined where the handlers have to find out by themselves. */
  readonly handedOver?: HandedOver;
  /** The options that the proxy alone knows, for example the keys of a tenant. */
  readonly options?: TravellingOptions;
}

/** The way from the proxy to a handler takes milliseconds; this much is for clocks that differ. */
const LIFETIME_MS = 60_000;
const CLOCK_SKEW_MS = 5_000;

/**
 * Seals a state for the handlers of the same request.
 * @param authorization - the request's header of that name, to which the state is bound
 */
export function sealState(state: SealedState, seal: Seal, authorization: string | null): Promise<string> {
  return seal.seal(JSON.stringify(state), authorization ?? '');
}

/** What is known of a request that carries a state. */
export interface Carrier {
  readonly authorization: string | null;
  /** Where the handler knows it: a state counts for the URL alone that it was made for. */
  readonly url: string | undefined;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Opens what a request carries in {@link STATE_HEADER}.
 * @returns undefined for what the proxy has not made, not for this request, or not just now
 */
export async function openState(sealed: string, seal: Seal, carrier: Carrier): Promise<SealedState | undefined> {
  return readState(await seal.open(sealed, carrier.authorization ?? ''), carrier);
}

/** @param opened - undefined if it could not be */
export function readState(opened: string | undefined, { url, now }: Carrier): SealedState | undefined {
  if (opened === undefined) return undefined;
  // Nobody but this package can have written it.
  const state: SealedState = JSON.parse(opened);
  const age = now - state.sealedAt;
  if (age > LIFETIME_MS || age < -CLOCK_SKEW_MS) return undefined;
  return url === undefined || pathOf(url) === pathOf(state.url) ? state : undefined;
}

/** A proxy in front may have changed the origin, and Next the query. */
function pathOf(url: string): string {
  return new URL(url, 'http://localhost').pathname;
}
