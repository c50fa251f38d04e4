import { createServer } from 'node:http';
import { startLocalBackend } from '@keystile/local';

/** How many ports are tried before it is said that something is wrong. */
const TRIES = 50;

/** Serves a handler on loopback, on the first free port from the one that is wanted. */
export async function listenFrom(wanted, handler) {
  const server = createServer(handler);
  await firstFree(wanted, (candidate) => listen(server, candidate), 'EADDRINUSE');
  return {
    port: server.address().port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Starts the local backend on the first free port from the one that is wanted. */
export async function startBackendFrom(wanted, options) {
  let backend;
  await firstFree(
    wanted,
    async (port) => {
      backend = await startLocalBackend({ ...options, port });
    },
    'port-in-use',
  );
  return backend;
}

async function firstFree(wanted, start, takenCode) {
  for (let port = wanted; ; port++) {
    try {
      await start(port);
      return;
    } catch (error) {
      if (error.code !== takenCode || port >= wanted + TRIES) throw error;
    }
  }
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
