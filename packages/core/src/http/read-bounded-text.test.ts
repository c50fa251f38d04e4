import { expect, test } from 'vitest';
import { readBoundedText } from './read-bounded-text.ts';

const chunked = (...chunks: Uint8Array[]) => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = chunks.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { response: new Response(body), isCancelled: () => cancelled };
};

test('no body is an empty text', async () => {
  expect(await readBoundedText(new Response(null), 10)).toBe('');
});

test('characters cut between chunks are put together', async () => {
  const bytes = new TextEncoder().encode('zü🜁');
  const { response } = chunked(...[...bytes].map((byte) => new Uint8Array([byte])));
  expect(await readBoundedText(response, bytes.length)).toBe('zü🜁');
});

test('one byte more than the bound is given up, and the rest is not read', async () => {
  const { response, isCancelled } = chunked(new Uint8Array(5), new Uint8Array(6), new Uint8Array(1_000));
  expect(await readBoundedText(response, 10)).toBeUndefined();
  expect(isCancelled()).toBe(true);
});

test('exactly the bound is read', async () => {
  expect(await readBoundedText(new Response('0123456789'), 10)).toBe('0123456789');
});

test('a stream that fails makes it fail', async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(new Error('broken off')) });
  await expect(readBoundedText(new Response(body), 10)).rejects.toThrow('broken off');
});
