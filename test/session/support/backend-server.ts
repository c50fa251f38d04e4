import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a {@link BackendServer} got. */
export interface BackendCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What to answer: a status and JSON or text; `undefined`: never. */
export interface BackendAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly html?: string;
}

/** The Backend API as one test has it, on a loopback port. */
export interface BackendServer {
  readonly url: string;
  readonly calls: BackendCall[];
  answer: (call: BackendCall) => BackendAnswer | undefined | Promise<BackendAnswer | undefined>;
  close(): Promise<void>;
}

export async function startBackendServer(): Promise<BackendServer> {
  const calls: BackendCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://backend.test');
      const text = Buffer.concat(chunks).toString();
      const call: BackendCall = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        authorization: request.headers.authorization,
        body: text === '' ? {} : JSON.parse(text),
      };
      calls.push(call);
      const answer = await backend.answer(call);
      if (answer === undefined) return;
      const { status = 200, json, html } = answer;
      response.writeHead(status, { 'content-type': html === undefined ? 'application/json' : 'text/html' });
      response.end(html ?? JSON.stringify(json ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const backend: BackendServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: () => ({ status: 404, json: { errors: [{ code: 'resource_not_found', message: 'not found' }] } }),
    close: () => close(server),
  };
  return backend;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
