import type { Context } from '../../context.ts';
import { createSecret, hashSecret } from '../../issuing/secrets.ts';
import type { Row } from '../../store/rows.ts';

/** How many development tokens a client keeps: one for each of its applications' hosts, with room for tabs. */
const tokensPerClient = 20;

/**
 * A token by which an application on another host names the client of a browser in development, where the frontend API's
 * own cookie does not reach (protocol section 2.1, `__clerk_db_jwt`).
 */
export async function issueDevBrowser({ db, clock }: Context, clientId: string): Promise<string> {
  const token = createSecret('dvb');
  const kept = db
    .selectFrom('dev_browsers')
    .select('token_hash')
    .where('client_id', '=', clientId)
    .orderBy('created_at', 'desc')
    .limit(tokensPerClient - 1);
  await db.deleteFrom('dev_browsers').where('client_id', '=', clientId).where('token_hash', 'not in', kept).execute();
  await db
    .insertInto('dev_browsers')
    .values({ token_hash: hashSecret(token), client_id: clientId, created_at: clock.now() })
    .execute();
  return token;
}

/** The client that a development token names. */
export async function findClientOfDevBrowser({ db }: Context, token: string): Promise<Row<'clients'> | undefined> {
  return db
    .selectFrom('dev_browsers')
    .innerJoin('clients', 'clients.id', 'dev_browsers.client_id')
    .selectAll('clients')
    .where('dev_browsers.token_hash', '=', hashSecret(token))
    .executeTakeFirst();
}

/** Takes a token away that was meant for one use. */
export async function spendDevBrowser({ db }: Context, token: string): Promise<void> {
  await db.deleteFrom('dev_browsers').where('token_hash', '=', hashSecret(token)).execute();
}
