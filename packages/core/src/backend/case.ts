/** Names of fields whose contents are the user's own: neither they nor what is below them is renamed. */
const OPAQUE: ReadonlySet<string> = new Set([
  'public_metadata',
  'private_metadata',
  'unsafe_metadata',
  'claims',
  'actor',
  'request_headers',
  'reassignment_mappings',
  'mappings',
]);

/** Whether a field, by its wire name, holds the user's own keys. */
export const isOpaque = (wireName: string): boolean => OPAQUE.has(wireName);

/** `first_name` becomes `firstName`; a name without underscores stays as it is. */
export function toCamel(wireName: string): string {
  if (!wireName.includes('_', 1)) return wireName;
  return wireName.replace(/(?<=[^_])_([a-z0-9])/g, (_, character: string) => character.toUpperCase());
}

/** `idpSSOUrl` becomes `idp_sso_url` (protocol section 13); a wire name stays as it is. */
export function toSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();
}
