import { createHash, createVerify } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { createClerkClient } from '@clerk/backend';
import { createAuthenticator, viewIncomingMessage } from '@keystile/core';
import { compactVerify } from 'jose';
import { measure } from 'mitata';
import { createFixture } from './fixtures.mjs';

const ROUNDS = 7;
const MEASURE = { min_cpu_time: 40e6 };

/** What each request costs, as a multiple of one raw RSA verification measured right before it: the machines are noisy. */
export async function run() {
  const { raw, cases } = createCases(createFixture());
  for (const { name, once } of [raw, ...cases]) assertExpected(name, await once());
  const results = new Map(cases.map(({ name }) => [name, { times: [], ratios: [] }]));
  // The first round is for the compiler.
  for (let round = -1; round < ROUNDS; round++) {
    for (const { name, once } of cases) {
      const { p50: limit } = await measure(raw.once, MEASURE);
      const { p50: time } = await measure(once, MEASURE);
      if (round < 0) continue;
      results.get(name).times.push(time);
      results.get(name).ratios.push(time / limit);
    }
  }
  console.log(`\nauthenticateRequest over one raw RS256 verification by node:crypto (median of ${ROUNDS} rounds)\n`);
  console.log('case'.padEnd(48), 'µs'.padStart(9), 'ratio'.padStart(8), 'limit'.padStart(7));
  let missed = 0;
  for (const { name, limit } of cases) {
    const { times, ratios } = results.get(name);
    const isMissed = limit !== undefined && median(ratios) > limit;
    if (isMissed) missed++;
    console.log(
      name.padEnd(48),
      (median(times) / 1000).toFixed(2).padStart(9),
      median(ratios).toFixed(2).padStart(8),
      String(limit ?? '').padStart(7),
      isMissed ? 'MISSED' : '',
    );
  }
  return missed;
}

function createCases({ pem, publicKey, publishableKey, secretKey, sessionToken, clientUat }) {
  const dot = sessionToken.lastIndexOf('.');
  const signed = sessionToken.slice(0, dot);
  const signature = Buffer.from(sessionToken.slice(dot + 1), 'base64url');
  const suffix = createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);
  const authorization = `Bearer ${sessionToken}`;
  const cookie = `theme=dark; __session_${suffix}=${sessionToken}; __session=${sessionToken}; __client_uat_${suffix}=${clientUat}; __client_uat=${clientUat}`;
  const request = (headers) =>
    new Request('https://app.example.com/api/things?page=2', { headers: { accept: 'application/json', ...headers } });
  const message = (headers) => {
    const incoming = new IncomingMessage(new Socket());
    incoming.method = 'GET';
    incoming.url = '/api/things?page=2';
    incoming.headers = { host: 'app.example.com', accept: 'application/json', ...headers };
    return incoming;
  };
  const options = { publishableKey, secretKey, jwtKey: pem };
  const warm = createAuthenticator(options, {});
  const cold = createAuthenticator({ ...options, cache: false }, {});
  const peer = createClerkClient({ publishableKey, secretKey, jwtKey: pem });
  const peerOptions = { jwtKey: pem, acceptsToken: 'any' };
  const requests = { bearer: request({ authorization }), cookie: request({ cookie }), nobody: request({}) };
  const messages = { bearer: message({ authorization }), cookie: message({ cookie }), nobody: message({}) };
  const of = (authenticator, incoming) => async () =>
    (await authenticator.authenticateRequest(incoming())).toAuth().userId;
  const peerOf = (incoming) => async () => (await peer.authenticateRequest(incoming, peerOptions)).toAuth().userId;
  const raw = {
    name: 'node:crypto, one RS256 verification (the limit)',
    once: () =>
      createVerify('RSA-SHA256').update(signed, 'latin1').verify(publicKey, signature) ? 'user_2bench' : null,
  };
  const cases = [
    {
      name: 'jose, compactVerify',
      once: async () =>
        JSON.parse(new TextDecoder().decode((await compactVerify(sessionToken, publicKey)).payload)).sub,
    },
    { name: 'Keystile, bearer, warm, Request', once: of(warm, () => requests.bearer), limit: 0.25 },
    {
      name: 'Keystile, bearer, warm, IncomingMessage',
      once: of(warm, () => viewIncomingMessage(messages.bearer)),
      limit: 0.25,
    },
    { name: 'Keystile, bearer, cold, Request', once: of(cold, () => requests.bearer), limit: 1.6 },
    {
      name: 'Keystile, bearer, cold, IncomingMessage',
      once: of(cold, () => viewIncomingMessage(messages.bearer)),
      limit: 1.6,
    },
    { name: 'Keystile, cookie, warm, Request', once: of(warm, () => requests.cookie), limit: 0.25 },
    {
      name: 'Keystile, cookie, warm, IncomingMessage',
      once: of(warm, () => viewIncomingMessage(messages.cookie)),
      limit: 0.25,
    },
    { name: 'Keystile, cookie, cold, Request', once: of(cold, () => requests.cookie), limit: 1.6 },
    {
      name: 'Keystile, cookie, cold, IncomingMessage',
      once: of(cold, () => viewIncomingMessage(messages.cookie)),
      limit: 1.6,
    },
    { name: 'Keystile, signed out, Request', once: of(warm, () => requests.nobody), limit: 0.25 },
    {
      name: 'Keystile, signed out, IncomingMessage',
      once: of(warm, () => viewIncomingMessage(messages.nobody)),
      limit: 0.25,
    },
    { name: '@clerk/backend, bearer, Request', once: peerOf(requests.bearer) },
    { name: '@clerk/backend, cookie, Request', once: peerOf(requests.cookie) },
    { name: '@clerk/backend, signed out, Request', once: peerOf(requests.nobody) },
  ];
  return { raw, cases };
}

/** A case that does not do its work must not look fast. */
function assertExpected(name, userId) {
  const expected = name.includes('signed out') ? null : 'user_2bench';
  if (userId !== expected) throw new Error(`${name}: expected ${expected}, got ${userId}`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
