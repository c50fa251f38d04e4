import type { AddressInfo, Server } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { LocalBackendError } from '../errors.ts';
import { JsonAnswer } from './json-answer.ts';

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** A server on loopback. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, never on another interface.
 *
 * @param wanted Ports to try in this order; 0 means any that is free.
 * @throws {LocalBackendError} `port-in-use` when none of them is free.
 */
export async function listen(fetch: Fetch, wanted: readonly number[]): Promise<Listener> {
  const answer = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response = await fetch(request, env);
    if (!(response instanceof JsonAnswer)) return response;
    // HTTP/1, which is what the server speaks unless it is told otherwise.
    response.sendTo((env as HttpBindings).outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  const server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false }) as Server & {
    closeAllConnections?(): void;
  };
  for (const port of wanted) {
    if (!(await tryPort(server, port))) continue;
    return {
      port: (server.address() as AddressInfo).port,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections?.();
        }),
    };
  }
  throw new LocalBackendError(
    'port-in-use',
    `Port ${wanted.join(', ')} is taken. Choose another with the option port, or 0 for any.`,
  );
}

function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}
