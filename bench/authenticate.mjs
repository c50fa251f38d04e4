import { createHash, createVerify } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { createClerkClient } from '@clerk/backend';
import { compactVerify } from 'jose';
import { measure } from 'mitata';
import { createAuthenticator, viewIncomingMessage } from '@keystile/core';
import { createFixture } from './fixtures.mjs';

const ROUNDS = 7;

/** What each request costs, as a multiple of one raw RSA verification measured in the same round. */
export async function run() {
  const cases = createCases(createFixture());
  for (const { name, once } of cases) assertExpected(name, await once());
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, once } of cases) {
      const { p50 } = await measure(once, { min_cpu_time: 60e6 });
      times.get(name).push(p50);
    }
  }
  console.log(`\nauthenticateRequest over one raw RS256 verification (median of ${ROUNDS} rounds)\n`);
  console.log('case'.padEnd(58), 'µs'.padStart(9), 'ratio'.padStart(8), 'limit'.padStart(7));
  const raw = times.get('node:crypto, one RS256 verification (the limit)');
  let missed = 0;
  for (const { name, limit } of cases) {
    const own = times.get(name);
    const ratio = median(own.map((time, round) => time / raw[round]));
    if (limit !== undefined && ratio > limit) missed++;
    const verdict = limit === undefined ? '' : ratio > limit ? `${limit}  MISSED` : String(limit);
    console.log(name.padEnd(58), (median(own) / 1000).toFixed(2).padStart(9), ratio.toFixed(2).padStart(8), verdict.padStart(7));
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
  const request = (headers) => new Request('https://app.example.com/api/things?page=2', { headers: { accept: 'application/json', ...headers } });
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
  const of = (authenticator, incoming) => async () => (await authenticator.authenticateRequest(incoming())).toAuth().userId;
  const peerOf = (incoming) => async () => (await peer.authenticateRequest(incoming, peerOptions)).toAuth().userId;
  return [
    { name: 'node:crypto, one RS256 verification (the limit)', once: () => (createVerify('RSA-SHA256').update(signed, 'latin1').verify(publicKey, signature) ? 'user_2bench' : null) },
    { name: 'jose, compactVerify', once: async () => JSON.parse(new TextDecoder().decode((await compactVerify(sessionToken, publicKey)).payload)).sub },
    { name: 'Keystile, bearer, warm, Request', once: of(warm, () => requests.bearer), limit: 0.25 },
    { name: 'Keystile, bearer, warm, IncomingMessage', once: of(warm, () => viewIncomingMessage(messages.bearer)), limit: 0.25 },
    { name: 'Keystile, bearer, cold, Request', once: of(cold, () => requests.bearer), limit: 1.6 },
    { name: 'Keystile, bearer, cold, IncomingMessage', once: of(cold, () => viewIncomingMessage(messages.bearer)), limit: 1.6 },
    { name: 'Keystile, cookie, warm, Request', once: of(warm, () => requests.cookie), limit: 0.25 },
    { name: 'Keystile, cookie, warm, IncomingMessage', once: of(warm, () => viewIncomingMessage(messages.cookie)), limit: 0.25 },
    { name: 'Keystile, cookie, cold, Request', once: of(cold, () => requests.cookie), limit: 1.6 },
    { name: 'Keystile, cookie, cold, IncomingMessage', once: of(cold, () => viewIncomingMessage(messages.cookie)), limit: 1.6 },
    { name: 'Keystile, signed out, Request', once: of(warm, () => requests.nobody), limit: 0.25 },
    { name: 'Keystile, signed out, IncomingMessage', once: of(warm, () => viewIncomingMessage(messages.nobody)), limit: 0.25 },
    { name: '@clerk/backend, bearer, Request', once: peerOf(requests.bearer) },
    { name: '@clerk/backend, cookie, Request', once: peerOf(requests.cookie) },
    { name: '@clerk/backend, signed out, Request', once: peerOf(requests.nobody) },
  ];
}

/** A case that does not do its work must not look fast. */
function assertExpected(name, userId) {
  const expected = name.includes('signed out') ? null : 'user_2bench';
  if (userId !== expected) throw new Error(`${name}: expected ${expected}, got ${userId}`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
