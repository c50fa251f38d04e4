import type { Schema, Shape } from './contract.ts';

type Schemas = Readonly<Record<string, Schema>>;

/**
 * Compares a value with its declared shape, both ways: what is declared must be there, what is there must be declared.
 *
 * @returns a line for each difference, beginning with where it is; none if there are none
 */
export function findDifferences(value: unknown, shape: Shape, schemas: Schemas, at = '$'): string[] {
  if (value === null) return shape.nullable || shape.kind === 'any' ? [] : [`${at}: null, but not declared nullable`];
  if (shape.ref !== undefined) return compareWithSchema(value, shape.ref, schemas, at);
  switch (shape.kind) {
    case 'any':
      return [];
    case 'string':
      return compareText(value, shape, at);
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at}: ${describe(value)} in place of an integer`];
    case 'number':
      return typeof value === 'number' ? [] : [`${at}: ${describe(value)} in place of a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: ${describe(value)} in place of a boolean`];
    case 'text':
      return typeof value === 'string' ? [] : [`${at}: ${describe(value)} in place of a text`];
    case 'none':
      return value === undefined || value === '' ? [] : [`${at}: ${describe(value)} where nothing is declared`];
    case 'map':
      return compareMap(value, shape, schemas, at);
    case 'object':
      return compareFields(value, shape.fields ?? {}, schemas, at);
    case 'array':
      return compareItems(value, shape.items, schemas, at);
    case 'list':
      return compareFields(
        value,
        { [shape.itemsKey ?? 'data']: { kind: 'array', ...items(shape) }, total_count: { kind: 'integer' } },
        schemas,
        at,
      );
    case 'oneOf':
      return compareOptions(value, shape.options ?? [], schemas, at);
    default:
      throw new Error(`${at}: the contract has no kind ${shape.kind}`);
  }
}

const items = (shape: Shape): { items: Shape } => ({ items: shape.items ?? { kind: 'any' } });

function compareText(value: unknown, shape: Shape, at: string): string[] {
  if (typeof value !== 'string') return [`${at}: ${describe(value)} in place of a string`];
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return [`${at}: ${describe(value)} is none of ${shape.enum.join(', ')}`];
  if (shape.format?.startsWith('date') && Number.isNaN(Date.parse(value)))
    return [`${at}: ${describe(value)} in place of a date`];
  return [];
}

function compareMap(value: unknown, shape: Shape, schemas: Schemas, at: string): string[] {
  if (!isObject(value)) return [`${at}: ${describe(value)} in place of an object`];
  const { values } = shape;
  if (values === undefined) return [];
  return Object.entries(value).flatMap(([name, member]) => findDifferences(member, values, schemas, `${at}.${name}`));
}

function compareItems(value: unknown, shape: Shape | undefined, schemas: Schemas, at: string): string[] {
  if (!Array.isArray(value)) return [`${at}: ${describe(value)} in place of an array`];
  return value.flatMap((item, index) => findDifferences(item, shape ?? { kind: 'any' }, schemas, `${at}[${index}]`));
}

function compareOptions(value: unknown, options: readonly Shape[], schemas: Schemas, at: string): string[] {
  const found = options.map((option) => findDifferences(value, option, schemas, at));
  return found.some((differences) => differences.length === 0) ? [] : (found[0] ?? []);
}

function compareWithSchema(value: unknown, name: string, schemas: Schemas, at: string): string[] {
  const schema = schemas[name];
  if (schema === undefined) throw new Error(`${at}: the contract has no schema ${name}`);
  const found = compareFields(value, fieldsOf(schema, schemas), schemas, at);
  const tag = isObject(value) ? value.object : undefined;
  const tags = schema.objectType === undefined ? [] : [schema.objectType, ...(schema.otherObjectTypes ?? [])];
  if (tags.length > 0 && typeof tag === 'string' && !tags.includes(tag))
    found.push(`${at}.object: ${describe(tag)} in place of ${tags.join(' or ')}`);
  return found;
}

function fieldsOf(schema: Schema, schemas: Schemas): Record<string, Shape> {
  const base = schema.extends === undefined ? undefined : schemas[schema.extends];
  const later = Object.entries(schema.clientFields ?? {}).map(([name, shape]) => [name, { ...shape, optional: true }]);
  return { ...(base && fieldsOf(base, schemas)), ...Object.fromEntries(later), ...schema.fields };
}

function compareFields(
  value: unknown,
  fields: Readonly<Record<string, Shape>>,
  schemas: Schemas,
  at: string,
): string[] {
  if (!isObject(value)) return [`${at}: ${describe(value)} in place of an object`];
  const undeclared = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  return [
    ...undeclared.map((name) => `${at}.${name}: not declared`),
    ...Object.entries(fields).flatMap(([name, field]) => {
      if (Object.hasOwn(value, name)) return findDifferences(value[name], field, schemas, `${at}.${name}`);
      return field.optional ? [] : [`${at}.${name}: missing`];
    }),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const describe = (value: unknown): string =>
  typeof value === 'object' ? (Array.isArray(value) ? 'an array' : 'an object') : (JSON.stringify(value) ?? 'nothing');
