import { Hono, type HonoRequest } from 'hono';
import { badRequest } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { storeHandshakePayload } from '../../issuing/handshake-payload.ts';
import { tokenCategory } from '../../issuing/signing-key.ts';
import type { Row } from '../../store/rows.ts';
import { activeSession } from '../browser/active-session.ts';
import { findClient, type HeldClient, startClient } from '../browser/client.ts';
import { applicationCookies } from '../browser/cookie-names.ts';
import { findClientOfDevBrowser, issueDevBrowser } from '../browser/dev-browser.ts';
import { allowedTarget } from '../browser/return-target.ts';
import { switchOrganization } from '../browser/switch-organization.ts';
import { handshakeDirectives } from './directives.ts';

/** Larger payloads travel by nonce where the application says that it can exchange one (protocol section 8.1). */
const largestInline = 2 * 1024;

/**
 * `GET /v1/client/handshake`: an application that does not know the state of a browser sends it here, and gets it back with
 * the cookies to set (protocol section 8).
 */
export function createHandshake(context: Context): Hono {
  const app = new Hono();
  app.get('/v1/client/handshake', async (c) => {
    const target = await allowedTarget(context, c.req.query('redirect_url'));
    if (target === undefined) {
      throw badRequest(
        'invalid_redirect_url',
        'redirect_url must be an address of this machine, a registered redirect URL, or of an allowed origin.',
        'redirect_url',
      );
    }
    const { name, value, cookies } = await context.transaction((tx) => answer(tx, c.req, target));
    target.searchParams.delete(applicationCookies.devBrowser);
    target.searchParams.set(name, value);
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    return c.redirect(target.href, 307);
  });
  return app;
}

/** What brings the result to the application, and the cookies for our own host. */
interface HandshakeAnswer {
  readonly name: string;
  readonly value: string;
  readonly cookies: readonly string[];
}

async function answer(context: Context, request: HonoRequest, { origin }: URL): Promise<HandshakeAnswer> {
  const presented = request.query(applicationCookies.devBrowser);
  const { client, cookies, session } = await recognize(context, request, presented);
  const organization = request.query('organization_id');
  const current =
    session === undefined || organization === undefined
      ? session
      : await switchOrganization(context, session, organization);
  const devBrowser = await keepDevBrowser(context, client, presented);
  const directives = await handshakeDirectives(context, { origin, client, session: current, devBrowser });

  if (request.query('format') === 'nonce' && JSON.stringify(directives).length > largestInline) {
    return {
      name: applicationCookies.handshakeNonce,
      value: await storeHandshakePayload(context, directives),
      cookies,
    };
  }
  const value = context.signingKey.signJwt({ handshake: directives }, { cat: tokenCategory.session });
  return { name: applicationCookies.handshake, value, cookies };
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
