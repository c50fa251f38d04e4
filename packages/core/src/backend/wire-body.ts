import { isOpaque, toSnake } from './case.ts';

/** A JSON value with its keys in the wire's spelling. Members that are undefined are left out. */
export function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  return isPlainObject(value) ? toWireObject(value) : value;
}

/** The same for the members of an object, so that the caller may count them. */
export function toWireObject(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const wireName = toSnake(name);
    wire[wireName] = isOpaque(wireName) ? member : toWire(member);
  }
  return wire;
}

/** Dates, blobs and the like have a form of their own in JSON. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
