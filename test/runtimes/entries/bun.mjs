// Serves the guest on Bun. The setup comes by the environment; the port goes out by the standard output.
import { createGuest } from 'keystile:guest';

const guest = createGuest(JSON.parse(Bun.env.KEYSTILE_TEST_SETUP));
const { port } = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  idleTimeout: 0,
  fetch: (request) => guest.fetch(request),
});
console.log(`port ${port}`);
