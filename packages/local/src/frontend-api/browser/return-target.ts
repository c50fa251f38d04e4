import type { Context } from '../../context.ts';
import { isLoopbackHost } from '../../server/loopback-host.ts';
import { readSettings } from '../../store/settings.ts';

/** Longer addresses are refused: browsers and servers cut them somewhere beyond. */
const longestTarget = 8 * 1024;

/**
 * The address to which a browser may be sent back, or undefined when it is none of ours. Allowed are http and https on
 * loopback, this backend itself, the registered redirect URLs, and the origins that the settings and domains name.
 *
 * What is refused is refused whole: nobody is sent to an address that we have repaired.
 */
export async function allowedTarget(context: Context, text: string | undefined): Promise<URL | undefined> {
  const url = readTarget(text, context.instance.url);
  if (url === undefined) return undefined;
  return (await isAllowedOrigin(context, url)) || (await isRegistered(context, url)) ? url : undefined;
}

function readTarget(text: string | undefined, base: string): URL | undefined {
  if (text === undefined || text === '' || text.length > longestTarget) return undefined;
  // The URL parser drops tabs and line breaks and takes a backslash for a slash: whoever sends them means to deceive.
  if (/[\p{Cc}\\]/u.test(text) || !/^(?:https?:\/\/|\/(?!\/))/i.test(text)) return undefined;
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return url.username === '' && url.password === '' ? url : undefined;
}

/** Whether pages of an origin may be returned to, and may call the frontend API from a script. */
export async function isAllowedOrigin({ db, instance }: Context, { hostname, origin }: URL): Promise<boolean> {
  if (isLoopbackHost(hostname) || origin === instance.url) return true;
  const settings = await readSettings(db);
  const origins = [...settings.allowedOrigins, settings.developmentOrigin, settings.homeUrl];
  if (origins.some((allowed) => URL.canParse(allowed) && new URL(allowed).origin === origin)) return true;
  const domain = await db.selectFrom('domains').select('id').where('name', '=', hostname).executeTakeFirst();
  return domain !== undefined;
}

/** Registered redirect URLs are compared to the letter, but for query and fragment. */
async function isRegistered({ db }: Context, { origin, pathname }: URL): Promise<boolean> {
  const plain = `${origin}${pathname}`;
  const spellings = pathname === '/' ? [plain, origin] : [plain];
  const row = await db.selectFrom('redirect_urls').select('id').where('url', 'in', spellings).executeTakeFirst();
  return row !== undefined;
}
