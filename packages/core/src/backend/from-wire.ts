import { isOpaque, toCamel } from './case.ts';
import { addComputed } from './computed.ts';

/**
 * Turns a decoded answer into what the client hands out: names in camelCase, except inside the user's own data; what
 * bears an `object` tag gets its computed properties, and `raw`, which is not enumerable, so that the resource stays
 * plain.
 */
export function fromWire(answer: unknown): unknown {
  const names = new Map<string, string>();
  const rename = (wireName: string): string => {
    let name = names.get(wireName);
    if (name === undefined) {
      name = toCamel(wireName);
      names.set(wireName, name);
    }
    return name;
  };
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    return typeof value === 'object' && value !== null ? convertObject(value as Record<string, unknown>) : value;
  };
  const convertObject = (wire: Record<string, unknown>): Record<string, unknown> => {
    const resource: Record<string, unknown> = {};
    for (const wireName in wire) {
      // Assigned, it would change the object's prototype.
      if (wireName === '__proto__') continue;
      const value = wire[wireName];
      resource[rename(wireName)] = isOpaque(wireName) ? value : convert(value);
    }
    if (typeof wire.object !== 'string') return resource;
    addComputed(wire.object, resource);
    return Object.defineProperty(resource, 'raw', { value: wire });
  };
  return convert(answer);
}
