import type { ServerResponse } from 'node:http';
import type { ResponsePatch } from '@keystile/core/adapter';

/**
 * Carries out what authentication wants of a response.
 *
 * @returns whether the response has been answered, so that the application must not run
 */
export function applyPatch(res: ServerResponse, { set, append, vary, answer }: ResponsePatch): boolean {
  for (const [name, value] of set) res.setHeader(name, value);
  for (const [name, value] of append) res.appendHeader(name, value);
  if (vary.length > 0) mergeVary(res, vary);
  if (answer === undefined) return false;
  res.statusCode = answer.status;
  res.end(answer.body ?? undefined);
  return true;
}

/** Adds names to `Vary` that it does not have yet. */
export function mergeVary(res: ServerResponse, names: readonly string[]): void {
  const present = res.getHeader('vary');
  const listed = present === undefined ? [] : String(present).split(/\s*,\s*/);
  if (listed.includes('*')) return;
  const known = new Set(listed.map((name) => name.toLowerCase()));
  res.setHeader('vary', [...listed, ...names.filter((name) => !known.has(name.toLowerCase()))].join(', '));
}
