// Serves the guest on Deno. The setup comes by the environment; the port goes out by the standard output.
import { createGuest } from 'keystile:guest';

const guest = createGuest(JSON.parse(Deno.env.get('KEYSTILE_TEST_SETUP')));
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log(`port ${port}`) }, (request) =>
  guest.fetch(request),
);
