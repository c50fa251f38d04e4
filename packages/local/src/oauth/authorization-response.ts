import type { Asking } from './authorization-request.ts';
import type { OAuthError } from './oauth-error.ts';

/**
 * The address that takes an answer to the client: the parameters, `state` as it came, and who answers, so that a client of several
 * servers can tell them apart (RFC 9207).
 */
export function responseUrl(
  { redirectUri, state }: Asking,
  issuer: string,
  answer: Readonly<Record<string, string>>,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  url.searchParams.set('iss', issuer);
  return url.href;
}

/** The same for a refusal. */
export function errorUrl(asking: Asking, issuer: string, { code, message }: OAuthError): string {
  return responseUrl(asking, issuer, { error: code, error_description: message });
}
