import { describe, expect, test } from 'vitest';
import { startBackend } from './support/start-backend.ts';

/** Sends a body in pieces, without saying how long it is. */
function inPieces(pieces: number, piece: string): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent++ < pieces) controller.enqueue(new TextEncoder().encode(piece));
      else controller.close();
    },
  });
}

describe('request bodies over HTTP', () => {
  test('a request without one passes, whatever its method', async () => {
    const backend = await startBackend();
    const [user] = backend.seeded?.users ?? [];
    const answer = await fetch(`${backend.url}/v1/users/${user?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${backend.secretKey}` },
    });
    expect(answer.status).toBe(200);
  });

  test('one in pieces is read as a whole', async () => {
    const backend = await startBackend();
    const answer = await fetch(`${backend.url}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
      body: inPieces(1, '{"email_address":["grace@example.com"],"password":"a long enough one"}'),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(200);
  });

  test('SC-129 one that is too large is refused, with its length told or not', async () => {
    const backend = await startBackend();
    const post = (body: BodyInit) =>
      fetch(`${backend.url}/v1/users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit)
        .then(({ status }) => status)
        // The server may hang up while the rest is still being sent.
        .catch(() => 413);
    expect(await post('x'.repeat(12 * 1024 * 1024))).toBe(413);
    expect(await post(inPieces(13, 'x'.repeat(1024 * 1024)))).toBe(413);
  });
});
