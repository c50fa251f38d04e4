import type { Config } from '../config.ts';
import { frontendApiUrl } from '../keys/frontend-api.ts';
import { QUERY } from '../request/query.ts';
import { type OrganizationTarget, toOrganizationParameter } from './organization-sync.ts';

/** What a handshake URL is made of. */
export interface HandshakeUrlParts {
  readonly config: Config;
  /** The version of the Backend API that the payload is for. */
  readonly apiVersionDate: string;
  readonly publicOrigin: string;
  /** The public URL of the request. */
  readonly publicUrl: URL;
  readonly reason: string;
  readonly hasSuffixedCookies: boolean;
  readonly sessionToken: string | undefined;
  /** Given in development only. */
  readonly devBrowser: string | undefined;
  readonly organizationTarget: OrganizationTarget | undefined;
}

/** The URL of the frontend API's handshake, with the parameters of protocol section 8.1 in their order. */
export function handshakeUrl(parts: HandshakeUrlParts): string {
  const url = new URL(`${frontendApiUrl(parts.config, parts.publicOrigin)}/v1/client/handshake`);
  const query = url.searchParams;
  query.append('redirect_url', withoutParameters(parts.publicUrl, [QUERY.devBrowser, QUERY.legacyDevBrowser]));
  query.append('__clerk_api_version', parts.apiVersionDate);
  query.append('suffixed_cookies', String(parts.hasSuffixedCookies));
  query.append('__clerk_hs_reason', parts.reason);
  query.append('format', 'nonce');
  if (parts.sessionToken !== undefined && parts.config.sessionTokenInHandshake)
    query.append('__session', parts.sessionToken);
  if (parts.devBrowser !== undefined) query.append(QUERY.devBrowser, parts.devBrowser);
  if (parts.organizationTarget !== undefined) {
    query.append('organization_id', toOrganizationParameter(parts.organizationTarget));
  }
  return url.href;
}

/** A URL without some query parameters. One that has none of them stays as it was spelled. */
export function withoutParameters(url: URL, names: readonly string[]): string {
  const copy = new URL(url);
  for (const name of names) {
    if (copy.searchParams.has(name)) copy.searchParams.delete(name);
  }
  return copy.href;
}
