import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { type FrontendApiProxyOptions, proxyFrontendApi, type RequestView } from '@keystile/core/adapter';
import type { Request, Response } from 'express';
import { toFetchRequest } from './to-fetch-request.ts';

/** Answers a request out of the frontend API. Whoever hangs up ends both sides. */
export async function serveFrontendApi(
  req: Request,
  res: Response,
  view: RequestView,
  options: FrontendApiProxyOptions,
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const request = toFetchRequest(req, view, gone.signal);
  if (request === undefined) {
    const message = 'A body parser has read the body: put authMiddleware() before it.';
    res.status(400).json({ errors: [{ code: 'proxy_request_failed', message }] });
    return;
  }
  // `req.ip` honours the application's `trust proxy` setting.
  await sendFetchResponse(await proxyFrontendApi(request, { clientIp: req.ip, ...options }), res);
}

async function sendFetchResponse(response: globalThis.Response, res: Response): Promise<void> {
  res.status(response.status);
  for (const [name, value] of response.headers) res.appendHeader(name, value);
  if (response.body === null) {
    res.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>), res);
  } catch {
    // The browser or the frontend API broke off. What has been sent cannot be taken back.
    res.destroy();
  }
}
