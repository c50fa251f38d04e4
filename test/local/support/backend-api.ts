import type { LocalBackend } from '@keystile/local';

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** Reads an answer as JSON; an empty one is undefined. */
export async function readAnswer(answer: Response): Promise<Answered> {
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** Calls the Backend API with the secret key. */
export async function callBackendApi(
  backend: LocalBackend,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  const headers = { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' };
  return readAnswer(
    await backend.fetch(`/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
}
