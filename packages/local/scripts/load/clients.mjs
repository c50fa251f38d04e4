// The clients of load.mjs, in a process of their own so that the server's processor time is the server's alone. Gets one
// task at a time by message and answers with what happened.
import { openConnection, toRequest } from './http-client.mjs';

process.on('message', async ({ kind, ...task }) => {
  process.send(await (kind === 'verify' ? verify(task) : mixed(task)));
});

/** All clients prove tokens, each time a random one. */
async function verify({ backend, clients, seconds, path, bodies }) {
  const requests = bodies.map((body) => toRequest(backend, 'POST', path, body));
  return run(backend, clients, seconds, () => async (connection, record) => {
    const request = requests[Math.floor(Math.random() * requests.length)];
    await record('verify', () => connection.send(request));
  });
}

/**
 * What an application and its administrators do, all at once: most of it verification and reads, a fifth of it writes. Two
 * things are changed by everybody, a balance and a user's metadata, and what should have become of them is told.
 */
async function mixed({ backend, clients, seconds, tokens, shared, round }) {
  const expected = { balance: 0, metadata: {}, users: 0 };
  const result = await run(backend, clients, seconds, (client) => {
    const request = (method, path, body) => toRequest(backend, method, path, body);
    const pick = (list) => list[Math.floor(Math.random() * list.length)];
    const proofs = tokens.map(({ path, bodies }) => bodies.map((body) => request('POST', path, body)));
    const readShared = request('GET', `/v1/users/${shared}`);
    const list = request('GET', '/v1/users?limit=20');
    let own = shared;
    let turn = 0;
    return async (connection, record) => {
      turn++;
      const dice = Math.random();
      if (dice < 0.55) return record('verify', () => connection.send(pick(pick(proofs))));
      if (dice < 0.7) return record('read a user', () => connection.send(readShared));
      if (dice < 0.75) return record('list users', () => connection.send(list));
      if (dice < 0.8) return record('read own user', () => connection.send(request('GET', `/v1/users/${own}`)));
      if (dice < 0.87) {
        const body = { public_metadata: { [`client_${client}`]: turn } };
        const answer = await record('change metadata', () =>
          connection.send(request('PATCH', `/v1/users/${shared}/metadata`, body)),
        );
        if (answer.status === 200) expected.metadata[`client_${client}`] = turn;
        return answer;
      }
      if (dice < 0.94) {
        const body = { action: 'increase', amount: 1, idempotency_key: `${round}-${client}-${turn}` };
        const answer = await record('book credit', () =>
          connection.send(request('POST', `/v1/users/${shared}/billing/credits`, body)),
        );
        if (answer.status === 200) expected.balance += 1;
        return answer;
      }
      const body = { username: `load-${round}-${client}-${turn}`, public_metadata: { turn } };
      const answer = await record('create a user', () => connection.send(request('POST', '/v1/users', body)));
      if (answer.status === 200) {
        expected.users += 1;
        own = JSON.parse(answer.body).id;
      }
      return answer;
    };
  });
  return { ...result, expected };
}

async function run(backend, clients, seconds, createTurn) {
  const latencies = {};
  const statuses = {};
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const work = async (client) => {
    const connection = await openConnection(backend.url);
    const turn = createTurn(client);
    const record = async (name, send) => {
      const sent = performance.now();
      const answer = await send();
      latencies[name] ??= [];
      latencies[name].push(performance.now() - sent);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      return answer;
    };
    while (performance.now() < end) await turn(connection, record);
    connection.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  return { latencies, statuses, seconds: (performance.now() - begun) / 1000 };
}
