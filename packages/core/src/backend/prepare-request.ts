import { type CallArguments, readArguments, refusal, type Values } from './call-arguments.ts';
import type { Operation } from './operation.ts';
import { toPathSegment } from './path-segment.ts';
import { toQuery } from './query.ts';
import type { RequestOptions } from './request-options.ts';
import { toWire, toWireObject } from './wire-body.ts';

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

/**
 * Turns a method's arguments into a request.
 *
 * @throws BackendError `backend-invalid-request` for arguments that cannot be sent as what they are meant to be
 */
export function prepareRequest(operation: Operation, args: readonly unknown[]): PreparedRequest {
  const call = readArguments(operation, args);
  const path = toPath(operation, call.ids);
  const query = toQueryText(operation, call.values);
  return {
    operation,
    target: query === '' ? path : `${path}?${query}`,
    body: toBody(operation, call),
    machineSecretKey: call.machineSecretKey,
    options: call.options,
  };
}

function toPath(operation: Operation, ids: readonly unknown[]): string {
  const { literals, ids: names } = operation;
  let path = literals[0] ?? '';
  for (const [index, name] of names.entries()) {
    const segment = toPathSegment(ids[index]);
    if (segment === undefined)
      throw refusal(operation, `${name} must be a text that is neither empty nor a dot segment.`);
    path += segment + (literals[index + 1] ?? '');
  }
  return path;
}

function toQueryText(operation: Operation, values: Values): string {
  const isInQuery = (name: string) => operation.body === 'none' || operation.queryFields.includes(name);
  const result = toQuery(values, isInQuery);
  if ('refused' in result) {
    throw refusal(operation, `${result.refused} has no form in a query; give a text, a number, a boolean or a date.`);
  }
  if (operation.isPaginated) result.query.append('paginated', 'true');
  return result.query.toString();
}

function toBody(operation: Operation, { values, elements }: CallArguments): string | FormData | undefined {
  switch (operation.body) {
    case 'none':
      return undefined;
    case 'array':
      return toJson(operation, () => elements.map(toWire));
    case 'form':
      return toForm(toWireObject(values));
    case 'json':
      return toJson(operation, () => {
        const wire = toWireObject(values);
        for (const name of operation.queryFields) delete wire[name];
        return Object.keys(wire).length === 0 ? undefined : wire;
      });
  }
}

function toForm(values: Values): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value instanceof Blob ? value : String(value));
  return form;
}

function toJson(operation: Operation, toValue: () => unknown): string | undefined {
  try {
    return JSON.stringify(toValue());
  } catch (cause) {
    throw refusal(operation, 'the parameters have no form in JSON.', cause);
  }
}
