import { badRequest, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { ActorToken, AgentTask, SignInToken } from '../contract/wire.generated.ts';
import { createTicket } from '../issuing/ticket.ts';
import { findUser } from '../resources/user.ts';
import { fromJson, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';

/** Tickets by which somebody gets a session of a user: the user, an impersonator, an agent. */
export const impersonation = {
  async 'actorTokens.create'(context, { body }) {
    const { db, clock, ids, instance } = context;
    const user = await findTarget(context, body.user_id);
    if (body.actor.sub === '') throw invalidParam('actor', 'needs a sub, the id of who acts.');
    if (body.actor.sub === user.id)
      throw badRequest('actor_token_same_user', 'A user cannot impersonate itself.', 'actor');
    assertPositive(body.expires_in_seconds, 'expires_in_seconds');
    assertPositive(body.session_max_duration_in_seconds, 'session_max_duration_in_seconds');
    const ticket = createTicket(instance);
    const now = clock.now();
    const row = await db
      .insertInto('actor_tokens')
      .values({
        id: ids.create('act'),
        user_id: user.id,
        status: 'pending',
        actor: toJson(body.actor),
        token_hash: ticket.hash,
        session_max_duration_in_seconds: body.session_max_duration_in_seconds,
        expires_at: now + body.expires_in_seconds * 1000,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ...toActorToken(row), token: ticket.token, url: ticket.url };
  },

  async 'actorTokens.revoke'({ db, clock }, { path }) {
    const row = await db
      .selectFrom('actor_tokens')
      .selectAll()
      .where('id', '=', path.actor_token_id)
      .executeTakeFirst();
    if (row === undefined) throw notFound('actor token', path.actor_token_id);
    if (row.status !== 'pending')
      throw badRequest('actor_token_cannot_be_revoked', `The actor token is ${row.status} and cannot be revoked.`);
    const updated_at = clock.now();
    await db.updateTable('actor_tokens').set({ status: 'revoked', updated_at }).where('id', '=', row.id).execute();
    return toActorToken({ ...row, status: 'revoked', updated_at });
  },

  async 'signInTokens.createSignInToken'(context, { body }) {
    const { db, clock, ids, instance } = context;
    const user = await findTarget(context, body.user_id);
    assertPositive(body.expires_in_seconds, 'expires_in_seconds');
    const ticket = createTicket(instance);
    const now = clock.now();
    const row = await db
      .insertInto('sign_in_tokens')
      .values({
        id: ids.create('sit'),
        user_id: user.id,
        status: 'pending',
        token_hash: ticket.hash,
        expires_at: now + body.expires_in_seconds * 1000,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ...toSignInToken(row), token: ticket.token, url: ticket.url };
  },

  async 'signInTokens.revokeSignInToken'({ db, clock }, { path }) {
    const row = await db
      .selectFrom('sign_in_tokens')
      .selectAll()
      .where('id', '=', path.sign_in_token_id)
      .executeTakeFirst();
    if (row === undefined) throw notFound('sign-in token', path.sign_in_token_id);
    if (row.status !== 'pending')
      throw badRequest('sign_in_token_cannot_be_revoked', `The sign-in token is ${row.status} and cannot be revoked.`);
    const updated_at = clock.now();
    await db.updateTable('sign_in_tokens').set({ status: 'revoked', updated_at }).where('id', '=', row.id).execute();
    return toSignInToken({ ...row, status: 'revoked', updated_at });
  },

  async 'agentTasks.create'(context, { body }) {
    const { db, clock, ids, instance } = context;
    const { user_id: userId, identifier } = body.on_behalf_of;
    if ((userId === undefined) === (identifier === undefined)) {
      throw unprocessable(
        'form_param_invalid',
        'on_behalf_of',
        'on_behalf_of needs exactly one of user_id and identifier.',
      );
    }
    const user = await findTarget(context, userId ?? (await resolveIdentifier(context, identifier ?? '')));
    if (body.permissions !== '*') throw invalidParam('permissions', 'must be "*".');
    await assertRedirect(context, body.redirect_url);
    assertPositive(body.session_max_duration_in_seconds, 'session_max_duration_in_seconds');
    const ticket = createTicket(instance, body.redirect_url);
    const now = clock.now();
    const known = await db
      .selectFrom('agent_tasks')
      .select('agent_id')
      .where('agent_name', '=', body.agent_name)
      .executeTakeFirst();
    const id = ids.create('agt_task');
    const row = await db
      .insertInto('agent_tasks')
      .values({
        id,
        // The same agent has the same id in every task.
        agent_id: known?.agent_id ?? ids.create('agt'),
        task_id: id,
        user_id: user.id,
        agent_name: body.agent_name,
        task_description: body.task_description,
        permissions: body.permissions,
        redirect_url: body.redirect_url,
        token_hash: ticket.hash,
        status: 'pending',
        session_max_duration_in_seconds: body.session_max_duration_in_seconds,
        expires_at: now + 60 * 60 * 1000,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toAgentTask(row, ticket.url);
  },

  async 'agentTasks.revoke'({ db, clock }, { path }) {
    const row = await db.selectFrom('agent_tasks').selectAll().where('id', '=', path.agent_task_id).executeTakeFirst();
    if (row === undefined) throw notFound('agent task', path.agent_task_id);
    if (row.status !== 'pending')
      throw badRequest('agent_task_cannot_be_revoked', `The agent task is ${row.status} and cannot be revoked.`);
    await db
      .updateTable('agent_tasks')
      .set({ status: 'revoked', updated_at: clock.now() })
      .where('id', '=', row.id)
      .execute();
    return toAgentTask(row, '');
  },
} satisfies Partial<Handlers>;

async function findTarget(context: Context, userId: string): Promise<Row<'users'>> {
  const user = await findUser(context, userId);
  if (user.banned === 1) throw badRequest('user_banned', 'The user is banned and cannot have a session.', 'user_id');
  return user;
}

async function resolveIdentifier({ db }: Context, identifier: string): Promise<string> {
  const email = await db
    .selectFrom('email_addresses')
    .select('user_id')
    .where('email_address', '=', identifier.toLowerCase())
    .executeTakeFirst();
  if (email !== undefined) return email.user_id;
  const phone = await db
    .selectFrom('phone_numbers')
    .select('user_id')
    .where('phone_number', '=', identifier)
    .executeTakeFirst();
  if (phone !== undefined) return phone.user_id;
  const named = await db
    .selectFrom('users')
    .select('id')
    .where('username_key', '=', identifier.toLowerCase())
    .executeTakeFirst();
  if (named === undefined) throw notFound('user', identifier);
  return named.id;
}

async function assertRedirect({ db, instance }: Context, redirectUrl: string): Promise<void> {
  const url = URL.canParse(redirectUrl) ? new URL(redirectUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalidParam('redirect_url', 'must be an absolute http or https URL.');
  const isLoopback =
    url.hostname === 'localhost' ||
    url.hostname === '127.0.0.1' ||
    url.hostname === '[::1]' ||
    url.hostname.endsWith('.localhost');
  if (isLoopback || url.host === instance.frontendHost) return;
  const domains = await db.selectFrom('domains').select('name').execute();
  const belongs = domains.some(
    ({ name }) => url.host === name || url.hostname === name || url.hostname.endsWith(`.${name}`),
  );
  if (!belongs) throw invalidParam('redirect_url', 'must be on a domain of the instance.');
}

function assertPositive(seconds: number, param: string): void {
  if (seconds <= 0) throw invalidParam(param, 'must be more than 0.');
}

function toActorToken(row: Row<'actor_tokens'>): ActorToken {
  return {
    object: 'actor_token',
    id: row.id,
    status: row.status,
    user_id: row.user_id,
    actor: fromJson<Record<string, unknown>>(row.actor),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** The token itself is told at creation only. */
function toSignInToken(row: Row<'sign_in_tokens'>): SignInToken {
  return {
    object: 'sign_in_token',
    id: row.id,
    status: row.status,
    user_id: row.user_id,
    token: '',
    url: null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function toAgentTask(row: Row<'agent_tasks'>, url: string): AgentTask {
  return { object: 'agent_task', agent_id: row.agent_id, agent_task_id: row.id, task_id: row.task_id, url };
}
