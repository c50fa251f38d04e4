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
