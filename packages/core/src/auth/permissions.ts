/** A comma list of `<scope>:<value>`, where the scope is `o` (organisation), `u` (user), or both. */
export interface ScopedValues {
  readonly organization: readonly string[];
  readonly user: readonly string[];
}

/**
 * Reads the `fea` and `pla` claims (protocol section 4.4, step 1).
 * @returns undefined if an element has no scope: the claim is malformed
 */
export function parseScopedValues(claim: string): ScopedValues | undefined {
  const organization: string[] = [];
  const user: string[] = [];
  for (const element of claim.split(',')) {
    const text = element.trim();
    const colon = text.indexOf(':');
    if (colon === -1) return undefined;
    const scope = text.slice(0, colon);
    const value = text.slice(colon + 1);
    if (scope === 'o' || scope === 'ou' || scope === 'uo') organization.push(value);
    if (scope === 'u' || scope === 'ou' || scope === 'uo') user.push(value);
  }
  return { organization, user };
}

/**
 * The permissions in the active organisation that the claims of a version 2 session token stand for (protocol section 4.4).
 * Remembered: the members of an organisation carry the same few claims.
 *
 * @param features - the claim `fea`
 * @param permissions - the claim `o.per`
 * @param masks - the claim `o.fpm`
 * @returns a frozen list, or undefined if the features are malformed
 */
export function organizationPermissions(
  features: string,
  permissions: string,
  masks: string,
): readonly string[] | undefined {
  const known = remembered.get(features)?.get(permissions)?.get(masks);
  if (known !== undefined) return known;
  const scoped = features === '' ? NO_FEATURES : parseScopedValues(features);
  if (scoped === undefined) return undefined;
  const expanded = Object.freeze(expandPermissions(scoped.organization, permissions, masks));
  if (features.length + permissions.length + masks.length <= REMEMBERED_LENGTH) {
    remember(features, permissions, masks, expanded);
  }
  return expanded;
}

const NO_FEATURES: ScopedValues = { organization: [], user: [] };
const REMEMBERED_AT_MOST = 500;
const REMEMBERED_LENGTH = 2_000;
/** By the three claims, one after the other: to join them into one key takes longer than to find it. */
const remembered = new Map<string, Map<string, Map<string, readonly string[]>>>();
let count = 0;

function remember(features: string, permissions: string, masks: string, expanded: readonly string[]): void {
  if (count >= REMEMBERED_AT_MOST) {
    remembered.clear();
    count = 0;
  }
  count++;
  const byPermissions = remembered.get(features) ?? new Map<string, Map<string, readonly string[]>>();
  const byMasks = byPermissions.get(permissions) ?? new Map<string, readonly string[]>();
  remembered.set(features, byPermissions.set(permissions, byMasks.set(masks, expanded)));
}

/**
 * The permissions that a version 2 session token packs into bit masks: the i-th organisation feature has the permissions
 * whose bits are set in the i-th mask, lowest bit first (protocol section 4.4).
 *
 * @param features - the organisation features, in order of appearance
 * @param permissions - the claim `o.per`
 * @param masks - the claim `o.fpm`: decimal numbers of any size
 */
export function expandPermissions(features: readonly string[], permissions: string, masks: string): string[] {
  if (permissions === '' || masks === '') return [];
  const names = permissions.split(',');
  const expanded: string[] = [];
  const texts = masks.split(',', features.length);
  for (let index = 0; index < texts.length; index++) {
    const mask = texts[index]?.trim() ?? '';
    if (!MASK.test(mask)) continue;
    const holds = readMask(mask);
    for (let bit = 0; bit < names.length; bit++) {
      if (holds(bit)) expanded.push(`org:${features[index]}:${names[bit]?.trim()}`);
    }
  }
  return expanded;
}

/** Decimal digits alone, and not so many that reading them is work. */
const MASK = /^\d{1,4096}$/;

/** Whether a bit of a mask is set. Masks of up to 30 bits are read as the small numbers that they are. */
function readMask(digits: string): (bit: number) => boolean {
  if (digits.length < 10) {
    const mask = Number(digits);
    return (bit) => bit < 31 && ((mask >> bit) & 1) === 1;
  }
  const mask = BigInt(digits);
  return (bit) => ((mask >> BigInt(bit)) & 1n) === 1n;
}
