import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KeyServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A backend that has nothing but key sets. The secret key names the one that is sent: `sk_live_mixed`. Those of the names
 * `garbage`, `failing`, `broken` and `elsewhere` do what they say.
 */
export async function startKeyServer(answers: Readonly<Record<string, unknown>>): Promise<KeyServer> {
  const server = createServer((request, response) => {
    const name = /^Bearer sk_live_(\w+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (name === 'broken') request.socket.destroy();
    else if (name === 'failing') response.writeHead(500).end();
    else if (name === 'garbage') response.end('<html>');
    else if (name === 'elsewhere') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[name]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
