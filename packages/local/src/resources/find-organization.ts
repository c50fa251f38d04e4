import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Organization } from '../contract/wire.generated.ts';
import type { Row } from '../store/rows.ts';
import { toOrganization } from './organization.ts';

/**
 * By id or slug.
 *
 * @throws {ApiError} 404
 */
export async function findOrganization({ db }: Context, idOrSlug: string): Promise<Row<'organizations'>> {
  const row = await db
    .selectFrom('organizations')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', idOrSlug), eb('slug', '=', idOrSlug)]))
    .executeTakeFirst();
  if (row === undefined) throw notFound('organization', idOrSlug);
  return row;
}

/** Emits `organization.updated` and answers with the organization as it is now. */
export async function announceOrganizationUpdate(context: Context, id: string): Promise<Organization> {
  const organization = toOrganization(context, await findOrganization(context, id));
  await context.emit('organization.updated', organization);
  return organization;
}
