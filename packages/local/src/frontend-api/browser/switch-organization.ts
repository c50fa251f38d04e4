import type { Context } from '../../context.ts';
import type { Row } from '../../store/rows.ts';

/**
 * Makes an organization the active one of a session; `''` is the personal account. An organization that the user does not
 * belong to changes nothing.
 *
 * @param organization Id or slug.
 * @returns the session as it is afterwards
 */
export async function switchOrganization(
  context: Context,
  session: Row<'sessions'>,
  organization: string,
): Promise<Row<'sessions'>> {
  const id = organization === '' ? null : await membershipOf(context, session.user_id, organization);
  if (id === undefined || id === session.last_active_organization_id) return session;
  const change = { last_active_organization_id: id, updated_at: context.clock.now() };
  await context.db.updateTable('sessions').set(change).where('id', '=', session.id).execute();
  return { ...session, ...change };
}

/** The id of an organization that the user belongs to; undefined for any other. */
export async function membershipOf({ db }: Context, userId: string, organization: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('organization_memberships')
    .innerJoin('organizations', 'organizations.id', 'organization_memberships.organization_id')
    .select('organizations.id')
    .where('organization_memberships.user_id', '=', userId)
    .where((eb) => eb.or([eb('organizations.id', '=', organization), eb('organizations.slug', '=', organization)]))
    .executeTakeFirst();
  return row?.id;
}
