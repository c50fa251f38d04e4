/** `first_name` -> `firstName`. The rule of packages/core/src/backend/case.ts, which a test holds equal. */
export const toCamel = (name) => name.replace(/(?<=[^_])_([a-z0-9])/g, (_, character) => character.toUpperCase());

/** `idpSSOUrl` -> `idp_sso_url`. */
export const toSnake = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

/** `users` -> `Users`, `getUserList` -> `GetUserList`. */
export const toPascal = (name) => name[0].toUpperCase() + name.slice(1);
