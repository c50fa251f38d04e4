import { badRequest, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { OrganizationDomain, OrganizationDomainVerification } from '../contract/wire.generated.ts';
import { toDeleted } from '../resources/deleted.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { toPublicOrganizationData } from '../resources/organization.ts';
import { fromJsonOrNull, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';
import { contains, readPage } from './list.ts';

const enrollmentModes = ['manual_invitation', 'automatic_invitation', 'automatic_suggestion'];

/** A verification that the Backend API has declared; it does not run out. */
const verified = toJson({ status: 'verified', strategy: 'email_code', attempts: 0, expires_at: 0 });
const unverified = toJson({ status: 'unverified', strategy: 'email_code', attempts: 0, expires_at: 0 });

export const organizationDomains = {
  async 'organizations.createOrganizationDomain'(context, { path, body }) {
    const { db, clock, ids } = context;
    const organization = await findOrganization(context, path.organization_id);
    const { organizations: settings } = await readSettings(db);
    if (!settings.domainsEnabled)
      throw badRequest('organization_domains_not_enabled', 'Organization domains are switched off for this instance.');
    if (body.name === undefined) throw unprocessable('form_param_missing', 'name', 'name must be included.');
    const name = readDomainName(body.name);
    const mode = body.enrollment_mode ?? 'manual_invitation';
    assertMode(mode, settings.domainsEnrollmentModes);
    // One organization can have a domain unproven beside others; proven it belongs to one.
    const taken = await db
      .selectFrom('organization_domains')
      .select(['organization_id', 'verification'])
      .where('name', '=', name)
      .execute();
    if (taken.some((row) => row.organization_id === organization.id || isVerified(row.verification))) {
      throw unprocessable('duplicate_record', 'name', `${name} is a domain of an organization already.`);
    }
    const now = clock.now();
    const row = await db
      .insertInto('organization_domains')
      .values({
        id: ids.create('orgdmn'),
        organization_id: organization.id,
        name,
        enrollment_mode: mode,
        verification: body.verified === false ? null : verified,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const domain = await toDomain(context, row);
    await context.emit('organizationDomain.created', domain);
    return domain;
  },

  async 'organizations.getOrganizationDomainList'(context, { path, query }) {
    const organization = await findOrganization(context, path.organization_id);
    let domains = context.db.selectFrom('organization_domains').where('organization_id', '=', organization.id);
    if (query.enrollment_mode !== undefined) domains = domains.where('enrollment_mode', '=', query.enrollment_mode);
    if (query.verified !== undefined)
      domains = domains.where('verification', query.verified === 'true' ? '=' : 'is distinct from', verified);
    const { rows, total } = await readPage(domains, query);
    return { data: await toDomains(context, rows), total_count: total };
  },

  async 'organizations.getInstanceOrganizationDomainList'(context, { query }) {
    const text = query.query;
    if (text !== undefined && text.trim() === '') throw invalidParam('query', 'must not be blank.');
    let domains = context.db.selectFrom('organization_domains');
    if (query.organization_id !== undefined) domains = domains.where('organization_id', '=', query.organization_id);
    if (query.enrollment_mode !== undefined) domains = domains.where('enrollment_mode', 'in', query.enrollment_mode);
    if (query.domains !== undefined)
      domains = domains.where(
        'name',
        'in',
        query.domains.map((name) => name.toLowerCase()),
      );
    if (query.verified !== undefined)
      domains = domains.where('verification', query.verified === 'true' ? '=' : 'is distinct from', verified);
    if (text?.startsWith('org_')) domains = domains.where('organization_id', '=', text);
    else if (text !== undefined) domains = domains.where(contains('name', text));
    const { rows, total } = await readPage(domains, query);
    return { data: await toDomains(context, rows), total_count: total };
  },

  async 'organizations.updateOrganizationDomain'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findDomain(context, path.organization_id, path.domain_id);
    if (body.enrollment_mode != null) {
      const { organizations: settings } = await readSettings(db);
      assertMode(body.enrollment_mode, settings.domainsEnrollmentModes);
    }
    if (body.verified === true && !isVerified(row.verification)) {
      const rival = await db
        .selectFrom('organization_domains')
        .select('id')
        .where('name', '=', row.name)
        .where('verification', '=', verified)
        .executeTakeFirst();
      if (rival !== undefined)
        throw unprocessable('duplicate_record', 'verified', `${row.name} is verified for another organization.`);
    }
    const changed = await db
      .updateTable('organization_domains')
      .set({
        ...(body.enrollment_mode != null && { enrollment_mode: body.enrollment_mode }),
        ...(body.verified != null && { verification: body.verified ? verified : unverified }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const domain = await toDomain(context, changed);
    await context.emit('organizationDomain.updated', domain);
    return domain;
  },

  async 'organizations.deleteOrganizationDomain'(context, { path }) {
    const row = await findDomain(context, path.organization_id, path.domain_id);
    await context.db.deleteFrom('organization_domains').where('id', '=', row.id).execute();
    const deleted = toDeleted('organization_domain', row.id);
    await context.emit('organizationDomain.deleted', deleted);
    return deleted;
  },
} satisfies Partial<Handlers>;

function isVerified(column: string | null): boolean {
  return fromJsonOrNull<OrganizationDomainVerification>(column)?.status === 'verified';
}

function readDomainName(text: string): string {
  const name = text.trim().toLowerCase();
  if (!/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(name)) {
    throw unprocessable('form_param_format_invalid', 'name', 'name must be a domain name.');
  }
  return name;
}

function assertMode(mode: string, enabled: readonly string[]): void {
  if (!enrollmentModes.includes(mode))
    throw invalidParam('enrollment_mode', `must be one of ${enrollmentModes.join(', ')}.`);
  if (mode !== 'manual_invitation' && !enabled.includes(mode))
    throw invalidParam('enrollment_mode', 'is not enabled for this instance.');
}

async function findDomain(context: Context, organizationId: string, id: string): Promise<Row<'organization_domains'>> {
  const organization = await findOrganization(context, organizationId);
  const row = await context.db
    .selectFrom('organization_domains')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organization.id)
    .executeTakeFirst();
  if (row === undefined) throw notFound('organization domain', id);
  return row;
}

async function toDomain(context: Context, row: Row<'organization_domains'>): Promise<OrganizationDomain> {
  const [domain] = await toDomains(context, [row]);
  if (domain === undefined) throw notFound('organization domain', row.id);
  return domain;
}

async function toDomains(
  context: Context,
  rows: readonly Row<'organization_domains'>[],
): Promise<OrganizationDomain[]> {
  if (rows.length === 0) return [];
  const organizations = await context.db
    .selectFrom('organizations')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.organization_id))])
    .execute();
  return rows.map((row) => {
    const organization = organizations.find(({ id }) => id === row.organization_id);
    return {
      object: 'organization_domain',
      id: row.id,
      organization_id: row.organization_id,
      name: row.name,
      enrollment_mode: row.enrollment_mode,
      affiliation_email_address: row.affiliation_email_address,
      verification: fromJsonOrNull<OrganizationDomainVerification>(row.verification),
      total_pending_invitations: 0,
      total_pending_suggestions: 0,
      public_organization_data: organization === undefined ? null : toPublicOrganizationData(context, organization),
      created_at: row.created_at,
      updated_at: row.updated_at,
    };
  });
}
