// Starts a backend on the database in argv[2] and writes to it over HTTP as fast as it answers, as an application would.
// Each write that was acknowledged is a line: `+ id` for a user created, `= id count` for one changed, `- id` for one
// deleted; `! status` for any other answer. `ready` comes first. Runs until it is killed, or told `stop` on its input.
import { startLocalBackend } from './backend.mjs';

const [database, round] = process.argv.slice(2);
const lanes = 8;
const backend = await startLocalBackend({ database });
const say = (line) => process.stdout.write(`${line}\n`);
let stopping = false;
process.stdin.once('data', () => {
  stopping = true;
});

async function send(method, path, body) {
  const headers = { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`${backend.url}/v1${path}`, { method, headers, body: JSON.stringify(body) });
  const json = await answer.json();
  if (answer.status === 200) return json;
  say(`! ${answer.status}`);
  return undefined;
}

async function write(lane) {
  for (let turn = 0; !stopping; turn++) {
    const user = await send('POST', '/users', { username: `user-${round}-${lane}-${turn}` });
    if (user === undefined) continue;
    say(`+ ${user.id}`);
    for (let count = 1; count <= 3; count++) {
      const changed = await send('PATCH', `/users/${user.id}/metadata`, { public_metadata: { count } });
      // What became of it is not known: nobody touches it again.
      if (changed === undefined) break;
      say(`= ${user.id} ${count}`);
      if (count === 3 && turn % 3 === 0 && (await send('DELETE', `/users/${user.id}`, {})) !== undefined)
        say(`- ${user.id}`);
    }
  }
}

say('ready');
await Promise.all(Array.from({ length: lanes }, (_, lane) => write(lane)));
await backend.close();
process.exit(0);
