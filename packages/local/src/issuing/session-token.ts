import { type Entitlements, entitlements } from '../billing/entitlements.ts';
import type { Context } from '../context.ts';
import { fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';
import { tokenCategory } from './signing-key.ts';

/** How a session token may differ from the usual one. Times that make it wrong are for negative tests. */
export interface SessionTokenOptions {
  /** Layout of the claims (protocol section 4.2); 2 by default. */
  readonly version?: 1 | 2 | undefined;
  /** Lifetime in seconds; the instance's setting (60) by default. Negative makes a token that has expired. */
  readonly expiresInSeconds?: number | undefined;
  /** `nbf`, epoch seconds; ten seconds before now by default. */
  readonly notBefore?: number | undefined;
  /** The origin that asked for the token, its `azp`. */
  readonly authorizedParty?: string | undefined;
  /** Further claims; they win over the usual ones. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Members of the JOSE header; they win over the usual ones. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** A session token for a session, with the claims of its user, actor and active organization. */
export async function issueSessionToken(
  context: Context,
  session: Row<'sessions'>,
  options: SessionTokenOptions = {},
): Promise<string> {
  const now = context.clock.now();
  const seconds = Math.floor(now / 1000);
  const lifetime = options.expiresInSeconds ?? (await readSettings(context.db)).sessions.tokenLifetime;
  const organization = await activeOrganization(context, session);
  const plans = await entitlements(context, session.user_id, organization?.id);
  const actor = fromJsonOrNull<Record<string, unknown>>(session.actor);
  const tasks = fromJsonOrNull<unknown[]>(session.tasks) ?? [];
  const version = options.version ?? 2;

  const claims = {
    ...(options.authorizedParty !== undefined && { azp: options.authorizedParty }),
    ...(actor !== null && { act: actor }),
    exp: seconds + lifetime,
    fva: factorAges(session, now),
    iat: seconds,
    iss: context.instance.url,
    nbf: options.notBefore ?? seconds - 10,
    ...(version === 2
      ? compactClaims(organization, plans)
      : organization !== undefined && plainOrganization(organization)),
    sid: session.id,
    sts: tasks.length > 0 ? 'pending' : 'active',
    sub: session.user_id,
    ...(version === 2 && { v: 2 }),
    ...options.claims,
  };
  return context.signingKey.signJwt(claims, { cat: tokenCategory.session, ...options.header });
}

/** What tokens say of an organization. */
export interface OrganizationClaims {
  readonly id: string;
  readonly slug: string;
  /** With its prefix: `org:admin`. */
  readonly role: string;
  /** Custom permissions only; the system's own are never written into tokens. */
  readonly permissions: readonly string[];
}

/** The organization that a session is active in, if its user still belongs to it. */
export async function activeOrganization(
  { db }: Context,
  session: Row<'sessions'>,
): Promise<OrganizationClaims | undefined> {
  if (session.last_active_organization_id === null) return undefined;
  const membership = await db
    .selectFrom('organization_memberships')
    .innerJoin('organizations', 'organizations.id', 'organization_memberships.organization_id')
    .select(['organizations.id', 'organizations.slug', 'organization_memberships.role'])
    .where('organization_memberships.user_id', '=', session.user_id)
    .where('organization_memberships.organization_id', '=', session.last_active_organization_id)
    .executeTakeFirst();
  if (membership === undefined) return undefined;
  const permissions = await db
    .selectFrom('roles')
    .innerJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .innerJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
    .select('permissions.key')
    .where('roles.key', '=', membership.role)
    .orderBy('permissions.key')
    .execute();
  return { ...membership, permissions: permissions.map(({ key }) => key).filter((key) => !key.startsWith('org:sys_')) };
}

function plainOrganization({ id, slug, role, permissions }: OrganizationClaims) {
  return { org_id: id, org_permissions: permissions, org_role: role, org_slug: slug };
}

/**
 * The `o`, `fea` and `pla` claims of version 2: features and permissions named once each, and for each feature of the
 * organization a bit mask over the permissions (protocol section 4.4).
 */
function compactClaims(organization: OrganizationClaims | undefined, plans: Entitlements) {
  const granted = (organization?.permissions ?? []).map((permission) => permission.split(':').slice(1));
  // Every feature of the organization takes a mask, those of its plan without permissions, too.
  const features = [...new Set([...granted.map(([feature = '']) => feature), ...plans.org.features])];
  const fea = [...features.map((feature) => `o:${feature}`), ...plans.user.features.map((feature) => `u:${feature}`)];
  const pla = [...plans.org.plans.map((plan) => `o:${plan}`), ...plans.user.plans.map((plan) => `u:${plan}`)];
  const names = [...new Set(granted.map(([, name = '']) => name))];
  const masks = features.map((feature) =>
    granted
      .filter(([own]) => own === feature)
      .reduce((mask, [, name = '']) => mask | (1n << BigInt(names.indexOf(name))), 0n),
  );
  return {
    ...(fea.length > 0 && { fea: fea.join(',') }),
    ...(organization !== undefined && {
      o: {
        id: organization.id,
        rol: organization.role.replace(/^org:/, ''),
        slg: organization.slug,
        ...(names.length > 0 && { per: names.join(','), fpm: masks.join(',') }),
      },
    }),
    ...(pla.length > 0 && { pla: pla.join(',') }),
  };
}

/** Minutes since the first and the second factor were checked; −1 for one that never was. */
function factorAges(session: Row<'sessions'>, now: number): [number, number] {
  const age = (at: number | null) => (at === null ? -1 : Math.max(0, Math.floor((now - at) / 60_000)));
  return [age(session.first_factor_verified_at), age(session.second_factor_verified_at)];
}
