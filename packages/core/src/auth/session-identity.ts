import { deepFreeze } from '../deep-freeze.ts';
import type { ActorClaim, JwtClaims, SessionClaims } from '../jwt/claims.ts';
import { organizationPermissions } from './permissions.ts';

/** Who a session token speaks for: its claims, read once (protocol section 4.3). */
export interface SessionIdentity {
  readonly claims: Readonly<SessionClaims>;
  readonly userId: string;
  readonly sessionId: string | null;
  readonly sessionStatus: 'active' | 'pending' | null;
  readonly actor: ActorClaim | undefined;
  readonly orgId: string | undefined;
  readonly orgRole: string | undefined;
  readonly orgSlug: string | undefined;
  readonly orgPermissions: readonly string[] | undefined;
  readonly factorVerificationAge: readonly [number, number] | null;
}

/**
 * Reads the identity out of the claims of a token whose signature has been verified.
 *
 * The claims and the list of permissions are frozen: a cache shares them among requests.
 *
 * @returns undefined if the claims contradict the wire's format, so that nobody can say what the session may do
 */
export function readSessionIdentity(claims: JwtClaims): SessionIdentity | undefined {
  const organization = claims.v === 2 ? readOrganizationV2(claims) : readOrganizationV1(claims);
  if (organization === undefined) return undefined;
  deepFreeze(claims);
  return {
    claims: claims as SessionClaims,
    userId: claims.sub as string,
    sessionId: text(claims.sid) ?? null,
    sessionStatus: claims.sts === 'pending' || claims.sts === 'active' ? claims.sts : null,
    actor: isObject(claims.act) ? (claims.act as ActorClaim) : undefined,
    orgId: organization.orgId,
    orgRole: organization.orgRole,
    orgSlug: organization.orgSlug,
    orgPermissions: organization.orgPermissions,
    factorVerificationAge: isAgePair(claims.fva) ? claims.fva : null,
  };
}

type ActiveOrganization = Pick<SessionIdentity, 'orgId' | 'orgRole' | 'orgSlug' | 'orgPermissions'>;

const NO_ORGANIZATION: ActiveOrganization = {
  orgId: undefined,
  orgRole: undefined,
  orgSlug: undefined,
  orgPermissions: undefined,
};

function readOrganizationV1(claims: JwtClaims): ActiveOrganization {
  const permissions = claims.org_permissions;
  return {
    orgId: text(claims.org_id),
    orgRole: text(claims.org_role),
    orgSlug: text(claims.org_slug),
    orgPermissions: Array.isArray(permissions)
      ? Object.freeze(permissions.filter((item) => typeof item === 'string'))
      : undefined,
  };
}

function readOrganizationV2(claims: JwtClaims): ActiveOrganization | undefined {
  if (!isObject(claims.o)) return NO_ORGANIZATION;
  const { id, slg, rol, per, fpm } = claims.o;
  const orgPermissions = organizationPermissions(text(claims.fea) ?? '', text(per) ?? '', text(fpm) ?? '');
  if (orgPermissions === undefined) return undefined;
  const role = text(rol);
  return {
    orgId: text(id),
    orgRole: role ? `org:${role}` : undefined,
    orgSlug: text(slg),
    orgPermissions,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAgePair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number';
}
