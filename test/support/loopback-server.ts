import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Handler = (request: IncomingMessage, response: ServerResponse, call: number) => void;

/** A server on loopback that counts what reaches it. */
export interface LoopbackServer {
  readonly url: string;
  /** The requests so far, in order: method and target, and the headers. */
  readonly requests: readonly {
    readonly line: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  /** How many connections are open that have not been answered. */
  readonly unanswered: number;
  /** Changes what it answers. */
  answer(handler: Handler): void;
}

/** Starts one for the current test; it is closed, with what hangs in it, when the test ends. */
export async function startLoopbackServer(handler: Handler): Promise<LoopbackServer> {
  const requests: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
  let current = handler;
  let unanswered = 0;
  const server = createServer((request, response) => {
    unanswered++;
    response.once('close', () => {
      unanswered--;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      current(request, response, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get unanswered() {
      return unanswered;
    },
    answer(handler) {
      current = handler;
    },
  };
}

/** Answers JSON. */
export function json(value: unknown, status = 200): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}
