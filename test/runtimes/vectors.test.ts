import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNTIMES } from './support/runtimes.ts';
import { type KeyServer, startKeyServer } from './support/start-key-server.ts';
import { createRequestVectors, keySetAnswers } from './vectors/request-vectors.ts';
import { signatureVectors } from './vectors/signature-vectors.ts';
import { tokenVectors } from './vectors/token-vectors.ts';
import type { Vector } from './vectors/vector.ts';
import { webhookVectors } from './vectors/webhook-vectors.ts';

let backend: LocalBackend;
let keyServer: KeyServer;
let requestVectors: readonly Vector[];

beforeAll(async () => {
  backend = await startLocalBackend({ seed: DEMO_SEED });
  keyServer = await startKeyServer(keySetAnswers);
  requestVectors = await createRequestVectors(backend, keyServer.url);
});
afterAll(async () => {
  await keyServer?.close();
  await backend?.close();
});

/** Each group is sent whole: the vectors of a running backend are made when it runs, and so have no tests of their own. */
const GROUPS: readonly (readonly [name: string, vectors: () => readonly Vector[]])[] = [
  ['tokens and keys', () => tokenVectors],
  ['signatures', () => signatureVectors],
  ['requests', () => requestVectors],
  ['webhooks', () => webhookVectors],
];

/** What becomes of the calls of `guests/call-backend.ts`. */
const BACKEND_CALLS = [
  'create: Zoë 🜁',
  'get: {"a":{"b":0}}',
  'find: 1',
  'update: ""',
  'merge: {"a":{"b":0,"d":1}}',
  'page: true',
  'unknown: 404 backend-response',
  'id with a slash: undefined backend-invalid-request',
  'invalid: 422 backend-response',
  'organization: Ünï',
  'sessions: 0',
  'delete: true',
  'deleted: 404 backend-response',
].join('\n');

describe.each(RUNTIMES)('core on $name', ({ crypto, start }) => {
  let program: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    program = await start('vectors', {});
  });
  afterAll(() => program?.close());

  const ask = async (vectors: readonly Pick<Vector, 'probe'>[]): Promise<string[]> => {
    const response = await fetch(program.url, {
      method: 'POST',
      body: JSON.stringify(vectors.map(({ probe }) => probe)),
    });
    return (await response.json()) as string[];
  };

  it.each(GROUPS)('SC-134 %s: the verdict of every vector', async (_name, vectors) => {
    const asked = vectors();
    const verdicts = await ask(asked);
    const wanted = asked.map(({ want, wantOfWebCrypto = want }) => (crypto === 'web' ? wantOfWebCrypto : want));
    const named = (answers: readonly string[]): string[] =>
      asked.map(({ name }, index) => `${name}: ${answers[index]}`);
    expect(named(verdicts)).toEqual(named(wanted));
  });

  it('calls the Backend API', async () => {
    const { url: apiUrl, secretKey } = backend;
    const [transcript] = await ask([{ probe: { ask: 'backend', apiUrl, secretKey } }]);
    expect(transcript).toBe(BACKEND_CALLS);
  });
});
