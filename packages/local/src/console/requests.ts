import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Controls } from '../control/create-controls.ts';
import type { LoggedRequest } from '../control/request-log.ts';
import { renderConsolePage, renderHead } from './layout.ts';
import { renderTable, renderTime } from './table.ts';

/** How many requests the page shows, the newest. */
const shown = 200;

/** The requests that the backend has answered, and why it answered as it did. */
export function createRequestPages({ requests }: Controls): Hono {
  const app = new Hono();

  app.get('/console/requests', (c) =>
    c.html(
      renderConsolePage({
        title: 'Requests',
        section: '/console/requests',
        content: html`<p><a href="/console/requests/live">Follow live</a></p>
${renderTable({
  label: 'Requests',
  columns: ['When', 'Request', 'Status', 'Reason', 'Took', 'By'],
  rows: requests
    .entries()
    .slice(-shown)
    .reverse()
    .map((request) => [
      renderTime(request.at),
      describe(request),
      request.status,
      request.reason ?? null,
      `${request.durationInMs} ms`,
      request.userAgent ?? null,
    ]),
  empty: 'No request has been answered yet.',
})}`,
      }),
    ),
  );

  // A page that does not end: each request becomes a line as it is answered. It takes no script, and closing the page ends it.
  app.get('/console/requests/live', async (c) => {
    const head = await renderHead({ title: 'Requests, live', section: '/console/requests' });
    const encoder = new TextEncoder();
    let stop = () => {};
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const write = (text: unknown) => controller.enqueue(encoder.encode(String(text)));
        write(head);
        write(
          '<p><a href="/console/requests">Stop</a> <span class="soft">The newest is at the end.</span></p>\n<div class="log" role="log" aria-label="Requests">\n',
        );
        for (const request of requests.entries().slice(-20)) write(await renderLine(request));
        stop = requests.onRequest((request) => void Promise.resolve(renderLine(request)).then(write, stop));
      },
      cancel: () => stop(),
    });
    c.header('content-type', 'text/html; charset=utf-8');
    return c.body(body);
  });

  return app;
}

const describe = ({ method, path, query }: LoggedRequest) => `${method} ${path}${query === '' ? '' : `?${query}`}`;

function renderLine(request: LoggedRequest) {
  const time = new Date(request.at).toISOString().slice(11, 23);
  return html`<p>${time} <strong>${request.status}</strong> ${describe(request)} ${request.reason === undefined ? '' : html`<span class="tag">${request.reason}</span>`} <span class="soft">${request.durationInMs} ms</span></p>
`;
}
