import { badRequest, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { toClients } from '../resources/session.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { readPage } from './list.ts';

export const clients = {
  async 'clients.getClientList'(context, { query }) {
    const { rows, total } = await readPage(context.db.selectFrom('clients'), query);
    return { data: await toClients(context, rows), total_count: total };
  },

  async 'clients.getClient'(context, { path }) {
    const row = await context.db.selectFrom('clients').selectAll().where('id', '=', path.client_id).executeTakeFirst();
    return readClient(context, row, path.client_id);
  },

  async 'clients.verifyClient'(context, { body }) {
    const row = await context.db
      .selectFrom('clients')
      .selectAll()
      .where('token_hash', '=', hashSecret(body.token))
      .executeTakeFirst();
    if (row === undefined) throw badRequest('client_token_invalid', 'The token is none of a client.', 'token');
    return readClient(context, row, row.id);
  },
} satisfies Partial<Handlers>;

async function readClient(context: Context, row: Row<'clients'> | undefined, id: string) {
  const [client] = row === undefined ? [] : await toClients(context, [row]);
  if (client === undefined) throw notFound('client', id);
  return client;
}
