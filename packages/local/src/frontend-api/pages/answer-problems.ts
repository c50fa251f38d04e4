import type { Hono } from 'hono';
import { html } from 'hono/html';
import { ApiError } from '../../api-error.ts';
import { renderPage } from './layout.ts';

/** Where a visitor may go from a page that says what did not work. */
export interface WayOut {
  readonly href: string;
  readonly text: string;
}

/** Has an application answer errors of the API, and addresses that lead nowhere, with pages. */
export function answerProblems(app: Hono, { onError, notFound }: { onError: WayOut; notFound: WayOut }): void {
  app.onError((error, c) => {
    if (!(error instanceof ApiError)) throw error;
    const page = renderPage({ title: 'That did not work', lead: error.message, content: renderWayOut(onError) });
    return c.html(page, error.status as 403);
  });
  app.notFound((c) => c.html(renderPage({ title: 'No such page', content: renderWayOut(notFound) }), 404));
}

function renderWayOut({ href, text }: WayOut) {
  return html`<a class="button" href="${href}">${text}</a>`;
}
