import type { HonoRequest } from 'hono';
import { parse } from 'hono/utils/cookie';
import type { Context } from '../../context.ts';
import { createSecret, hashSecret } from '../../issuing/secrets.ts';
import { createClient } from '../../issuing/session.ts';
import type { Row } from '../../store/rows.ts';
import { ownCookies, suffixed } from './cookie-names.ts';
import { setCookie } from './set-cookie.ts';

/**
 * The client that the browser's own cookie names. The cookie is `__client`, and its twin for this instance alone goes
 * first: hosts are shared by all ports of a machine, so another backend may have written the plain one.
 */
export async function findClient(context: Context, request: HonoRequest): Promise<Row<'clients'> | undefined> {
  const cookies = parse(request.header('cookie') ?? '');
  const token = cookies[suffixed(ownCookies.client, context.instance.publishableKey)] ?? cookies[ownCookies.client];
  if (token === undefined) return undefined;
  return context.db.selectFrom('clients').selectAll().where('token_hash', '=', hashSecret(token)).executeTakeFirst();
}

/** A client and the `Set-Cookie` lines that make a browser hold it. */
export interface HeldClient {
  readonly client: Row<'clients'>;
  readonly cookies: readonly string[];
}

/** A new client for a browser that has none. */
export async function startClient(context: Context): Promise<HeldClient> {
  const token = createSecret('client');
  return { client: await createClient(context, hashSecret(token)), cookies: clientCookies(context, token) };
}

/**
 * Gives a client a new token. Done at each sign-in, so that a token known from before it (planted in the browser, or read
 * from it) is of no use after it.
 */
export async function renewClient(context: Context, client: Row<'clients'>): Promise<HeldClient> {
  const token = createSecret('client');
  const change = { token_hash: hashSecret(token), updated_at: context.clock.now() };
  await context.db.updateTable('clients').set(change).where('id', '=', client.id).execute();
  await context.db.deleteFrom('dev_browsers').where('client_id', '=', client.id).execute();
  return { client: { ...client, ...change }, cookies: clientCookies(context, token) };
}

function clientCookies({ instance }: Context, token: string): string[] {
  const options = { httpOnly: true, secure: instance.url.startsWith('https:') };
  return [ownCookies.client, suffixed(ownCookies.client, instance.publishableKey)].map((name) =>
    setCookie(name, token, options),
  );
}
