import type { OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http';
import type { ResponsePatch } from '@keystile/core/adapter';
import type { Response } from 'express';

/** The two forms in which `writeHead` takes headers: by name, or as a list in which names and values take turns. */
type WrittenHeaders = OutgoingHttpHeaders | readonly OutgoingHttpHeader[];

/**
 * Has a response carry the cookies of its patch, and what the patch says of caching, whatever the application sets later: the
 * new cookies of a session have to reach the browser, and must not reach a shared cache.
 */
export function insistOnPatch(res: Response, { set, append, vary }: ResponsePatch): void {
  const writeHead = res.writeHead.bind(res) as (status: number, message?: string) => Response;
  const caching = set.filter(([name]) => name === 'cache-control');

  function writePatchedHead(status: number, first?: string | WrittenHeaders, second?: WrittenHeaders): Response {
    const message = typeof first === 'string' ? first : undefined;
    const written = typeof first === 'string' ? second : first;
    const entries = [...toEntries(written)];
    // What is written replaces what was set, and a list may hold several lines of one name.
    for (const [name] of entries) res.removeHeader(name);
    for (const [name, value] of entries) addHeader(res, name, value);
    for (const [name, value] of caching) res.setHeader(name, value);
    for (const [name, value] of append) if (!hasValue(res, name, value)) res.appendHeader(name, value);
    for (const name of vary) res.vary(name);
    return message === undefined ? writeHead(status) : writeHead(status, message);
  }
  // Every answer begins here, those of `res.send()`, `res.end()` and streams as well.
  res.writeHead = writePatchedHead as Response['writeHead'];
}

function addHeader(res: Response, name: string, value: OutgoingHttpHeader): void {
  if (res.hasHeader(name)) res.appendHeader(name, typeof value === 'number' ? String(value) : value);
  else res.setHeader(name, value);
}

function hasValue(res: Response, name: string, value: string): boolean {
  const present = res.getHeader(name);
  return Array.isArray(present) ? present.includes(value) : present === value;
}

function* toEntries(headers: WrittenHeaders = {}): Iterable<readonly [name: string, value: OutgoingHttpHeader]> {
  if (!isList(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) yield [name, value];
    return;
  }
  for (let at = 0; at + 1 < headers.length; at += 2) yield [String(headers[at]), headers[at + 1] ?? ''];
}

function isList(headers: WrittenHeaders): headers is readonly OutgoingHttpHeader[] {
  return Array.isArray(headers);
}
