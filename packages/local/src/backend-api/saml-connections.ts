import { invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { SamlConnection } from '../contract/wire.generated.ts';
import { assertDomainsUnclaimed, readDomains } from '../resources/connection-domains.ts';
import { toDeleted } from '../resources/deleted.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { type IdentityProvider, isConfigured, readIdentityProvider } from '../resources/identity-provider.ts';
import { fromJson, toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { contains, readPage, readSigned } from './list.ts';

interface Options {
  readonly sync_user_attributes: boolean;
  readonly allow_subdomains: boolean;
  readonly allow_idp_initiated: boolean;
  readonly disable_additional_identifications: boolean;
  readonly allow_organization_account_linking: boolean;
  readonly force_authn: boolean;
}

interface Mapping {
  readonly user_id: string;
  readonly email_address: string;
  readonly first_name: string;
  readonly last_name: string;
}

const defaultMapping: Mapping = {
  user_id: 'id',
  email_address: 'mail',
  first_name: 'firstName',
  last_name: 'lastName',
};

export const samlConnections = {
  async 'samlConnections.getSamlConnectionList'(context, { query }) {
    let connections = context.db.selectFrom('saml_connections');
    if (query.query) connections = connections.where(contains('name', query.query));
    if (query.organization_id !== undefined) {
      const { included, excluded } = readSigned(query.organization_id);
      if (included.length > 0) connections = connections.where('organization_id', 'in', included);
      if (excluded.length > 0) {
        connections = connections.where((eb) =>
          eb.or([eb('organization_id', 'is', null), eb('organization_id', 'not in', excluded)]),
        );
      }
    }
    const { limit, offset, order_by } = query;
    // The document copies the sort keys of memberships; only one of them means anything here.
    const { rows, total } = await readPage(connections, {
      limit,
      offset,
      order_by: order_by?.startsWith('+') ? '+created_at' : '-created_at',
    });
    return { data: await Promise.all(rows.map((row) => toSamlConnection(context, row))), total_count: total };
  },

  async 'samlConnections.createSamlConnection'(context, { body }) {
    const { db, clock, ids } = context;
    const domains = readDomains(
      body.domains ?? (body.domain === undefined ? [] : [body.domain]),
      body.domains === undefined ? 'domain' : 'domains',
    );
    if (domains.length === 0)
      throw unprocessable('form_param_missing', 'domain', 'domain or domains must be included.');
    await assertDomainsUnclaimed(context, domains);
    if (body.organization_id !== undefined) await findOrganization(context, body.organization_id);
    const now = clock.now();
    const row = await db
      .insertInto('saml_connections')
      .values({
        id: ids.create('samlc'),
        name: body.name,
        provider: body.provider,
        domains: toJson(domains),
        organization_id: body.organization_id ?? null,
        idp: toJson(readIdentityProvider(body)),
        attribute_mapping: toJson({ ...defaultMapping, ...body.attribute_mapping }),
        options: toJson({
          sync_user_attributes: true,
          allow_subdomains: false,
          allow_idp_initiated: false,
          disable_additional_identifications: false,
          allow_organization_account_linking: false,
          force_authn: body.force_authn ?? false,
        } satisfies Options),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toSamlConnection(context, row);
  },

  async 'samlConnections.getSamlConnection'(context, { path }) {
    return toSamlConnection(context, await findConnection(context, path.saml_connection_id));
  },

  async 'samlConnections.updateSamlConnection'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findConnection(context, path.saml_connection_id);
    const wanted = body.domains ?? (body.domain === undefined ? undefined : [body.domain]);
    const domains =
      wanted === undefined
        ? fromJson<string[]>(row.domains)
        : readDomains(wanted, body.domains === undefined ? 'domain' : 'domains');
    if (domains.length === 0) throw invalidParam('domains', 'must not be empty.');
    await assertDomainsUnclaimed(context, domains, row.id);
    if (body.organization_id !== undefined && body.organization_id !== '')
      await findOrganization(context, body.organization_id);
    const idp = readIdentityProvider(body, fromJson<IdentityProvider>(row.idp));
    const active = body.active ?? row.active === 1;
    if (active && !isConfigured(idp))
      throw unprocessable(
        'saml_connection_incomplete',
        'active',
        'A connection needs the metadata of its identity provider before it is switched on.',
      );
    if (active && row.active === 0)
      await clearEnrollmentDomains(context, domains, body.consent_verified_domains_deletion ?? false);
    const before = fromJson<Options>(row.options);
    const options: Options = {
      sync_user_attributes: body.sync_user_attributes ?? before.sync_user_attributes,
      allow_subdomains: body.allow_subdomains ?? before.allow_subdomains,
      allow_idp_initiated: body.allow_idp_initiated ?? before.allow_idp_initiated,
      disable_additional_identifications:
        body.disable_additional_identifications ?? before.disable_additional_identifications,
      allow_organization_account_linking:
        body.allow_organization_account_linking ?? before.allow_organization_account_linking,
      force_authn: body.force_authn ?? before.force_authn,
    };
    const changed = await db
      .updateTable('saml_connections')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(body.provider !== undefined && { provider: body.provider }),
        ...(body.organization_id !== undefined && {
          organization_id: body.organization_id === '' ? null : body.organization_id,
        }),
        domains: toJson(domains),
        idp: toJson(idp),
        attribute_mapping: toJson({ ...fromJson<Mapping>(row.attribute_mapping), ...body.attribute_mapping }),
        active: toFlag(active),
        options: toJson(options),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toSamlConnection(context, changed);
  },

  async 'samlConnections.deleteSamlConnection'(context, { path }) {
    const row = await findConnection(context, path.saml_connection_id);
    await context.db.deleteFrom('enterprise_accounts').where('enterprise_connection_id', '=', row.id).execute();
    await context.db.deleteFrom('saml_connections').where('id', '=', row.id).execute();
    return toDeleted('saml_connection', row.id);
  },
} satisfies Partial<Handlers>;

async function findConnection({ db }: Context, id: string): Promise<Row<'saml_connections'>> {
  const row = await db.selectFrom('saml_connections').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('SAML connection', id);
  return row;
}

/** A domain whose users come by a connection cannot enroll by itself: the clashing ones go, with consent, or nothing happens. */
async function clearEnrollmentDomains({ db }: Context, domains: readonly string[], consent: boolean): Promise<void> {
  const clash = db
    .selectFrom('organization_domains')
    .select('id')
    .where('name', 'in', domains)
    .where('enrollment_mode', '!=', 'manual_invitation');
  const rows = await clash.execute();
  if (rows.length === 0) return;
  if (!consent)
    throw unprocessable(
      'organization_domains_clash',
      'consent_verified_domains_deletion',
      'Organizations enroll by these domains; consent to delete those domains.',
    );
  await db
    .deleteFrom('organization_domains')
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
}

async function toSamlConnection({ db, instance }: Context, row: Row<'saml_connections'>): Promise<SamlConnection> {
  const domains = fromJson<string[]>(row.domains);
  const users = await db
    .selectFrom('enterprise_accounts')
    .select('id')
    .where('enterprise_connection_id', '=', row.id)
    .execute();
  return {
    object: 'saml_connection',
    id: row.id,
    name: row.name,
    domain: domains[0] ?? '',
    domains,
    ...fromJson<IdentityProvider>(row.idp),
    acs_url: `${instance.url}/v1/saml/acs/${row.id}`,
    sp_entity_id: `${instance.url}/saml/${row.id}`,
    sp_metadata_url: `${instance.url}/v1/saml/metadata/${row.id}`,
    organization_id: row.organization_id,
    attribute_mapping: fromJson<Mapping>(row.attribute_mapping),
    active: row.active === 1,
    provider: row.provider,
    user_count: users.length,
    ...fromJson<Options>(row.options),
    enterprise_connection_id: row.enterprise_connection_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
