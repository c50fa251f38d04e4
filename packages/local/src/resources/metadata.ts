import { unprocessable } from '../api-error.ts';
import { fromJson, toJson } from '../store/json-column.ts';

/** The largest metadata of one kind, in bytes of JSON. */
const largestMetadata = 8 * 1024;

/** @throws {ApiError} 422 when metadata is larger than 8 kB. */
export function assertMetadata(value: object | undefined | null, param: string): void {
  if (value != null && Buffer.byteLength(toJson(value)) > largestMetadata) {
    throw unprocessable(
      'form_param_exceeds_allowed_size',
      param,
      `${param} must not be larger than ${largestMetadata} bytes of JSON.`,
    );
  }
}

/**
 * Merges a change into stored metadata, deeply: objects are merged, anything else replaces what was there, and null removes it.
 *
 * @returns the JSON to store
 * @throws {ApiError} 422 when the result is larger than 8 kB.
 */
export function mergeMetadata(stored: string, change: object | undefined, param: string): string {
  if (change === undefined) return stored;
  const merged = merge(fromJson<Record<string, unknown>>(stored), change as Record<string, unknown>);
  assertMetadata(merged, param);
  return toJson(merged);
}

function merge(base: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  // A Map, not an object: a member named `__proto__` is data like any other.
  const members = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(change)) {
    const before = members.get(name);
    if (value === null) members.delete(name);
    else members.set(name, isObject(value) ? merge(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(members);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
