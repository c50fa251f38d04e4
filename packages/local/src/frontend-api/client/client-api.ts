import { Hono, type Context as HonoContext } from 'hono';
import { badRequest, notFound } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { issueSessionToken } from '../../issuing/session-token.ts';
import { issueTemplateToken } from '../../issuing/template-token.ts';
import { endSession } from '../../resources/end-sessions.ts';
import type { Row } from '../../store/rows.ts';
import { activeSessions } from '../browser/active-session.ts';
import { startClient } from '../browser/client.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';
import { clientUatCookies } from '../browser/domain-cookies.ts';
import { membershipOf } from '../browser/switch-organization.ts';
import { assertClient, assertOwnSession, requestingClient } from './requesting-client.ts';
import { toBrowserClient, toBrowserSession } from './resources.ts';

/** How a session of a client can be ended, by the last segment of the path. */
const endings = { end: 'ended', remove: 'removed', revoke: 'revoked' } as const;

/**
 * The client of a browser and its sessions, for scripts. Answers are `{ response, client }`: what was asked for, and the
 * client as it is after a change.
 */
export function createClientApi(context: Context): Hono {
  const app = new Hono();
  const originOf = (c: HonoContext) => c.req.header('origin');

  app.post('/v1/dev_browser', async (c) => {
    const { client, token } = await context.transaction(async (tx) => {
      const held = await startClient(tx);
      return { ...held, token: await issueDevBrowser(tx, held.client.id) };
    });
    return c.json({ object: 'dev_browser', id: client.id, token });
  });

  app.get('/v1/client', async (c) => {
    const client = await requestingClient(context, c.req);
    return c.json({
      response: client === undefined ? null : await toBrowserClient(context, client, originOf(c)),
      client: null,
    });
  });

  // All sessions of the client: sign-out.
  app.on('DELETE', ['/v1/client', '/v1/client/sessions'], async (c) => {
    const client = await assertClient(context, c.req);
    await context.transaction(async (tx) => {
      for (const session of await activeSessions(tx, client)) await endSession(tx, session, 'removed');
      await markChanged(tx, client.id);
    });
    return answerChange(c, context, null);
  });

  app.get('/v1/client/sessions/:id', async (c) => {
    const session = await assertOwnSession(context, c.req, c.req.param('id'));
    return c.json({ response: await toBrowserSession(context, session, originOf(c)), client: null });
  });

  app.post('/v1/client/sessions/:id/touch', async (c) => {
    const session = await assertOwnSession(context, c.req, c.req.param('id'));
    const { active_organization_id: wanted } = await readFields(c);
    const organization =
      wanted === undefined ? session.last_active_organization_id : await organizationOf(context, session, wanted);
    const touched = await context.transaction((tx) => touch(tx, session, organization));
    return answerChange(c, context, await toBrowserSession(context, touched, originOf(c)));
  });

  for (const [action, status] of Object.entries(endings)) {
    app.post(`/v1/client/sessions/:id/${action}`, async (c) => {
      const session = await assertOwnSession(context, c.req, c.req.param('id') ?? '');
      const ended = await context.transaction(async (tx) => {
        await markChanged(tx, session.client_id);
        return endSession(tx, session, status);
      });
      return answerChange(c, context, { object: 'session', id: ended.id, status: ended.status });
    });
  }

  app.post('/v1/client/sessions/:id/tokens', async (c) => {
    const session = await assertOwnSession(context, c.req, c.req.param('id'));
    const { organization_id: wanted } = await readFields(c);
    const organization =
      wanted === undefined ? session.last_active_organization_id : await organizationOf(context, session, wanted);
    const claimed = { ...session, last_active_organization_id: organization };
    return c.json({
      object: 'token',
      jwt: await issueSessionToken(context, claimed, { authorizedParty: originOf(c) }),
    });
  });

  app.post('/v1/client/sessions/:id/tokens/:template', async (c) => {
    const session = await assertOwnSession(context, c.req, c.req.param('id'));
    const jwt = await issueTemplateToken(context, session, c.req.param('template'), { authorizedParty: originOf(c) });
    return c.json({ object: 'token', jwt });
  });

  return app;
}

/** The answer to a change carries the client as it is now. */
async function answerChange(c: HonoContext, context: Context, response: object | null): Promise<Response> {
  const client = await assertClient(context, c.req);
  const told = await clientUatCookies(context, new URL(c.req.url), client);
  for (const cookie of told) c.header('set-cookie', cookie, { append: true });
  return c.json({ response, client: await toBrowserClient(context, client, c.req.header('origin')) });
}

/** Fields of a form or of a JSON object, as text. */
async function readFields(c: HonoContext): Promise<Readonly<Record<string, string | undefined>>> {
  const isJson = c.req.header('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson ? await c.req.json().catch(() => undefined) : await c.req.parseBody();
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('request_body_invalid', 'The request body must be a form or a JSON object.');
  const texts = Object.entries(body).map(([name, value]) => [name, value === null ? '' : value]);
  return Object.fromEntries(texts.filter(([, value]) => typeof value === 'string'));
}

/** @throws {ApiError} 404 for an organization that the user does not belong to. */
async function organizationOf(context: Context, session: Row<'sessions'>, wanted: string): Promise<string | null> {
  if (wanted === '') return null;
  const id = await membershipOf(context, session.user_id, wanted);
  if (id === undefined) throw notFound('organization of the user', wanted);
  return id;
}

async function touch(
  { db, clock }: Context,
  session: Row<'sessions'>,
  organization: string | null,
): Promise<Row<'sessions'>> {
  const now = clock.now();
  const change = { last_active_organization_id: organization, last_active_at: now, updated_at: now };
  await db.updateTable('sessions').set(change).where('id', '=', session.id).execute();
  await db
    .updateTable('clients')
    .set({ last_active_session_id: session.id })
    .where('id', '=', session.client_id)
    .execute();
  await db.updateTable('users').set({ last_active_at: now }).where('id', '=', session.user_id).execute();
  return { ...session, ...change };
}

async function markChanged({ db, clock }: Context, clientId: string): Promise<void> {
  await db.updateTable('clients').set({ updated_at: clock.now() }).where('id', '=', clientId).execute();
}
