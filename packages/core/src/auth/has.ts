import { parseScopedValues } from './permissions.ts';
import type { Requirement, ReverificationLevel, ReverificationPreset } from './requirement.ts';
import type { SessionIdentity } from './session-identity.ts';

/**
 * Whether a session meets every demand (protocol section 10). Three dimensions are asked apart: organisation, billing,
 * reverification. At least one must be asked and pass, and none may fail; what is malformed fails.
 */
export function meetsRequirement(identity: SessionIdentity, requirement: Requirement): boolean {
  if (typeof requirement !== 'object' || requirement === null || identity.userId === '') return false;
  const { role, permission, feature, plan, reverification } = requirement;
  let asked = false;
  if (role !== undefined || permission !== undefined) {
    if (!holdsInOrganization(identity, role, permission)) return false;
    asked = true;
  }
  if (feature !== undefined || plan !== undefined) {
    if (feature !== undefined && !holdsScoped(identity.claims.fea, feature)) return false;
    if (plan !== undefined && !holdsScoped(identity.claims.pla, plan)) return false;
    asked = true;
  }
  if (reverification !== undefined) {
    if (!isRecentlyVerified(identity.factorVerificationAge, reverification)) return false;
    asked = true;
  }
  return asked;
}

function holdsInOrganization(
  { orgId, orgRole, orgPermissions }: SessionIdentity,
  role: unknown,
  permission: unknown,
): boolean {
  if (!orgId) return false;
  if (
    role !== undefined &&
    (typeof role !== 'string' || orgRole === undefined || toOrganizationName(role) !== toOrganizationName(orgRole))
  ) {
    return false;
  }
  if (permission === undefined) return true;
  return typeof permission === 'string' && orgPermissions?.includes(toOrganizationName(permission)) === true;
}

/** `org:` once in front, however often the caller wrote it. */
function toOrganizationName(name: string): string {
  return `org:${name.replace(/^(?:org:)+/, '')}`;
}

/** The spellings of a scope in a demand. */
const ORGANIZATION_SCOPES: readonly string[] = ['o', 'org', 'organization'];
const USER_SCOPES: readonly string[] = ['u', 'user'];

function holdsScoped(claim: unknown, demanded: unknown): boolean {
  if (typeof claim !== 'string' || claim === '' || typeof demanded !== 'string') return false;
  const held = parseScopedValues(claim);
  if (held === undefined) return false;
  const [first = '', second] = demanded.split(':');
  if (second === undefined) return held.organization.includes(first) || held.user.includes(first);
  const value = second === '' ? first : second;
  if (ORGANIZATION_SCOPES.includes(first)) return held.organization.includes(value);
  if (USER_SCOPES.includes(first)) return held.user.includes(value);
  return false;
}

/** The presets by name. Without a prototype, so that no inherited name is one. */
const PRESETS: Readonly<Record<ReverificationPreset, { level: ReverificationLevel; afterMinutes: number }>> =
  Object.assign(Object.create(null), {
    strict_mfa: { level: 'multi_factor', afterMinutes: 10 },
    strict: { level: 'second_factor', afterMinutes: 10 },
    moderate: { level: 'second_factor', afterMinutes: 60 },
    lax: { level: 'second_factor', afterMinutes: 1440 },
  });

function isRecentlyVerified(ages: readonly [number, number] | null, reverification: unknown): boolean {
  const config = typeof reverification === 'string' ? PRESETS[reverification as ReverificationPreset] : reverification;
  if (typeof config !== 'object' || config === null || ages === null) return false;
  const { level, afterMinutes } = config as { level?: unknown; afterMinutes?: unknown };
  if (typeof afterMinutes !== 'number' || !(afterMinutes > 0)) return false;
  const [first, second] = ages;
  if (!isAge(first) || !isAge(second) || (first === NOT_ENROLLED && second === NOT_ENROLLED)) return false;
  const isFresh = (age: number): boolean => age !== NOT_ENROLLED && afterMinutes > age;
  switch (level) {
    case 'first_factor':
      return isFresh(first);
    case 'second_factor':
      return isFresh(second === NOT_ENROLLED ? first : second);
    case 'multi_factor':
      return isFresh(first) && (second === NOT_ENROLLED || isFresh(second));
    default:
      return false;
  }
}

const NOT_ENROLLED = -1;

function isAge(age: number): boolean {
  return Number.isFinite(age) && (age === NOT_ENROLLED || age >= 0);
}
