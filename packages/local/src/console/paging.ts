import type { HonoRequest } from 'hono';
import { html } from 'hono/html';
import type { Markup } from '../frontend-api/pages/layout.ts';

/** Rows on one page. */
export const pageSize = 50;

/** Which page is asked for; 1 for what is none. */
export function pageOf(request: HonoRequest): number {
  const text = request.query('page') ?? '1';
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
}

/** Links to the pages beside this one. */
export function renderPaging(
  path: string,
  page: number,
  hasMore: boolean,
  query: Readonly<Record<string, string>> = {},
): Markup | string {
  if (page === 1 && !hasMore) return '';
  const to = (number: number) => `${path}?${new URLSearchParams({ ...query, page: String(number) })}`;
  return html`<nav class="paging" aria-label="Pages">
${page > 1 ? html`<a href="${to(page - 1)}" rel="prev">Newer</a>` : ''} <span class="soft">Page ${page}</span> ${hasMore ? html`<a href="${to(page + 1)}" rel="next">Older</a>` : ''}
</nav>`;
}
