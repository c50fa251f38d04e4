import { NO_PATCH, type ResponsePatch } from '@keystile/core/adapter';
import type { Context } from 'hono';

/** Announces the headers of a patch, so that whatever Hono answers with carries them, errors included. */
export function announcePatch(c: Context, { set, vary }: ResponsePatch): void {
  for (const [name, value] of set) c.header(name, value);
  for (const name of vary) c.header('vary', name, { append: true });
}

/**
 * Sees to it that the answer carries all of a patch. Hono merges announced headers into the answers of `c.json()` and its
 * like, but not into a `Response` that a handler made itself; and where both set cookies it keeps one side's alone.
 *
 * @param patch - prevails over what the handler set
 * @param defaults - fills in what the handler left open
 */
export function completeResponse(c: Context, patch: ResponsePatch, defaults: ResponsePatch): void {
  if (patch === NO_PATCH && defaults === NO_PATCH) return;
  const { res } = c;
  if (res.status === SWITCHING_PROTOCOLS || (isComplete(res.headers, patch) && hasDefaults(res.headers, defaults))) {
    return;
  }
  // A copy: a handler may return one and the same object to every visitor.
  const response = new Response(res.body, res);
  for (const [name, value] of defaults.set) if (!response.headers.has(name)) response.headers.set(name, value);
  addTo(response.headers, patch);
  mergeVary(response.headers, defaults.vary);
  // Without this, the setter would merge the old headers over the new ones.
  c.res = undefined;
  c.res = response;
}

/** The answer that a patch wants in the application's place; an error if it names none. */
export function toResponse(patch: ResponsePatch): Response {
  const { body, status } = patch.answer ?? { body: null, status: 500 };
  const headers = new Headers();
  addTo(headers, patch);
  return new Response(body, { status, headers });
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

function hasDefaults(headers: Headers, { set, vary }: ResponsePatch): boolean {
  return set.every(([name]) => headers.has(name)) && missingFromVary(headers, vary).length === 0;
}

function addTo(headers: Headers, { set, append, vary }: ResponsePatch): void {
  for (const [name, value] of set) headers.set(name, value);
  const cookies = headers.getSetCookie();
  for (const [name, value] of append) if (!cookies.includes(value)) headers.append(name, value);
  mergeVary(headers, vary);
}

function mergeVary(headers: Headers, names: readonly string[]): void {
  for (const name of missingFromVary(headers, names)) headers.append('vary', name);
}

function missingFromVary(headers: Headers, names: readonly string[]): readonly string[] {
  if (names.length === 0) return names;
  const listed = (headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/);
  return listed.includes('*') ? [] : names.filter((name) => !listed.includes(name.toLowerCase()));
}
