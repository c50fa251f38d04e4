import { invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { EnterpriseConnection } from '../contract/wire.generated.ts';
import { assertDomainsUnclaimed, readDomains } from '../resources/connection-domains.ts';
import { toDeleted } from '../resources/deleted.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { type IdentityProvider, isConfigured, readIdentityProvider } from '../resources/identity-provider.ts';
import { fromJson, fromJsonOrNull, toFlag, toJson, toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';
import { readPage } from './list.ts';

type NewConnection = Input<'enterpriseConnections.createEnterpriseConnection'>['body'];
type ConnectionChange = Input<'enterpriseConnections.updateEnterpriseConnection'>['body'];
type SamlParams = NonNullable<NewConnection['saml']>;
type OidcParams = NonNullable<NewConnection['oidc']>;

interface Saml {
  readonly idp: IdentityProvider;
  readonly attribute_mapping: SamlParams['attribute_mapping'];
  readonly allow_subdomains: boolean;
  readonly allow_idp_initiated: boolean;
  readonly force_authn: boolean;
}

interface Oidc {
  readonly client_id: string | null;
  readonly client_secret_sealed: string | null;
  readonly discovery_url: string | null;
  readonly auth_url: string | null;
  readonly token_url: string | null;
  readonly user_info_url: string | null;
  readonly requires_pkce: boolean;
}

interface Options {
  readonly authenticatable: boolean;
  readonly disable_jit_provisioning: boolean;
}

export const enterpriseConnections = {
  async 'enterpriseConnections.getEnterpriseConnectionList'(context, { query }) {
    let connections = context.db.selectFrom('enterprise_connections');
    if (query.organization_id !== undefined)
      connections = connections.where('organization_id', '=', query.organization_id);
    if (query.active !== undefined) connections = connections.where('active', '=', toFlag(query.active));
    const { rows, total } = await readPage(connections, query);
    return { data: rows.map((row) => toConnection(context, row)), total_count: total };
  },

  async 'enterpriseConnections.createEnterpriseConnection'(context, { body }) {
    const { db, clock, ids } = context;
    const protocol = body.provider.startsWith('saml_') ? 'saml' : 'oidc';
    assertProtocol(protocol, body);
    const domains = readDomains(body.domains, 'domains');
    await assertDomainsUnclaimed(context, domains);
    if (body.organization_id !== undefined) await findOrganization(context, body.organization_id);
    const saml = protocol === 'saml' ? readSaml(body.saml ?? {}) : null;
    const oidc = protocol === 'oidc' ? readOidc(context, body.oidc ?? {}) : null;
    const active = body.active ?? false;
    if (active) assertComplete(saml, oidc);
    const now = clock.now();
    const row = await db
      .insertInto('enterprise_connections')
      .values({
        id: ids.create('entconn'),
        name: body.name,
        provider: body.provider,
        protocol,
        domains: toJson(domains),
        organization_id: body.organization_id ?? null,
        active: toFlag(active),
        sync_user_attributes: toFlag(body.sync_user_attributes ?? true),
        disable_additional_identifications: 0,
        allow_organization_account_linking: toFlag(body.allow_organization_account_linking ?? false),
        saml: toJsonOrNull(saml),
        oidc: toJsonOrNull(oidc),
        custom_attributes: toJson(body.custom_attributes ?? []),
        options: toJson({
          authenticatable: body.authenticatable ?? true,
          disable_jit_provisioning: body.disable_jit_provisioning ?? false,
        } satisfies Options),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (active) await dropOrganizationDomains(context, domains);
    return toConnection(context, row);
  },

  async 'enterpriseConnections.getEnterpriseConnection'(context, { path }) {
    return toConnection(context, await findConnection(context, path.enterprise_connection_id));
  },

  async 'enterpriseConnections.updateEnterpriseConnection'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findConnection(context, path.enterprise_connection_id);
    const protocol = row.protocol === 'saml' ? 'saml' : 'oidc';
    assertProtocol(protocol, body);
    if (body.organization_id === '') throw invalidParam('organization_id', 'can be changed but not taken away.');
    if (body.organization_id !== undefined) await findOrganization(context, body.organization_id);
    // An empty list stands for no change.
    const domains =
      body.domains === undefined || body.domains.length === 0
        ? fromJson<string[]>(row.domains)
        : readDomains(body.domains, 'domains');
    await assertDomainsUnclaimed(context, domains, row.id);
    const saml = protocol === 'saml' ? readSaml(body.saml ?? {}, fromJsonOrNull<Saml>(row.saml)) : null;
    const oidc = protocol === 'oidc' ? readOidc(context, body.oidc ?? {}, fromJsonOrNull<Oidc>(row.oidc)) : null;
    const active = body.active ?? row.active === 1;
    if (active) assertComplete(saml, oidc);
    const options = fromJson<Options>(row.options);
    const changed = await db
      .updateTable('enterprise_connections')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(body.organization_id !== undefined && { organization_id: body.organization_id }),
        ...(body.sync_user_attributes !== undefined && { sync_user_attributes: toFlag(body.sync_user_attributes) }),
        ...(body.disable_additional_identifications !== undefined && {
          disable_additional_identifications: toFlag(body.disable_additional_identifications),
        }),
        ...(body.allow_organization_account_linking !== undefined && {
          allow_organization_account_linking: toFlag(body.allow_organization_account_linking),
        }),
        ...(body.custom_attributes !== undefined && { custom_attributes: toJson(body.custom_attributes) }),
        domains: toJson(domains),
        active: toFlag(active),
        saml: toJsonOrNull(saml),
        oidc: toJsonOrNull(oidc),
        options: toJson({
          authenticatable: body.authenticatable ?? options.authenticatable,
          disable_jit_provisioning: body.disable_jit_provisioning ?? options.disable_jit_provisioning,
        } satisfies Options),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (active && row.active === 0) await dropOrganizationDomains(context, domains);
    return toConnection(context, changed);
  },

  async 'enterpriseConnections.deleteEnterpriseConnection'(context, { path }) {
    const row = await findConnection(context, path.enterprise_connection_id);
    await context.db.deleteFrom('enterprise_accounts').where('enterprise_connection_id', '=', row.id).execute();
    await context.db.deleteFrom('enterprise_connections').where('id', '=', row.id).execute();
    return toDeleted('enterprise_connection', row.id);
  },
} satisfies Partial<Handlers>;

async function findConnection({ db }: Context, id: string): Promise<Row<'enterprise_connections'>> {
  const row = await db.selectFrom('enterprise_connections').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('enterprise connection', id);
  return row;
}

function assertProtocol(protocol: 'saml' | 'oidc', body: Pick<ConnectionChange, 'saml' | 'oidc'>): void {
  const other = protocol === 'saml' ? 'oidc' : 'saml';
  if (body[other] !== undefined) throw invalidParam(other, `is for ${other.toUpperCase()} providers only.`);
}

function readSaml(params: SamlParams, before: Saml | null = null): Saml {
  return {
    idp: readIdentityProvider(params, before?.idp),
    attribute_mapping: params.attribute_mapping ?? before?.attribute_mapping,
    allow_subdomains: params.allow_subdomains ?? before?.allow_subdomains ?? false,
    allow_idp_initiated: params.allow_idp_initiated ?? before?.allow_idp_initiated ?? false,
    force_authn: params.force_authn ?? before?.force_authn ?? false,
  };
}

function readOidc({ sealer }: Context, params: OidcParams, before: Oidc | null = null): Oidc {
  for (const param of ['discovery_url', 'auth_url', 'token_url', 'user_info_url'] as const) {
    const url = params[param];
    if (url && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
      throw invalidParam(`oidc.${param}`, 'must be an http or https URL.');
  }
  return {
    client_id: params.client_id ?? before?.client_id ?? null,
    client_secret_sealed:
      params.client_secret === undefined ? (before?.client_secret_sealed ?? null) : sealer.seal(params.client_secret),
    discovery_url: params.discovery_url ?? before?.discovery_url ?? null,
    auth_url: params.auth_url ?? before?.auth_url ?? null,
    token_url: params.token_url ?? before?.token_url ?? null,
    user_info_url: params.user_info_url ?? before?.user_info_url ?? null,
    requires_pkce: params.requires_pkce ?? before?.requires_pkce ?? false,
  };
}

/** A connection that is on must know its provider. */
function assertComplete(saml: Saml | null, oidc: Oidc | null): void {
  if (saml !== null && !isConfigured(saml.idp)) {
    throw unprocessable(
      'enterprise_connection_incomplete',
      'saml',
      'An active connection needs the metadata of its identity provider.',
    );
  }
  if (
    oidc !== null &&
    (oidc.client_id === null || (oidc.discovery_url === null && (oidc.auth_url === null || oidc.token_url === null)))
  ) {
    throw unprocessable(
      'enterprise_connection_incomplete',
      'oidc',
      'An active connection needs a client id and where its provider is.',
    );
  }
}

/** Users of these domains come by the connection now, not by enrollment. */
async function dropOrganizationDomains({ db }: Context, domains: readonly string[]): Promise<void> {
  await db
    .deleteFrom('organization_domains')
    .where('name', 'in', domains)
    .where('verification', 'is not', null)
    .execute();
}

function toConnection({ instance }: Context, row: Row<'enterprise_connections'>): EnterpriseConnection {
  const saml = fromJsonOrNull<Saml>(row.saml);
  const oidc = fromJsonOrNull<Oidc>(row.oidc);
  return {
    object: 'enterprise_connection',
    id: row.id,
    name: row.name,
    provider: row.provider,
    active: row.active === 1,
    domains: fromJson<string[]>(row.domains),
    organization_id: row.organization_id,
    sync_user_attributes: row.sync_user_attributes === 1,
    disable_additional_identifications: row.disable_additional_identifications === 1,
    allow_organization_account_linking: row.allow_organization_account_linking === 1,
    custom_attributes: fromJson<EnterpriseConnection['custom_attributes']>(row.custom_attributes),
    saml_connection:
      saml === null
        ? null
        : {
            id: `${row.id}_saml`,
            name: row.name,
            idp_entity_id: saml.idp.idp_entity_id,
            idp_sso_url: saml.idp.idp_sso_url,
            idp_metadata_url: saml.idp.idp_metadata_url,
            acs_url: `${instance.url}/v1/saml/acs/${row.id}`,
            sp_entity_id: `${instance.url}/saml/${row.id}`,
            sp_metadata_url: `${instance.url}/v1/saml/metadata/${row.id}`,
            active: row.active === 1,
            allow_idp_initiated: saml.allow_idp_initiated,
            allow_subdomains: saml.allow_subdomains,
            force_authn: saml.force_authn,
            idp_certificate: saml.idp.idp_certificate ?? undefined,
            idp_metadata: saml.idp.idp_metadata ?? undefined,
          },
    oauth_config:
      oidc === null
        ? null
        : {
            id: `${row.id}_oidc`,
            name: row.name,
            provider_key: row.provider,
            client_id: oidc.client_id,
            discovery_url: oidc.discovery_url,
            logo_public_url: null,
            created_at: row.created_at,
            updated_at: row.updated_at,
            auth_url: oidc.auth_url ?? undefined,
            token_url: oidc.token_url ?? undefined,
            user_info_url: oidc.user_info_url ?? undefined,
            requires_pkce: oidc.requires_pkce,
          },
    ...fromJson<Options>(row.options),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
