import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Harness } from '../harness.ts';
import { createHonoApplication } from './hono-application.ts';

export const honoHarness: Harness = {
  name: 'Hono on Node',
  async start(setup) {
    const server = serve({ fetch: createHonoApplication(setup).fetch, hostname: '127.0.0.1', port: 0 });
    if (!server.listening) await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async close() {
        if ('closeAllConnections' in server) server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
};
