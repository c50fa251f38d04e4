import { Readable } from 'node:stream';
import type { RequestView } from '@keystile/core/adapter';
import type { Request as ExpressRequest } from 'express';

/**
 * Makes a Fetch API `Request` of an Express request, for those few that are passed on and not authenticated.
 *
 * @returns undefined if a body parser has read the body and left nothing that it could be restored from
 */
export function toFetchRequest(req: ExpressRequest, view: RequestView, signal: AbortSignal): Request | undefined {
  const headers = new Headers();
  for (const [name, value] of view.headers()) headers.append(name, value);
  headers.set('host', view.header('host') ?? '');
  const init: RequestInit = { method: req.method, headers, signal };
  if (req.method === 'GET' || req.method === 'HEAD') return new Request(view.origin + view.target, init);
  if (req.readableDidRead) {
    const body = restoreBody(req);
    if (body === undefined) return undefined;
    // Of the body as it came, which a parser may have unpacked.
    headers.delete('content-length');
    headers.delete('content-encoding');
    return new Request(view.origin + view.target, { ...init, body });
  }
  const body = Readable.toWeb(req) as ReadableStream<Uint8Array>;
  return new Request(view.origin + view.target, { ...init, body, duplex: 'half' } as RequestInit);
}

/** The body as far as it can be told from what a parser made of it. */
function restoreBody(req: ExpressRequest): string | Uint8Array<ArrayBuffer> | undefined {
  const body: unknown = req.body;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (req.is('json')) return JSON.stringify(body);
  if (req.is('urlencoded')) return new URLSearchParams(body as Record<string, string>).toString();
  return undefined;
}
