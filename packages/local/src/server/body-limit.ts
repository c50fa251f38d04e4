import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';

/**
 * Refuses bodies above a size: by what the request says of its length, and by counting where it does not say. hono's own
 * limit builds a `Request` from the server's light one, which Node's does not take.
 *
 * @param largest Bytes.
 */
export function bodyLimit(largest: number): MiddlewareHandler {
  return async (c, next) => {
    const length = c.req.header('content-length');
    if (length !== undefined && Number(length) > largest) throw tooLarge();
    if (length === undefined && c.req.header('transfer-encoding') !== undefined && c.req.raw.body !== null) {
      const { url, method, headers, body } = c.req.raw;
      const init = { method, headers, body: body.pipeThrough(counting(largest)), duplex: 'half' };
      c.req.raw = new Request(url, init);
    }
    await next();
  };
}

function counting(largest: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > largest) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
}

function tooLarge(): ApiError {
  return new ApiError(413, [{ code: 'request_body_too_large', message: 'The request body is too large.' }]);
}
