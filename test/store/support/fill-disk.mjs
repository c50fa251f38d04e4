// Starts a backend on the file in argv[2], with little room for files, and creates users until well after there is none. Says
// as JSON how requests were answered, which users were acknowledged, and whether reading and closing went on.
import { startLocalBackend } from './backend.mjs';

const backend = await startLocalBackend({ database: process.argv[2] });
const headers = { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' };
const statuses = {};
const acknowledged = [];
for (let index = 0; index < 200; index++) {
  const body = JSON.stringify({ username: `user-${index}`, public_metadata: { text: 'x'.repeat(6_000) } });
  const answer = await fetch(`${backend.url}/v1/users`, { method: 'POST', headers, body });
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  const { id } = await answer.json();
  if (answer.status === 200) acknowledged.push(id);
}
const { status: read } = await fetch(`${backend.url}/v1/users/count`, { headers });
const closed = await backend.close().then(
  () => true,
  () => false,
);
console.log(JSON.stringify({ statuses, acknowledged, read, closed }));
process.exit(0);
