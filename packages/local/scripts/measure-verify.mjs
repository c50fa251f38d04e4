// How many verifications a second the three endpoints answer over loopback, and that a million stored keys do not slow them.
// Run after a build: node packages/local/scripts/measure-verify.mjs [seconds] [stored keys]
import { once } from 'node:events';
import { connect } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const clients = 32;

/** Keep-alive connections that each send the next request when the answer is in: as lean as a client can be. */
async function load({ url, path, body, key, seconds }) {
  const { hostname, port } = new URL(url);
  const request =
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${key}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const end = performance.now() + seconds * 1000;
  const latencies = [];
  let failed = 0;
  const client = async () => {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.setNoDelay(true);
    while (performance.now() < end) {
      const begun = performance.now();
      socket.write(request);
      let text = '';
      do text += (await once(socket, 'data'))[0].toString('latin1');
      while (!isComplete(text));
      if (!text.startsWith('HTTP/1.1 200')) failed++;
      latencies.push(performance.now() - begun);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { latencies, failed };
}

function isComplete(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head));
  return length === null ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length[1]);
}

if (!isMainThread) {
  parentPort.postMessage(await load(workerData));
} else {
  const seconds = Number(process.argv[2] ?? 3);
  const stored = Number(process.argv[3] ?? 1_000_000);
  const { startLocalBackend } = await import('../dist/bundle/index.js');
  const backend = await startLocalBackend({ seed: { users: [{ username: 'measured' }] } });
  const subject = backend.seeded.users[0].id;
  const tokens = {
    api_keys: ['/api_keys/verify', { secret: await backend.mint.apiKey({ subject }) }],
    m2m_tokens: ['/m2m_tokens/verify', { token: await backend.mint.m2m() }],
    access_tokens: [
      '/oauth_applications/access_tokens/verify',
      { access_token: await backend.mint.oauth({ userId: subject }) },
    ],
  };

  const measure = async (what) => {
    for (const [name, [path, body]] of Object.entries(tokens)) {
      const workerData = { url: backend.url, path, body: JSON.stringify(body), key: backend.secretKey, seconds };
      const [{ latencies, failed }] = await once(new Worker(new URL(import.meta.url), { workerData }), 'message');
      latencies.sort((a, b) => a - b);
      const at = (share) => latencies[Math.floor(latencies.length * share)].toFixed(2);
      const rate = Math.round(latencies.length / seconds);
      console.log(
        `${name.padEnd(14)} ${what.padEnd(22)} ${String(rate).padStart(6)}/s   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   failed ${failed}`,
      );
    }
  };
  await measure('few stored');
  await storeKeys(backend, subject, stored);
  await measure(`${stored.toLocaleString('en')} stored`);
  await backend.close();
}

async function storeKeys({ context: { db } }, subject, count) {
  const batch = 500;
  for (let start = 0; start < count; start += batch) {
    const rows = Array.from({ length: Math.min(batch, count - start) }, (_, index) => {
      const id = `ak_filler_${start + index}`;
      const shared = {
        secret_sealed: '',
        type: 'api_key',
        subject,
        name: 'filler',
        scopes: '[]',
        created_at: 1,
        updated_at: 1,
      };
      return { id, secret_hash: `filler-${start + index}`, ...shared };
    });
    await db.insertInto('api_keys').values(rows).execute();
  }
}
