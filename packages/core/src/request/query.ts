/** The names of the wire's query parameters (protocol section 2.2). */
export const QUERY = {
  handshake: '__clerk_handshake',
  handshakeNonce: '__clerk_handshake_nonce',
  devBrowser: '__clerk_db_jwt',
  legacyDevBrowser: '__dev_session',
  help: '__clerk_help',
  synced: '__clerk_synced',
  redirectUrl: '__clerk_redirect_url',
} as const;

/** What the frontend API adds to a URL when it sends a browser back to a development instance. */
export const HANDSHAKE_PARAMETERS: readonly string[] = [
  QUERY.handshake,
  QUERY.help,
  QUERY.devBrowser,
  QUERY.handshakeNonce,
];

/**
 * The query parameters of a request target, or undefined if none of the wire's can be among them, which spares ordinary
 * requests the parsing.
 */
export function readQuery(target: string): URLSearchParams | undefined {
  const start = target.indexOf('?');
  if (start === -1) return undefined;
  const query = target.slice(start + 1);
  // A name may be percent-encoded.
  return query.includes('__clerk_') || query.includes('%') ? new URLSearchParams(query) : undefined;
}
