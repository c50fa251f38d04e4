import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';

const port = Number(process.env.PORT ?? 3000);
// While it is developed, the console of the local backend shows the decision about each request. Nobody else is told.
const onAuthenticate =
  process.env.NODE_ENV === 'production' ? undefined : (await import('@keystile/local/report')).reportDecisions();

const server = createApp({ onAuthenticate }).listen(port, '127.0.0.1', () => {
  console.log(`http://localhost:${(server.address() as AddressInfo).port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
