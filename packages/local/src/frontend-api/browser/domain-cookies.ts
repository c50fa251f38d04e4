import type { Context } from '../../context.ts';
import type { Row } from '../../store/rows.ts';
import { activeSession } from './active-session.ts';
import { suffixed } from './cookie-names.ts';
import { setCookie } from './set-cookie.ts';

/**
 * The domain that a page and the frontend API share, where production instances keep cookies for both; undefined in development,
 * and for pages of other domains.
 */
export async function sharedDomain(
  { db, instance }: Context,
  { hostname }: Pick<URL, 'hostname'>,
): Promise<string | undefined> {
  if (instance.productionDomain === undefined) return undefined;
  const satellites = await db.selectFrom('domains').select('name').where('is_satellite', '=', 1).execute();
  const domains = [instance.productionDomain, ...satellites.map(({ name }) => name.replace(/:\d+$/, ''))];
  return domains.find((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/**
 * The `Set-Cookie` lines by which a production instance tells applications of its domain that a client has changed: they see the
 * time of it before they have asked (protocol section 2.1). None in development.
 */
export async function clientUatCookies(
  context: Context,
  page: Pick<URL, 'hostname'>,
  client: Row<'clients'>,
): Promise<string[]> {
  const domain = await sharedDomain(context, page);
  if (domain === undefined) return [];
  const session = await activeSession(context, client);
  return clientUatLines(context, domain, session === undefined ? 0 : Math.floor(client.updated_at / 1000));
}

/** The same for a time that is known, in epoch seconds; 0 says signed out. */
export function clientUatLines({ instance }: Context, domain: string, seconds: number): string[] {
  const secure = instance.url.startsWith('https:');
  return ['__client_uat', suffixed('__client_uat', instance.publishableKey)].map((name) =>
    setCookie(name, String(seconds), { secure, domain }),
  );
}
