import type { LocalBackend } from '@keystile/local';

/** Calls the Backend API with the secret key. */
export async function callBackendApi(backend: LocalBackend, method: string, path: string, body?: unknown) {
  const answer = await backend.fetch(`/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as any };
}
