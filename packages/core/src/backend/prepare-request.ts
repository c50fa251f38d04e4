import { BackendError } from './backend-error.ts';
import type { Operation } from './operation.ts';
import { toPathSegment } from './path-segment.ts';
import { toQuery } from './query.ts';
import type { RequestOptions } from './request-options.ts';
import { isPlainObject, toWire, toWireObject } from './wire-body.ts';

/** A call, ready to be sent as often as need be. */
export interface PreparedRequest {
  readonly operation: Operation;
  /** Path and query, without the version. */
  readonly target: string;
  readonly body: string | FormData | undefined;
  /** The secret key of the machine, if the caller gave one. */
  readonly machineSecretKey: string | undefined;
  readonly options: RequestOptions;
}

type Values = Readonly<Record<string, unknown>>;

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Turns a method's arguments into a request.
 *
 * @throws BackendError `backend-invalid-request` for arguments that cannot be sent as what they are meant to be
 */
export function prepareRequest(operation: Operation, args: readonly unknown[]): PreparedRequest {
  const rest = [...args];
  const ids = operation.params === 'all' ? [] : rest.splice(0, operation.ids.length);
  const fields: Values = Object.fromEntries(operation.fields.map((name) => [name, rest.shift()]));
  const params = operation.params === 'none' ? {} : rest.shift();
  const options = readOptions(operation, rest[0]);

  if (operation.body === 'array') {
    if (!Array.isArray(params)) throw refusal(operation, 'params must be an array.');
    return {
      operation,
      target: toPath(operation, ids),
      body: toJson(operation, toWire(params)),
      options,
      machineSecretKey: undefined,
    };
  }
  const values = { ...readParams(operation, params), ...fields };
  const pathIds = operation.params === 'all' ? operation.ids.map((name) => take(values, name)) : ids;
  const machineSecretKey = operation.isMachine ? take(values, 'machineSecretKey') : undefined;
  const path = toPath(operation, pathIds);
  const { queryValues, bodyValues } = divide(operation, values);
  const query = toQuery(operation.isPaginated ? { ...queryValues, paginated: true } : queryValues);
  if ('refused' in query)
    throw refusal(operation, `${query.refused} has no form in a query; use a text, a number, a boolean or a date.`);
  return {
    operation,
    target: query.query === '' ? path : `${path}?${query.query}`,
    body: toBody(operation, bodyValues),
    machineSecretKey: options.machineSecretKey ?? (typeof machineSecretKey === 'string' ? machineSecretKey : undefined),
    options,
  };
}

function refusal(operation: Operation, message: string): BackendError {
  return new BackendError('backend-invalid-request', operation.id, message);
}

function readOptions(operation: Operation, options: unknown): RequestOptions {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null) {
    throw refusal(operation, `the options must be an object, but are of type ${typeof options}.`);
  }
  const { timeoutMs } = options as RequestOptions;
  if (timeoutMs !== undefined && !isTimeout(timeoutMs))
    throw refusal(operation, 'timeoutMs must be a positive number of milliseconds.');
  return options;
}

/** Timers take no more than 31 bits. */
export const isTimeout = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT_MS;

function readParams(operation: Operation, params: unknown): Values {
  if (params === undefined || params === null) return {};
  if (!isPlainObject(params)) throw refusal(operation, 'params must be a plain object.');
  return params;
}

function take(values: Record<string, unknown>, name: string): unknown {
  const value = values[name];
  delete values[name];
  return value;
}

function toPath({ id, literals, ids: names, ...operation }: Operation, ids: readonly unknown[]): string {
  let path = literals[0] ?? '';
  for (const [index, name] of names.entries()) {
    const segment = toPathSegment(ids[index]);
    if (segment === undefined) {
      throw refusal(
        { id, literals, ids: names, ...operation },
        `${name} must be a text that is not empty and no dot segment.`,
      );
    }
    path += segment + (literals[index + 1] ?? '');
  }
  return path;
}

function divide(operation: Operation, values: Values): { queryValues: Values; bodyValues: Values } {
  if (operation.body === 'none') return { queryValues: values, bodyValues: {} };
  const wire = operation.body === 'form' ? values : toWireObject(values);
  if (operation.queryFields.length === 0) return { queryValues: {}, bodyValues: wire };
  const bodyValues = { ...wire };
  return {
    queryValues: Object.fromEntries(operation.queryFields.map((name) => [name, take(bodyValues, name)])),
    bodyValues,
  };
}

function toBody(operation: Operation, values: Values): string | FormData | undefined {
  if (operation.body === 'form') return toForm(values);
  return Object.keys(values).length === 0 ? undefined : toJson(operation, values);
}

function toForm(values: Values): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(toWireObject(values))) {
    form.append(name, value instanceof Blob ? value : String(value));
  }
  return form;
}

function toJson(operation: Operation, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new BackendError('backend-invalid-request', operation.id, 'the parameters have no form in JSON.', { cause });
  }
}
