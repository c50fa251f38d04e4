import type { ResponsePatch } from './response-patch.ts';

/** Makes the answer that a patch wants in the application's place; an error if it names none. */
export function toResponse(patch: ResponsePatch): Response {
  const { body, status } = patch.answer ?? { body: null, status: 500 };
  const headers = new Headers();
  patchHeaders(headers, patch);
  return new Response(body, { status, headers });
}

/** Adds the headers of a patch to those of a response. What is there already is not added twice. */
export function patchHeaders(headers: Headers, { set, append, vary }: Omit<ResponsePatch, 'answer'>): void {
  for (const [name, value] of set) headers.set(name, value);
  const cookies = append.length === 0 ? [] : headers.getSetCookie();
  for (const [name, value] of append) if (!cookies.includes(value)) headers.append(name, value);
  for (const name of missingFromVary(headers, vary)) headers.append('vary', name);
}

/** Which names `Vary` does not list yet. */
export function missingFromVary(headers: Headers, names: readonly string[]): readonly string[] {
  if (names.length === 0) return names;
  const listed = (headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/);
  return listed.includes('*') ? [] : names.filter((name) => !listed.includes(name.toLowerCase()));
}
