import { Hono, type Context as HonoContext, type HonoRequest } from 'hono';
import { badRequest } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { storeHandshakePayload } from '../../issuing/handshake-payload.ts';
import { tokenCategory } from '../../issuing/signing-key.ts';
import type { Row } from '../../store/rows.ts';
import { activeSession } from '../browser/active-session.ts';
import { findClient, type HeldClient, startClient } from '../browser/client.ts';
import { applicationCookies } from '../browser/cookie-names.ts';
import { findClientOfDevBrowser, issueDevBrowser, spendDevBrowser } from '../browser/dev-browser.ts';
import { sharedDomain } from '../browser/domain-cookies.ts';
import { allowedTarget } from '../browser/return-target.ts';
import { setCookie } from '../browser/set-cookie.ts';
import { switchOrganization } from '../browser/switch-organization.ts';
import { handshakeDirectives } from './directives.ts';

/** Larger payloads travel by nonce where the application says that it can exchange one (protocol section 8.1). */
const largestInline = 2 * 1024;

/** How long the cookie lives that brings a handshake to an application, in seconds: as long as a redirect takes. */
const deliveryLifetime = 60;

/**
 * `GET /v1/client/handshake`: an application that does not know the state of a browser sends it here, and gets it back with
 * the cookies to set (protocol section 8). In development they come in the address, in production by a cookie of the domain.
 */
export function createHandshake(context: Context): Hono {
  const app = new Hono();
  app.get('/v1/client/handshake', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    const target = await allowedTarget(context, c.req.query('redirect_url'));
    if (target === undefined) {
      throw badRequest(
        'invalid_redirect_url',
        'redirect_url must be an address of this machine, a registered redirect URL, or of an allowed origin.',
        'redirect_url',
      );
    }
    const domain = await sharedDomain(context, target);
    const isSatellite = domain !== undefined && domain !== context.instance.productionDomain;
    if (isSatellite && c.req.query(applicationCookies.devBrowser) === undefined) return askPrimary(context, c);
    const { delivery, cookies } = await context.transaction((tx) => answer(tx, c.req, target, domain));
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    target.searchParams.delete(applicationCookies.devBrowser);
    if (domain === undefined) target.searchParams.set(delivery.name, delivery.value);
    else {
      const options = {
        httpOnly: true,
        secure: target.protocol === 'https:',
        domain,
        lifetimeSeconds: deliveryLifetime,
      };
      c.header('set-cookie', setCookie(delivery.name, delivery.value, options), { append: true });
    }
    if (isSatellite) target.searchParams.set('__clerk_synced', 'true');
    return c.redirect(target.href, 307);
  });
  return app;
}

/** The primary's domain holds our cookie: it sends the browser back here with a token of the client (protocol section 8.1). */
function askPrimary({ instance }: Context, c: HonoContext): Response {
  return c.redirect(`${instance.url}/v1/client/sync?redirect_url=${encodeURIComponent(c.req.url)}`, 307);
}

/** What brings the cookies to the application, and the cookies for our own host. */
interface HandshakeAnswer {
  readonly delivery: { readonly name: string; readonly value: string };
  readonly cookies: readonly string[];
}

async function answer(
  context: Context,
  request: HonoRequest,
  { origin }: URL,
  domain: string | undefined,
): Promise<HandshakeAnswer> {
  const presented = request.query(applicationCookies.devBrowser);
  const { client, cookies, session } = await recognize(context, request, presented);
  const organization = request.query('organization_id');
  const current =
    session === undefined || organization === undefined
      ? session
      : await switchOrganization(context, session, organization);
  if (domain !== undefined && presented !== undefined) await spendDevBrowser(context, presented);
  const devBrowser = domain === undefined ? await keepDevBrowser(context, client, presented) : undefined;
  const directives = await handshakeDirectives(context, { origin, client, session: current, devBrowser, domain });
  return { delivery: await pack(context, directives, request.query('format') === 'nonce'), cookies };
}

/** The directives as a signed token, or as a nonce that stands for them. */
async function pack(
  context: Context,
  directives: readonly string[],
  takesNonce: boolean,
): Promise<HandshakeAnswer['delivery']> {
  if (takesNonce && JSON.stringify(directives).length > largestInline) {
    return { name: applicationCookies.handshakeNonce, value: await storeHandshakePayload(context, directives) };
  }
  const value = context.signingKey.signJwt({ handshake: directives }, { cat: tokenCategory.session });
  return { name: applicationCookies.handshake, value };
}

/**
 * Who the browser is: the client of the development token that the application keeps, or that of our own cookie. A sign-in
 * counts whichever of the two tells of it; a browser that nobody knows becomes a new client.
 */
async function recognize(
  context: Context,
  request: HonoRequest,
  devBrowser: string | undefined,
): Promise<HeldClient & { session: Row<'sessions'> | undefined }> {
  const named = devBrowser === undefined ? undefined : await findClientOfDevBrowser(context, devBrowser);
  const held = await findClient(context, request);
  for (const client of [named, held]) {
    const session = client === undefined ? undefined : await activeSession(context, client);
    if (client !== undefined && session !== undefined) return { client, cookies: [], session };
  }
  const known = named ?? held;
  return { ...(known === undefined ? await startClient(context) : { client: known, cookies: [] }), session: undefined };
}

/** The token that the application has already, if it names this client; else a new one. */
async function keepDevBrowser(
  context: Context,
  client: Row<'clients'>,
  presented: string | undefined,
): Promise<string> {
  const owner = presented === undefined ? undefined : await findClientOfDevBrowser(context, presented);
  return presented !== undefined && owner?.id === client.id ? presented : issueDevBrowser(context, client.id);
}
