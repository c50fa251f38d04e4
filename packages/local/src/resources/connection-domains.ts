import { unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';

/**
 * Domains of a connection, lower-case and each once.
 *
 * @throws {ApiError} 422 for one that is no fully qualified domain name.
 */
export function readDomains(names: readonly string[], param: string): string[] {
  const domains = names.map((name) => name.trim().toLowerCase());
  const wrong = domains.find((name) => !/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(name));
  if (wrong !== undefined)
    throw unprocessable('form_param_format_invalid', param, `${param} must hold domain names such as example.com.`);
  return [...new Set(domains)];
}

/** @throws {ApiError} 422 when another connection has one of the domains: an address can only lead to one place. */
export async function assertDomainsUnclaimed(
  { db }: Context,
  domains: readonly string[],
  ownerId?: string,
): Promise<void> {
  const saml = await db.selectFrom('saml_connections').select(['id', 'domains']).execute();
  const enterprise = await db.selectFrom('enterprise_connections').select(['id', 'domains']).execute();
  for (const connection of [...saml, ...enterprise]) {
    if (connection.id === ownerId) continue;
    const clash = fromJson<string[]>(connection.domains).find((name) => domains.includes(name));
    if (clash !== undefined)
      throw unprocessable('duplicate_record', 'domains', `${clash} belongs to another connection.`);
  }
}
