import type { Instance } from '../instance.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** A secret in a link that somebody gets by mail or hands on: an invitation, a sign-in token, an impersonation. */
export interface Ticket {
  readonly token: string;
  /** What is stored of it. */
  readonly hash: string;
  /** Where the browser goes with it; the frontend API finds out what it is for. */
  readonly url: string;
}

/** @param redirectUrl Where the browser goes once the ticket is accepted. */
export function createTicket(instance: Instance, redirectUrl?: string | null): Ticket {
  const token = createSecret('tkt');
  const url = new URL(`${instance.url}/v1/tickets/accept`);
  url.searchParams.set('ticket', token);
  if (redirectUrl != null) url.searchParams.set('redirect_url', redirectUrl);
  return { token, hash: hashSecret(token), url: url.href };
}
