import type { Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { findClient } from '../browser/client.ts';
import { completeSignIn, type NewSignIn } from '../sign-in/complete-sign-in.ts';
import { leaveTo } from './leave.ts';

/** Starts the session of a browser that has proven who it is, and sends it on. */
export async function finishSignIn(
  context: Context,
  c: HonoContext,
  signIn: Omit<NewSignIn, 'client'>,
  target: URL | undefined,
): Promise<Response> {
  const client = await findClient(context, c.req);
  const { devBrowser, cookies } = await context.transaction((tx) => completeSignIn(tx, { ...signIn, client }));
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
  return leaveTo(context, c, target, () => devBrowser);
}
