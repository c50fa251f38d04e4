import { notFound, unprocessable } from '../api-error.ts';
import type { RedirectUrl } from '../contract/wire.generated.ts';
import { toDeleted } from '../resources/deleted.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { readPage } from './list.ts';

export const redirectUrls = {
  async 'redirectUrls.getRedirectUrlList'({ db }, { query }) {
    const { rows, total } = await readPage(db.selectFrom('redirect_urls'), query);
    return { data: rows.map(toRedirectUrl), total_count: total };
  },

  async 'redirectUrls.createRedirectUrl'({ db, clock, ids }, { body }) {
    assertRedirectUrl(body.url);
    const listed = await db.selectFrom('redirect_urls').select('id').where('url', '=', body.url).executeTakeFirst();
    if (listed !== undefined)
      throw unprocessable('duplicate_record', 'url', 'The redirect URL is on the list already.');
    const now = clock.now();
    const row: Row<'redirect_urls'> = { id: ids.create('ru'), url: body.url, created_at: now, updated_at: now };
    await db.insertInto('redirect_urls').values(row).execute();
    return toRedirectUrl(row);
  },

  async 'redirectUrls.getRedirectUrl'({ db }, { path }) {
    const row = await db.selectFrom('redirect_urls').selectAll().where('id', '=', path.id).executeTakeFirst();
    if (row === undefined) throw notFound('redirect URL', path.id);
    return toRedirectUrl(row);
  },

  async 'redirectUrls.deleteRedirectUrl'({ db }, { path }) {
    const gone = await db.deleteFrom('redirect_urls').where('id', '=', path.id).returning('id').executeTakeFirst();
    if (gone === undefined) throw notFound('redirect URL', path.id);
    return toDeleted('redirect_url', gone.id);
  },
} satisfies Partial<Handlers>;

/** `https://…` or a custom scheme of an app; plain http on loopback only; never a scheme that runs in the browser. */
function assertRedirectUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url?.protocol ?? '';
  const isLocal = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  const isCustom =
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^(https?|ftp|file|javascript|data|blob|vbscript|about):$/i.test(scheme);
  if (scheme === 'https:' || isCustom || (scheme === 'http:' && isLocal)) return;
  throw unprocessable(
    'form_param_format_invalid',
    'url',
    'url must be a full URL that begins with https:// or a custom scheme.',
  );
}

function toRedirectUrl(row: Row<'redirect_urls'>): RedirectUrl {
  return { object: 'redirect_url', id: row.id, url: row.url, created_at: row.created_at, updated_at: row.updated_at };
}
