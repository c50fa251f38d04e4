import { ADJUSTED_METHODS, type CallMethod, type Method, type Methods } from './adjusted-methods.ts';
import { type Operation, parseOperation } from './operation.ts';
import type { Send } from './transport.ts';

/** Method names and their lines of the operation table. */
export type OperationTable = Readonly<Record<string, string>>;

/** The methods of a resource. Lines are read when their method is first called. */
export function createMethods(resource: string, table: OperationTable, send: Send): Methods {
  const operations = new Map<string, Operation>();
  const call: CallMethod = async (name, ...args) => {
    let operation = operations.get(name);
    if (operation === undefined) {
      operation = parseOperation(`${resource}.${name}`, table[name] ?? '');
      operations.set(name, operation);
    }
    return send(operation, args);
  };
  const methods: Record<string, Method> = {};
  for (const name of Object.keys(table)) methods[name] = (...args) => call(name, ...args);
  return { ...methods, ...ADJUSTED_METHODS[resource]?.(call) };
}
