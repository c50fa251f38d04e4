import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type LocalBackend, type LocalBackendOptions, startLocalBackend } from '../index.ts';
import { databaseForTest } from '../store/database-for-test.ts';

/** What a request was answered with. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly headers: Headers;
}

/** A backend of the test's own, and short ways to call it. It is closed when the test ends. */
export interface BackendUnderTest extends LocalBackend {
  call(method: string, path: string, body?: unknown, options?: { key?: string | null }): Promise<Answered>;
}

/** Making a key takes longer than most tests: those of one file share one, each with a backend of its own. */
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Starts a backend in process for one test, on the engine that KEYSTILE_TEST_DATABASE names; in memory without it. */
export async function startForTest(options: LocalBackendOptions = {}): Promise<BackendUnderTest> {
  const { location, drop } = databaseForTest();
  const backend = await startLocalBackend({ listen: false, privateKey, database: location, ...options });
  onTestFinished(async () => {
    await backend.close();
    await drop();
  });
  return {
    ...backend,
    async call(method, path, body, { key = backend.secretKey } = {}) {
      const isForm = body instanceof FormData;
      const response = await backend.fetch(path.startsWith('/v1') ? path : `/v1${path}`, {
        method,
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      const answered = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
      record(method, path, answered);
      return answered;
    },
  };
}

/** Where KEYSTILE_RECORD says so, what was answered is written down, for the table of what the tests show to be enforced. */
function record(method: string, path: string, answered: Answered): void {
  const file = process.env.KEYSTILE_RECORD;
  if (file === undefined) return;
  const { status, code } = firstError(answered);
  const [pathname] = path.replace(/^\/v1(?=\/)/, '').split('?');
  appendFileSync(file, `${JSON.stringify({ method, path: pathname, status, code })}\n`);
}

/** The code and parameter of the first error of an answer. */
export function firstError({ status, body }: Answered): { status: number; code?: string; param?: string } {
  const [error] = body?.errors ?? [];
  return { status, code: error?.code, ...(error?.meta?.param_name !== undefined && { param: error.meta.param_name }) };
}
