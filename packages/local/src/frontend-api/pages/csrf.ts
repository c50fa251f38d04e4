import type { Context as HonoContext } from 'hono';
import { parse } from 'hono/utils/cookie';
import type { Context } from '../../context.ts';
import { randomBase62 } from '../../ids.ts';
import { equalInConstantTime } from '../../issuing/equal-in-constant-time.ts';
import { ownCookies, suffixed } from '../browser/cookie-names.ts';
import { setCookie } from '../browser/set-cookie.ts';

/** The name of the hidden field that each form carries. */
export const csrfField = 'csrf';

/** The browser's token against forged forms, for the hidden field; a browser without one gets it with this answer. */
export function csrfToken({ instance }: Context, c: HonoContext): string {
  const known = readToken(instance.publishableKey, c);
  if (known !== undefined) return known;
  const token = randomBase62(32);
  const name = suffixed(ownCookies.csrf, instance.publishableKey);
  c.header('set-cookie', setCookie(name, token, { httpOnly: true, secure: instance.url.startsWith('https:') }), {
    append: true,
  });
  return token;
}

/**
 * Whether a form was sent from a page of ours. What the browser says of the sender goes first: another port of this
 * machine shares our cookies, and could plant a token that it knows.
 */
export function isOwnForm({ instance }: Context, c: HonoContext, token: string | undefined): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== new URL(c.req.url).origin) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const expected = readToken(instance.publishableKey, c);
  return expected !== undefined && token !== undefined && equalInConstantTime(token, expected);
}

function readToken(publishableKey: string, c: HonoContext): string | undefined {
  const token = parse(c.req.header('cookie') ?? '')[suffixed(ownCookies.csrf, publishableKey)];
  return token !== undefined && /^[0-9A-Za-z]{32}$/.test(token) ? token : undefined;
}
