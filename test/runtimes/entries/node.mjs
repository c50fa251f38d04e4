// Serves the guest on Node. The setup comes by the environment; the port goes out by the standard output.

import { createGuest } from 'keystile:guest';
import { serve } from '@hono/node-server';

const { fetch } = createGuest(JSON.parse(process.env.KEYSTILE_TEST_SETUP));
serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(`port ${port}`));
