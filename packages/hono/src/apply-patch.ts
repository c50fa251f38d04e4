import { missingFromVary, patchHeaders, type ResponsePatch } from '@keystile/core/adapter';
import type { Context } from 'hono';

/** Announces the headers of a patch, so that whatever Hono answers with carries them, errors included. */
export function announcePatch(c: Context, { set, vary }: ResponsePatch): void {
  for (const [name, value] of set) c.header(name, value);
  if (vary.length > 0) c.header('vary', vary.join(', '), { append: true });
}

/**
 * Sees to it that the answer carries all of a patch, whatever the handler set. Hono merges announced headers into the
 * answers of `c.json()` and its like, but not into a `Response` that a handler made itself; and where both set cookies it
 * keeps one side's alone.
 */
export function completeResponse(c: Context, patch: ResponsePatch): void {
  const { status, headers } = c.res;
  if (status !== SWITCHING_PROTOCOLS && !isComplete(headers, patch)) patchHeaders(copyResponse(c), patch);
}

/** The same for a patch that only fills in what the handler left open. */
export function completeDefaults(c: Context, { set, vary }: ResponsePatch): void {
  const { status, headers } = c.res;
  const missing = set.filter(([name]) => !headers.has(name));
  if (status === SWITCHING_PROTOCOLS || (missing.length === 0 && missingFromVary(headers, vary).length === 0)) return;
  patchHeaders(copyResponse(c), { set: missing, append: [], vary });
}

/** Puts a copy of the answer in its place, since a handler may return one and the same object to every visitor. */
function copyResponse(c: Context): Headers {
  const copy = new Response(c.res.body, c.res);
  // Without this, the setter would merge the old headers over the new ones.
  c.res = undefined;
  c.res = copy;
  return copy.headers;
}

/** The answer to a WebSocket upgrade holds its socket, and cannot be copied. */
const SWITCHING_PROTOCOLS = 101;

function isComplete(headers: Headers, { set, append, vary }: ResponsePatch): boolean {
  return (
    set.every(([name, value]) => headers.get(name) === value) &&
    (append.length === 0 || append.every(([, value]) => headers.getSetCookie().includes(value))) &&
    missingFromVary(headers, vary).length === 0
  );
}
