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
  const names = permissions.split(',').map((name) => name.trim());
  const expanded: string[] = [];
  for (const [index, text] of masks.split(',').entries()) {
    const feature = features[index];
    const digits = text.trim();
    if (feature === undefined || !/^\d{1,4096}$/.test(digits)) continue;
    const mask = BigInt(digits);
    for (const [bit, name] of names.entries()) {
      if ((mask >> BigInt(bit)) & 1n) expanded.push(`org:${feature}:${name}`);
    }
  }
  return expanded;
}
