import { ADJUSTED_METHODS, type CallMethod, type Method, type Methods } from './adjusted-methods.ts';
import { type Operation, parseOperation } from './operation.ts';
import type { ResourceTable } from './resource-table.ts';
import type { Send } from './transport.ts';

/** The methods of a resource. The line of a method is read when it is first called. */
export function createMethods(table: ResourceTable, send: Send): Methods {
  const operations = new Map<string, Operation>();
  const call: CallMethod = async (name, ...args) => {
    let operation = operations.get(name);
    if (operation === undefined) {
      operation = parseOperation(`${table.name}.${name}`, table.methods[name] ?? '');
      operations.set(name, operation);
    }
    return send(operation, args);
  };
  const methods: Record<string, Method> = {};
  for (const name of Object.keys(table.methods)) methods[name] = (...args) => call(name, ...args);
  return Object.freeze({ ...methods, ...ADJUSTED_METHODS[table.name]?.(call) });
}
