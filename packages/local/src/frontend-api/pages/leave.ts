import type { Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { readSettings } from '../../store/settings.ts';
import { applicationCookies } from '../browser/cookie-names.ts';
import { allowedTarget } from '../browser/return-target.ts';

/** Where a visitor wants to go after a page: what the form or the address says, if it is allowed. */
export async function wantedTarget(
  context: Context,
  text: string | undefined,
): Promise<{ target: URL | undefined; isRefused: boolean }> {
  const target = await allowedTarget(context, text);
  return { target, isRefused: target === undefined && text !== undefined && text !== '' };
}

/**
 * Sends a browser on to the application, with the token that makes its next request ask us for the cookies; without an
 * application to its home, and if there is none, to a page of ours.
 *
 * @param devBrowser Makes the token, if one is needed.
 */
export async function leaveTo(
  context: Context,
  c: HonoContext,
  target: URL | undefined,
  devBrowser: () => string | Promise<string>,
  page = '/account',
): Promise<Response> {
  const { homeUrl } = await readSettings(context.db);
  const url = target ?? (await allowedTarget(context, homeUrl)) ?? new URL(page, c.req.url);
  const isOurs = url.origin === context.instance.url || url.origin === new URL(c.req.url).origin;
  // In production the domain's cookies tell, and nothing goes into addresses.
  if (isOurs || context.instance.productionDomain !== undefined) return c.redirect(url.href, 303);
  url.searchParams.set(applicationCookies.devBrowser, await devBrowser());
  return c.redirect(url.href, 303);
}

/** An address of ours that keeps where the visitor wants to go. */
export function withTarget(path: string, target: URL | undefined): string {
  return target === undefined ? path : `${path}?redirect_url=${encodeURIComponent(target.href)}`;
}
