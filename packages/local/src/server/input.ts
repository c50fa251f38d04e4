import { ApiError, type ApiErrorEntry, badRequest } from '../api-error.ts';
import type { Field, FieldType, Limits, Operation } from '../contract/operation.ts';

/** How deep the members of user data may nest; deeper would exhaust the stack of whoever reads it back. */
const deepestData = 64;

/** The range that every list's `limit` keeps to. */
const pageLimits: Limits = { min: 1, max: 500 };

/** Reads the query of an operation: types, defaults, bounds and sort keys as the contract has them. Unknown parameters are ignored. */
export function readQuery(operation: Operation, url: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const start = url.indexOf('?');
  const params = start === -1 ? undefined : new URLSearchParams(url.slice(start));
  const errors: ApiErrorEntry[] = [];
  for (const field of operation.query) {
    const given = params?.getAll(field.name) ?? [];
    const [first] = given;
    if (first === undefined) {
      settleMissing(field, values, errors);
      continue;
    }
    const raw = field.type.kind === 'array' ? given : fromText(first, field.type);
    check(
      raw,
      field.name === 'limit' && field.type.kind !== 'string' ? { ...field, limits: pageLimits } : field,
      field.name,
      errors,
    );
    if (field.sortKeys !== undefined && !field.sortKeys.includes(first.replace(/^[+\s-]/, ''))) {
      errors.push(
        entry('form_param_invalid', field.name, `must be one of ${field.sortKeys.join(', ')}, with + or - before it`),
      );
    }
    values[field.name] = raw;
  }
  if (errors.length > 0) throw new ApiError(422, errors);
  return values;
}

/** Checks the parsed JSON of a request body against the contract and fills in the defaults. Unknown members are refused. */
export function readBody(operation: Operation, json: unknown): unknown {
  const errors: ApiErrorEntry[] = [];
  let result: unknown;
  if (operation.bodyKind === 'json-array') {
    if (!Array.isArray(json)) throw badRequest('request_body_invalid', 'The request body must be a JSON array.');
    result = json.map((element, index) => readMembers(operation.body, element, `[${index}].`, errors));
  } else {
    result = readMembers(operation.body, json, '', errors);
  }
  if (errors.length > 0) throw new ApiError(422, errors);
  return result;
}

function readMembers(
  fields: readonly Field[],
  json: unknown,
  prefix: string,
  errors: ApiErrorEntry[],
): Record<string, unknown> {
  if (!isObject(json)) throw badRequest('request_body_invalid', 'The request body must be a JSON object.');
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = json[field.name];
    if (value === undefined) settleMissing(field, values, errors, prefix);
    else {
      check(value, field, prefix + field.name, errors);
      values[field.name] = value;
    }
  }
  for (const name of Object.keys(json)) {
    if (!fields.some((field) => field.name === name)) {
      errors.push(entry('form_param_unknown', prefix + name, 'is not a valid parameter for this request'));
    }
  }
  return values;
}

function settleMissing(field: Field, values: Record<string, unknown>, errors: ApiErrorEntry[], prefix = ''): void {
  if (field.required) errors.push(entry('form_param_missing', prefix + field.name, 'must be included'));
  else if (field.default !== undefined) values[field.name] = field.default;
}

/** Text of a query becomes what its type says; what cannot stays text and fails the check. */
function fromText(text: string, type: FieldType): unknown {
  if (type.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type.kind === 'integer' || type.kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return text;
}

function check(value: unknown, field: Field, name: string, errors: ApiErrorEntry[]): void {
  if (value === null) {
    if (!field.nullable) errors.push(entry('form_param_nil', name, "can't be null"));
    return;
  }
  const wrong = typeFault(value, field.type);
  if (wrong !== undefined) {
    errors.push(entry(field.type.enum === undefined ? 'form_param_format_invalid' : 'form_param_invalid', name, wrong));
    return;
  }
  if (field.required && value === '') {
    errors.push(entry('form_param_nil', name, "can't be blank"));
    return;
  }
  if (field.limits !== undefined) checkLimits(value, field.limits, name, errors);
  if (field.type.kind === 'object' && field.type.fields !== undefined)
    checkNested(value as Record<string, unknown>, field.type, name, errors);
  if (field.type.kind === 'array' && field.type.items?.fields !== undefined) {
    const items = field.type.items;
    (value as Record<string, unknown>[]).forEach((item, index) => {
      checkNested(item, items, `${name}[${index}]`, errors);
    });
  }
}

function checkNested(value: Record<string, unknown>, type: FieldType, name: string, errors: ApiErrorEntry[]): void {
  for (const field of type.fields ?? []) {
    const member = value[field.name];
    if (member !== undefined) check(member, field, `${name}.${field.name}`, errors);
    else if (field.required) errors.push(entry('form_param_missing', `${name}.${field.name}`, 'must be included'));
  }
}

/** What is wrong with a value's type, or undefined. */
function typeFault(value: unknown, type: FieldType): string | undefined {
  switch (type.kind) {
    case 'string': {
      if (typeof value !== 'string') return 'must be a string';
      // Neither survives storage in both engines.
      if (value.includes('\0') || /\p{Surrogate}/u.test(value)) return 'must be well-formed text without NUL';
      if (type.enum !== undefined && !type.enum.includes(value))
        return `must be one of ${type.enum.filter(Boolean).join(', ')}`;
      if (type.format === 'date-time' && !isRfc3339(value)) return 'must be an RFC 3339 timestamp';
      return undefined;
    }
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'must be an integer';
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'array': {
      if (!Array.isArray(value)) return 'must be an array';
      for (const item of value) {
        const fault = type.items === undefined ? undefined : typeFault(item, type.items);
        if (fault !== undefined) return `has an element that ${fault}`;
      }
      return undefined;
    }
    case 'map':
    case 'object':
      if (!isObject(value)) return 'must be an object';
      return type.opaque ? depthFault(value) : undefined;
    case 'any':
      return depthFault(value);
    case 'file':
      return value instanceof File ? undefined : 'must be a file';
  }
}

function checkLimits(value: unknown, limits: Limits, name: string, errors: ApiErrorEntry[]): void {
  const { min, max, minLength, maxLength, minItems, maxItems } = limits;
  if (typeof value === 'number') {
    if (min !== undefined && value < min) errors.push(entry('form_param_invalid', name, `must be at least ${min}`));
    if (max !== undefined && value > max) errors.push(entry('form_param_invalid', name, `must be at most ${max}`));
  } else if (typeof value === 'string') {
    if (minLength !== undefined && value.length < minLength)
      errors.push(entry('form_param_min_length_not_met', name, `must have at least ${minLength} characters`));
    if (maxLength !== undefined && value.length > maxLength) {
      errors.push(entry('form_param_max_length_exceeded', name, `must have at most ${maxLength} characters`));
    }
  } else if (Array.isArray(value)) {
    if (minItems !== undefined && value.length < minItems)
      errors.push(entry('form_param_invalid', name, `must have at least ${minItems} elements`));
    if (maxItems !== undefined && value.length > maxItems)
      errors.push(entry('form_param_invalid', name, `must have at most ${maxItems} elements`));
  }
}

function depthFault(value: unknown, depth = 0): string | undefined {
  if (depth > deepestData) return `must not nest deeper than ${deepestData} levels`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const fault = depthFault(member, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRfc3339 = (text: string) =>
  /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

function entry(code: string, param: string, why: string): ApiErrorEntry {
  return { code, message: why, long_message: `${param} ${why}.`, meta: { param_name: param } };
}
