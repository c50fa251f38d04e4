import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Controls } from '../control/create-controls.ts';
import type { LoggedDecision } from '../control/decision-log.ts';
import type { LoggedRequest } from '../control/request-log.ts';
import { renderConsolePage, renderHead } from './layout.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

/** How many entries the page shows, the newest. */
const shown = 200;

/** How many of the past the live page begins with. */
const shownLive = 20;

/**
 * The requests that the backend has answered, and why it answered as it did; among them the decisions that applications have
 * reported.
 */
export function createRequestPages({ requests, decisions }: Controls): Hono {
  const app = new Hono();

  app.get('/console/requests', (c) =>
    c.html(
      renderConsolePage({
        title: 'Requests',
        section: '/console/requests',
        content: html`<p><a href="/console/requests/live">Follow live</a></p>
${decisions.entries().length === 0 ? renderHint() : ''}
${renderTable({
  label: 'Requests',
  columns: ['When', 'Request', 'Status', 'Reason', 'Took', 'By'],
  rows: latest(shown)
    .reverse()
    .map((entry) => (isDecision(entry) ? toDecisionRow(entry) : toRequestRow(entry))),
  empty: 'No request has been answered yet.',
})}`,
      }),
    ),
  );

  // A page that does not end: each entry becomes a line as it comes. It takes no script, and closing the page ends it.
  app.get('/console/requests/live', async (c) => {
    const head = await renderHead({ title: 'Requests, live', section: '/console/requests' });
    const encoder = new TextEncoder();
    let stop = () => {};
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const write = (text: unknown) => controller.enqueue(encoder.encode(String(text)));
        const add = (entry: Entry) => void Promise.resolve(renderLine(entry)).then(write).catch(stop);
        write(head);
        write(
          '<p><a href="/console/requests">Stop</a> <span class="soft">The newest is at the end.</span></p>\n<div class="log" role="log" aria-label="Requests">\n',
        );
        for (const entry of latest(shownLive)) write(await renderLine(entry));
        const stops = [requests.onRequest(add), decisions.onDecision(add)];
        stop = () => {
          for (const each of stops) each();
        };
      },
      cancel: () => stop(),
    });
    c.header('content-type', 'text/html; charset=utf-8');
    return c.body(body);
  });

  return app;

  /** The newest of both, in the order in which they began. */
  function latest(count: number): Entry[] {
    return [...requests.entries().slice(-count), ...decisions.entries().slice(-count)]
      .sort((a, b) => a.at - b.at)
      .slice(-count);
  }
}

type Entry = LoggedRequest | LoggedDecision;

const isDecision = (entry: Entry): entry is LoggedDecision => 'cacheHit' in entry;

function toRequestRow(request: LoggedRequest) {
  return [
    renderTime(request.at),
    describe(request),
    request.status,
    request.reason ?? null,
    `${request.durationInMs} ms`,
    request.userAgent ?? null,
  ];
}

function toDecisionRow({ message, cacheHit, ...decision }: LoggedDecision) {
  const { at, status, reason, durationInMs, tokenType } = decision;
  const isExplained = message !== null && message !== '';
  return [
    renderTime(at),
    describe(decision),
    tag(status),
    reason === null ? null : html`${reason}${isExplained ? html`<br><span class="soft">${message}</span>` : ''}`,
    `${durationInMs} ms${cacheHit ? ', remembered' : ''}`,
    tokenType === null ? 'an application' : `an application, ${tokenType}`,
  ];
}

function renderLine(entry: Entry) {
  const time = new Date(entry.at).toISOString().slice(11, 23);
  const reason =
    entry.reason === undefined || entry.reason === null ? '' : html`<span class="tag">${entry.reason}</span>`;
  return html`<p>${time} <strong>${entry.status}</strong> ${describe(entry)} ${reason} <span class="soft">${entry.durationInMs} ms</span></p>
`;
}

const describe = ({ method, path, query = '' }: Pick<Entry, 'method' | 'path'> & { readonly query?: string }) =>
  `${method} ${path}${query === '' ? '' : `?${query}`}`;

function renderHint() {
  return html`<p class="soft">The decisions of your application show here as well, with ${code('onAuthenticate: reportDecisions()')} of ${code('@keystile/local/report')}.</p>`;
}
