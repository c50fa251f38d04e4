import { DEMO_SEED, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNTIMES } from './support/runtimes.ts';
import { startKeyServer } from './support/start-key-server.ts';
import { createRequestVectors, keySetAnswers } from './vectors/request-vectors.ts';
import { signatureVectors } from './vectors/signature-vectors.ts';
import { tokenVectors } from './vectors/token-vectors.ts';
import type { Vector } from './vectors/vector.ts';
import { webhookVectors } from './vectors/webhook-vectors.ts';

// Started here, since some vectors are tokens that it issues.
const backend = await startLocalBackend({ seed: DEMO_SEED });
const keyServer = await startKeyServer(keySetAnswers);
afterAll(async () => {
  await keyServer.close();
  await backend.close();
});

const vectors: readonly Vector[] = [
  ...tokenVectors,
  ...signatureVectors,
  ...(await createRequestVectors(backend, keyServer.url)),
  ...webhookVectors,
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
];

describe.each(RUNTIMES.map((runtime) => [runtime.name, runtime] as const))('core on %s', (_name, { crypto, start }) => {
  let program: Awaited<ReturnType<typeof start>>;
  let verdicts: readonly string[];
  const ask = async (asked: readonly Pick<Vector, 'probe'>[]): Promise<readonly string[]> => {
    const body = JSON.stringify(asked.map(({ probe }) => probe));
    return (await (await fetch(program.url, { method: 'POST', body })).json()) as string[];
  };

  beforeAll(async () => {
    program = await start('vectors', {});
    verdicts = await ask(vectors);
  });
  afterAll(() => program?.close());

  it.each(vectors.map((vector, index) => ({ index, ...vector })))('SC-134 $name', (vector) => {
    const { index, want, wantOfWebCrypto = want } = vector;
    expect(verdicts[index]).toBe(crypto === 'web' ? wantOfWebCrypto : want);
  });

  it('calls the Backend API', async () => {
    const { url: apiUrl, secretKey } = backend;
    const [transcript = ''] = await ask([{ probe: { ask: 'backend', apiUrl, secretKey } }]);
    expect(transcript.split('\n')).toEqual(BACKEND_CALLS);
  });
});
