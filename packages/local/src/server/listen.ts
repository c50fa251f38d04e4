import type { AddressInfo, Server } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { LocalBackendError } from '../errors.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

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
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server & {
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
