import { BackendError } from './backend-error.ts';
import type { Operation } from './operation.ts';
import { isHeaderWord, isTimeout } from './option-checks.ts';
import type { RequestOptions } from './request-options.ts';
import { isPlainObject } from './wire-body.ts';

export type Values = Readonly<Record<string, unknown>>;

/** The arguments of a method, by what they are for. */
export interface CallArguments {
  /** In the order of the path's parameters. */
  readonly ids: readonly unknown[];
  /** What travels in query or body. */
  readonly values: Values;
  /** For operations whose body is an array: its elements, in place of `values`. */
  readonly elements: readonly unknown[];
  /** The secret key of the machine, if the caller gave one. */
  readonly machineSecretKey: string | undefined;
  readonly options: RequestOptions;
}

/** @throws BackendError `backend-invalid-request` naming the argument that is not what it should be */
export function readArguments(operation: Operation, args: readonly unknown[]): CallArguments {
  const rest = [...args];
  const leading = operation.params === 'all' ? [] : rest.splice(0, operation.ids.length);
  const fields = Object.fromEntries(operation.fields.map((name) => [name, rest.shift()]));
  const params = operation.params === 'none' ? undefined : rest.shift();
  const options = readOptions(operation, rest[0]);
  if (operation.body === 'array') {
    if (!Array.isArray(params)) throw refusal(operation, 'params must be an array.');
    return { ids: leading, values: {}, elements: params, machineSecretKey: undefined, options };
  }
  const values: Record<string, unknown> = { ...readParams(operation, params), ...fields };
  const take = (name: string): unknown => {
    const value = values[name];
    delete values[name];
    return value;
  };
  return {
    ids: operation.params === 'all' ? operation.ids.map(take) : leading,
    machineSecretKey: operation.isMachine ? chooseMachineKey(operation, options, take('machineSecretKey')) : undefined,
    values,
    elements: [],
    options,
  };
}

/** Says why a call was refused before anything was sent. */
export function refusal(operation: Operation, message: string, cause?: unknown): BackendError {
  return new BackendError('backend-invalid-request', operation.id, message, { cause });
}

function readParams(operation: Operation, params: unknown): Values {
  if (params === undefined || params === null) return {};
  if (!isPlainObject(params)) throw refusal(operation, 'params must be a plain object.');
  return params;
}

function readOptions(operation: Operation, options: unknown): RequestOptions {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null) {
    throw refusal(operation, `the options must be an object, but are of type ${typeof options}.`);
  }
  const { timeoutMs, idempotencyKey } = options as RequestOptions;
  if (timeoutMs !== undefined && !isTimeout(timeoutMs)) {
    throw refusal(operation, 'timeoutMs must be a positive number of milliseconds.');
  }
  if (idempotencyKey !== undefined && !isHeaderWord(idempotencyKey)) {
    throw refusal(operation, 'idempotencyKey must be printable ASCII without blanks.');
  }
  return options;
}

/** The ecosystem passes the key among the parameters. */
function chooseMachineKey(operation: Operation, options: RequestOptions, param: unknown): string | undefined {
  const key = options.machineSecretKey ?? param;
  if (key === undefined || key === null || key === '') return undefined;
  if (!isHeaderWord(key)) throw refusal(operation, 'machineSecretKey contains characters that no header takes.');
  return String(key);
}
