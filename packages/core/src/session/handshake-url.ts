import { API_VERSION } from '../backend/api-version.ts';
import { frontendApiUrl } from '../keys/frontend-api.ts';
import { QUERY } from '../request/query.ts';
import { toOrganizationParameter } from './organization-sync.ts';
import type { RequestFacts } from './request-facts.ts';

/** What a handshake URL is made of. */
export type HandshakeUrlFacts = Pick<
  RequestFacts,
  | 'instance'
  | 'publicOrigin'
  | 'publicUrl'
  | 'isProduction'
  | 'hasSuffixedCookies'
  | 'sessionToken'
  | 'devBrowser'
  | 'organizationTarget'
>;

/** The URL of the frontend API's handshake, with the parameters of protocol section 8.1 in their order. */
export function handshakeUrl(facts: HandshakeUrlFacts, reason: string): string {
  const { config } = facts.instance;
  const url = new URL(`${frontendApiUrl(config, facts.publicOrigin)}/v1/client/handshake`);
  const query = url.searchParams;
  query.append('redirect_url', withoutParameters(facts.publicUrl, [QUERY.devBrowser, QUERY.legacyDevBrowser]));
  query.append('__clerk_api_version', API_VERSION);
  query.append('suffixed_cookies', String(facts.hasSuffixedCookies));
  query.append('__clerk_hs_reason', reason);
  query.append('format', 'nonce');
  if (facts.sessionToken !== undefined && config.sessionTokenInHandshake) query.append('__session', facts.sessionToken);
  if (facts.devBrowser !== undefined && !facts.isProduction) query.append(QUERY.devBrowser, facts.devBrowser);
  const { organizationTarget } = facts;
  if (organizationTarget !== undefined) query.append('organization_id', toOrganizationParameter(organizationTarget));
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
