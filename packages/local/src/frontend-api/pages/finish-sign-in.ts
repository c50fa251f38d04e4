import type { Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import type { Row } from '../../store/rows.ts';
import { findClient, startClient } from '../browser/client.ts';
import { clientUatCookies } from '../browser/domain-cookies.ts';
import { completeSignIn, type NewSignIn } from '../sign-in/complete-sign-in.ts';
import { awaitSecondFactor, hasSecondFactor } from '../sign-in/second-factor.ts';
import { leaveTo, withTarget } from './leave.ts';

/** Goes on with a browser that has given the first factor: to the second one where the user has it, else signs in. */
export async function goOnAfterFirstFactor(
  context: Context,
  c: HonoContext,
  { user, strategy, target }: { user: Row<'users'>; strategy: string; target: URL | undefined },
): Promise<Response> {
  if (!hasSecondFactor(user)) return finishSignIn(context, c, { userId: user.id, strategy }, target);
  const known = await findClient(context, c.req);
  const cookies = await context.transaction(async (tx) => {
    const held = known === undefined ? await startClient(tx) : { client: known, cookies: [] };
    await awaitSecondFactor(tx, held.client, user, strategy);
    return held.cookies;
  });
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
  return c.redirect(withTarget('/sign-in/second-factor', target), 303);
}

/** Starts the session of a browser that has proven who it is, and sends it on. */
export async function finishSignIn(
  context: Context,
  c: HonoContext,
  signIn: Omit<NewSignIn, 'client'>,
  target: URL | undefined,
): Promise<Response> {
  const client = await findClient(context, c.req);
  const signedIn = await context.transaction((tx) => completeSignIn(tx, { ...signIn, client }));
  const told = await clientUatCookies(context, new URL(c.req.url), signedIn.client);
  for (const cookie of [...signedIn.cookies, ...told]) c.header('set-cookie', cookie, { append: true });
  return leaveTo(context, c, target, () => signedIn.devBrowser);
}
