// One local backend in a process of its own: `node local-server.mjs keystile|emulate`. Prints where it answers.
import { createServer } from 'node:net';

const starters = {
  async keystile() {
    const { startLocalBackend } = await import('@keystile/local');
    const { url, secretKey } = await startLocalBackend();
    return { url, secretKey };
  },
  async emulate() {
    const { createEmulator } = await import('emulate');
    const { url } = await createEmulator({ service: 'clerk', port: await freePort() });
    return { url, secretKey: 'sk_test_any' };
  },
};

/** It does not choose a port by itself. */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const { url, secretKey } = await starters[process.argv[2]]();
console.log(JSON.stringify({ url, secretKey }));
process.on('message', () => process.send({ rss: process.memoryUsage.rss() }));
