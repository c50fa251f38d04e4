import { readPublicOrigin, toPublicUrl } from '@keystile/core/adapter';
import type { Caller } from './caller.ts';

/** The URL under which the public made a request. */
export function publicUrlOf({ view, authenticator }: Pick<Caller, 'view' | 'authenticator'>): URL {
  return toPublicUrl(readPublicOrigin(view, authenticator.config), view);
}
