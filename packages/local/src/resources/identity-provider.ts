import { X509Certificate } from 'node:crypto';
import { invalidParam } from '../api-error.ts';

/** What a SAML connection knows of its identity provider, by the names of the wire. */
export interface IdentityProvider {
  readonly idp_entity_id: string | null;
  readonly idp_sso_url: string | null;
  readonly idp_certificate: string | null;
  readonly idp_metadata_url: string | null;
  readonly idp_metadata: string | null;
}

const unknown: IdentityProvider = {
  idp_entity_id: null,
  idp_sso_url: null,
  idp_certificate: null,
  idp_metadata_url: null,
  idp_metadata: null,
};

/**
 * Takes over what is given. Metadata, given as text, wins over the single fields; a metadata URL is kept and not fetched.
 *
 * @throws {ApiError} 422 for URLs, a certificate or metadata that cannot be read.
 */
export function readIdentityProvider(
  given: { readonly [Name in keyof IdentityProvider]?: string | undefined },
  before = unknown,
): IdentityProvider {
  for (const param of ['idp_sso_url', 'idp_metadata_url'] as const) {
    const url = given[param];
    if (url && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
      throw invalidParam(param, 'must be an http or https URL.');
  }
  if (given.idp_certificate) assertCertificate(given.idp_certificate);
  const fields = {
    idp_entity_id: given.idp_entity_id ?? before.idp_entity_id,
    idp_sso_url: given.idp_sso_url ?? before.idp_sso_url,
    idp_certificate: given.idp_certificate ?? before.idp_certificate,
    idp_metadata_url: given.idp_metadata_url ?? before.idp_metadata_url,
    idp_metadata: given.idp_metadata ?? before.idp_metadata,
  };
  return given.idp_metadata ? { ...fields, ...readMetadata(given.idp_metadata) } : fields;
}

/** Whether a connection could be used: it knows where to send users and how to check what comes back. */
export function isConfigured(idp: IdentityProvider): boolean {
  return (
    idp.idp_metadata_url !== null ||
    (idp.idp_entity_id !== null && idp.idp_sso_url !== null && idp.idp_certificate !== null)
  );
}

function assertCertificate(text: string): void {
  const pem = text.includes('-----BEGIN')
    ? text
    : `-----BEGIN CERTIFICATE-----\n${text.trim()}\n-----END CERTIFICATE-----`;
  try {
    new X509Certificate(pem);
  } catch {
    throw invalidParam('idp_certificate', 'must be an X.509 certificate in PEM.');
  }
}

/** The three facts of an entity descriptor. Looked up by pattern: nothing of the document is trusted, or resolved. */
function readMetadata(xml: string): Partial<IdentityProvider> {
  const entityId = /<(?:\w+:)?EntityDescriptor\b[^>]*\bentityID\s*=\s*"([^"]+)"/.exec(xml)?.[1];
  const ssoUrl = /<(?:\w+:)?SingleSignOnService\b[^>]*\bLocation\s*=\s*"([^"]+)"/.exec(xml)?.[1];
  const certificate = /<(?:\w+:)?X509Certificate\b[^>]*>\s*([A-Za-z0-9+/=\s]+?)\s*</.exec(xml)?.[1];
  if (entityId === undefined || ssoUrl === undefined || certificate === undefined) {
    throw invalidParam(
      'idp_metadata',
      'must be the metadata of an identity provider: entity id, sign-on URL and certificate.',
    );
  }
  return { idp_entity_id: entityId, idp_sso_url: ssoUrl, idp_certificate: certificate };
}
