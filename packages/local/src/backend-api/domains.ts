import { badRequest, forbidden, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Domain, ProxyCheck } from '../contract/wire.generated.ts';
import { toDeleted } from '../resources/deleted.ts';
import { toFlag } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';

export const domains = {
  async 'domains.list'(context) {
    const rows = await context.db.selectFrom('domains').selectAll().orderBy('created_at').orderBy('id').execute();
    return { data: rows.map((row) => toDomain(context, row)), total_count: rows.length };
  },

  async 'domains.add'(context, { body }) {
    const { db, clock, ids } = context;
    if (!body.is_satellite) throw invalidParam('is_satellite', 'can only be true.');
    if (body.proxy_url != null) assertNoProxy();
    const name = readName(body.name);
    await assertFree(context, name);
    const now = clock.now();
    const row = await db
      .insertInto('domains')
      .values({ id: ids.create('dmn'), name, is_satellite: 1, created_at: now, updated_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toDomain(context, row);
  },

  async 'domains.update'(context, { path, body }) {
    const row = await findDomain(context, path.domain_id);
    if (body.proxy_url != null) assertNoProxy();
    const name = body.name === undefined ? row.name : readName(body.name);
    await assertFree(context, name, row.id);
    const changed = await context.db
      .updateTable('domains')
      .set({
        name,
        ...(body.is_secondary != null && { is_secondary: body.is_secondary ? 1 : 0 }),
        updated_at: context.clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toDomain(context, changed);
  },

  async 'domains.delete'(context, { path }) {
    const row = await findDomain(context, path.domain_id);
    if (row.is_satellite === 0)
      throw forbidden('operation_not_allowed_on_primary_domain', 'The primary domain cannot be deleted.');
    await context.db.deleteFrom('domains').where('id', '=', row.id).execute();
    return toDeleted('domain', row.id);
  },

  // Waits for another server: a transaction would keep everybody else waiting, too.
  'proxyChecks.verify': withoutTransaction(async (context: Context, { body }: Input<'proxyChecks.verify'>) => {
    const { db, clock, ids } = context;
    if (body.domain_id === undefined)
      throw badRequest('form_param_missing', 'domain_id must be included.', 'domain_id');
    const domain = await findDomain(context, body.domain_id);
    const url = body.proxy_url ?? domain.proxy_url;
    if (url == null) throw badRequest('form_param_missing', 'proxy_url must be included.', 'proxy_url');
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw invalidParam('proxy_url', 'must be an http or https URL.');
    const successful = await reachesThisBackend(context, url);
    const now = clock.now();
    const row: Row<'proxy_checks'> = {
      id: ids.create('proxchk'),
      domain_id: domain.id,
      proxy_url: url,
      successful: toFlag(successful),
      last_run_at: now,
      created_at: now,
      updated_at: now,
    };
    await db.insertInto('proxy_checks').values(row).execute();
    return toProxyCheck(row);
  }),
} satisfies Partial<Handlers>;

async function findDomain({ db }: Context, id: string): Promise<Row<'domains'>> {
  const row = await db.selectFrom('domains').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('domain', id);
  return row;
}

/** A development instance is reached directly; only a production one can stand behind a proxy. */
function assertNoProxy(): void {
  throw badRequest(
    'operation_not_allowed_in_development',
    'A proxy URL can be set for production instances only.',
    'proxy_url',
  );
}

function readName(text: string): string {
  const name = text.trim().toLowerCase();
  if (
    !/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?$/.test(name) ||
    name.length > 253
  ) {
    throw unprocessable(
      'form_param_format_invalid',
      'name',
      'name must be a host name without a scheme; it may have a port.',
    );
  }
  return name;
}

async function assertFree({ db }: Context, name: string, ownerId?: string): Promise<void> {
  const taken = await db.selectFrom('domains').select('id').where('name', '=', name).executeTakeFirst();
  if (taken !== undefined && taken.id !== ownerId)
    throw unprocessable('duplicate_record', 'name', 'The domain has been added already.');
}

/** Asks the proxy for the key set: behind it must be this very backend. Loopback only: this backend does not call into the world. */
async function reachesThisBackend({ signingKey }: Context, proxyUrl: string): Promise<boolean> {
  const { hostname } = new URL(proxyUrl);
  if (hostname !== 'localhost' && hostname !== '127.0.0.1' && hostname !== '[::1]' && !hostname.endsWith('.localhost'))
    return false;
  try {
    const answer = await fetch(`${proxyUrl.replace(/\/+$/, '')}/.well-known/jwks.json`, {
      redirect: 'error',
      signal: AbortSignal.timeout(3000),
    });
    const { keys } = (await answer.json()) as { keys?: { kid?: unknown; n?: unknown }[] };
    return keys?.some((key) => key.kid === signingKey.kid && key.n === signingKey.jwk.n) ?? false;
  } catch {
    return false;
  }
}

function toDomain({ instance }: Context, row: Row<'domains'>): Domain {
  return {
    object: 'domain',
    id: row.id,
    name: row.name,
    is_satellite: row.is_satellite === 1,
    frontend_api_url: instance.url,
    accounts_portal_url: row.is_satellite === 1 ? null : instance.url,
    proxy_url: row.proxy_url,
    development_origin: row.development_origin,
    cname_targets: [],
  };
}

function toProxyCheck(row: Row<'proxy_checks'>): ProxyCheck {
  return {
    object: 'proxy_check',
    id: row.id,
    domain_id: row.domain_id,
    last_run_at: row.last_run_at,
    proxy_url: row.proxy_url,
    successful: row.successful === 1,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
