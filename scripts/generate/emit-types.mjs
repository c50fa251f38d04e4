import { toCamel, toPascal, toSnake } from './names.mjs';
import { COMPUTED, EITHER, MACHINE_RESOURCES, ONE_OR_MANY, SIGNATURES } from './rules.mjs';

const quote = (text) => `'${text}'`;
const union = (values) => values.map(quote).join(' | ');
const indent = (text, by = '  ') => text.replace(/^(?=.)/gm, by);

/** One line of documentation; nothing to say gives nothing. */
function doc(...sentences) {
  const text = sentences.filter(Boolean).map(toSentence).join(' ').replaceAll('*/', '* /');
  return text === '' ? '' : `/** ${text} */\n`;
}

const toSentence = (text) => {
  const isName = /^(?:sub|org_)\b/.test(text);
  return (isName ? text : toPascal(text)).replace(/(?<![.?!])$/, '.');
};

/** The resources in camelCase, as the client hands them out. */
export function emitResources({ schemas }) {
  const interfaces = Object.entries(schemas).map(([name, schema]) => {
    const isTagged = hasTag(schema, schemas);
    const members = [
      ...fieldsOf(schema).map(([field, type]) => member(toCamel(field), type, schema, toCamel, false)),
      ...Object.entries(COMPUTED[name] ?? {}).map(([property, [type, about]]) => `${doc(about)}${property}: ${type};`),
      ...(isTagged ? [`${doc('what the backend sent, not enumerable')}readonly raw: Wire.${name}JSON;`] : []),
    ];
    return interfaceOf(name, schema.extends, members);
  });
  return ["import type * as Wire from './wire.generated.ts';", ...interfaces, HANDSHAKE_PAYLOAD].join('\n\n');
}

const HANDSHAKE_PAYLOAD = `/** The cookies that a handshake asks for, as values of \`Set-Cookie\`. */
export interface HandshakePayload {
  directives: string[];
}`;

/** The resources as they travel. */
export function emitWire({ schemas }) {
  return Object.entries(schemas)
    .map(([name, schema]) => {
      const members = fieldsOf(schema).map(([field, type]) => member(field, type, schema, (key) => key, true));
      return interfaceOf(`${name}JSON`, schema.extends && `${schema.extends}JSON`, members);
    })
    .join('\n\n');
}

function interfaceOf(name, base, members) {
  const heritage = base === undefined ? '' : ` extends ${base}`;
  return `export interface ${name}${heritage} {\n${indent(members.join('\n'))}\n}`;
}

const hasTag = (schema, schemas) => {
  if (schema.fields.object !== undefined) return schema.fields.object.optional !== true;
  return schema.extends !== undefined && hasTag(schemas[schema.extends], schemas);
};

/** Fields that only later versions of the API send are declared, but may be absent. */
const fieldsOf = (schema) => [
  ...Object.entries(schema.fields),
  ...Object.entries(schema.clientFields ?? {}).map(([name, type]) => [name, { ...type, optional: true }]),
];

function member(name, type, schema, convert, isWire) {
  const isTag = name === 'object' && schema.objectType !== undefined;
  const tags = isTag ? [schema.objectType, ...(schema.otherObjectTypes ?? [])] : [];
  const text = isTag ? union(tags) : answerType(type, convert, isWire);
  return `${name}${type.optional ? '?' : ''}: ${text};`;
}

function answerType(type, convert, isWire) {
  const text = bareAnswerType(type, convert, isWire);
  return type.nullable && text !== 'unknown' ? `${text} | null` : text;
}

function bareAnswerType(type, convert, isWire) {
  if (type.ref !== undefined) return isWire ? `${type.ref}JSON` : type.ref;
  switch (type.kind) {
    case 'string':
      if (type.enum) return union(type.enum);
      return type.knownValues ? openUnion(type.knownValues) : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'any':
      return 'unknown';
    case 'map':
      return `Record<string, ${type.values ? answerType(type.values, convert, isWire) : 'unknown'}>`;
    case 'array':
      return arrayOf(
        answerType(type.knownValues ? { ...type.items, knownValues: type.knownValues } : type.items, convert, isWire),
      );
    case 'object':
      return `{ ${Object.entries(type.fields)
        .map(([name, field]) => `${convert(name)}${field.optional ? '?' : ''}: ${answerType(field, convert, isWire)}`)
        .join('; ')} }`;
    case 'oneOf':
      return type.options.map((option) => answerType(option, convert, isWire)).join(' | ');
    default:
      throw new Error(`No answer type for ${JSON.stringify(type)}`);
  }
}

/** Values known today complete in an editor; others are accepted. */
const openUnion = (values) => `${union(values)} | (string & {})`;
const arrayOf = (item) => (/[|&]/.test(item) ? `(${item})[]` : `${item}[]`);

/** What each method takes. */
export function emitParameters({ resources }) {
  const blocks = [];
  for (const operations of resources.values()) {
    for (const operation of operations) {
      if (!operation.hasParams) continue;
      blocks.push(paramsOf(operation));
      if (operation.hasWireParams) blocks.push(wireParamsOf(operation));
    }
  }
  return ["import type { OrderBy } from '../order-by.ts';", ...blocks].join('\n\n');
}

function paramsOf(operation) {
  const either = EITHER[operation.id];
  const ids = operation.idsInParams ? operation.ids.filter(({ name }) => !either?.includes(name)) : [];
  const members = ids.map(({ name, type }) => `${name}: ${idType(type)};`);
  const alternatives = either === undefined ? [] : [either.map((name) => [name, 'string'])];
  for (const parameter of operation.parameters) {
    const name = toCamel(toSnake(parameter.name));
    const alias = operation.aliases.find((candidate) => candidate.wire === parameter.name)?.client;
    if (alias !== undefined && parameter.required) {
      alternatives.push([name, alias].map((spelling) => [spelling, parameterType(parameter, operation)]));
      continue;
    }
    members.push(parameterMember(name, parameter, operation));
    if (alias !== undefined) {
      members.push(
        `${doc(`the ecosystem's spelling of \`${name}\``)}${alias}?: ${parameterType(parameter, operation)} | undefined;`,
      );
    }
  }
  if (MACHINE_RESOURCES.has(operation.resource)) {
    members.push(
      `${doc('the secret key of the machine, in place of the one the client was created with')}machineSecretKey?: string | undefined;`,
    );
  }
  const about = doc(`Parameters of \`${operation.resource}.${operation.method}\``);
  if (alternatives.length === 0) return `${about}${interfaceOf(operation.paramsName, undefined, members)}`;
  const rest = alternatives.map(([[one, type], [other]]) => {
    const only = (name, without) => `{ ${name}: ${type}; ${without}?: undefined }`;
    return ` & (${only(one, other)} | ${only(other, one)})`;
  });
  return `${about}export type ${operation.paramsName} = {\n${indent(members.join('\n'))}\n}${rest.join('')};`;
}

/** The ecosystem's spelling of `sessions.refreshSession`, in which every key keeps its wire name. */
function wireParamsOf(operation) {
  const members = operation.parameters.map((parameter) => parameterMember(parameter.name, parameter, operation));
  const about = doc(`Parameters of \`${operation.resource}.${operation.method}\` by their wire names`);
  return `${about}${interfaceOf(operation.paramsName.replace(/Params$/, 'WireParams'), undefined, members)}`;
}

function parameterMember(name, parameter, operation) {
  const type = parameterType(parameter, operation);
  const orNothing = type === 'unknown' ? type : `${type} | undefined`;
  const about = doc(
    ...(parameter.constraints ?? []).map(constraintText),
    limitsText(parameter.limits),
    defaultText(parameter.default),
  );
  const deprecated = parameter.deprecated ? `/** @deprecated ${parameter.deprecated} */\n` : '';
  return `${deprecated || about}${name}${parameter.required ? `: ${type}` : `?: ${orNothing}`};`;
}

/** Leaves out what the type already says and what speaks of another client. */
function constraintText(text) {
  if (/^client also lists|^RFC 3339|no further limit$/.test(text)) return '';
  return text
    .replace(/^client documents the range (\d+)-(\d+)$/, '$1 to $2')
    .replace(/, per the client$/, '')
    .replace(/^(seconds|cents|epoch milliseconds)\b/, 'in $1');
}

const defaultText = (value) =>
  value === undefined || value === '' ? '' : `Default: \`${JSON.stringify(value).replaceAll('"', '')}\``;

function limitsText(limits = {}) {
  const words = {
    min: 'at least',
    max: 'at most',
    minLength: 'at least characters',
    maxLength: 'at most characters',
    minItems: 'at least values',
    maxItems: 'at most values',
  };
  return Object.entries(limits)
    .filter(([name]) => name !== 'min' || limits.min !== 0)
    .map(([name, value]) => {
      const [at, most, unit = ''] = words[name].split(' ');
      return `${at} ${most} ${value} ${unit}`.trim();
    })
    .join(', ');
}

function idType(info) {
  return info?.enum ? union(info.enum) : 'string';
}

function parameterType(parameter, operation) {
  const type = bareParameterType(parameter.type, { ...parameter, isOpaque: operation.opaque.has(parameter.name) });
  const several = ONE_OR_MANY.has(`${operation.id}.${parameter.name}`) ? `${type} | readonly (${type})[]` : type;
  return parameter.nullable && several !== 'unknown' ? `${several} | null` : several;
}

function bareParameterType(type, { knownValues = type.knownValues, sortKeys, isOpaque = false } = {}) {
  switch (type.kind) {
    case 'string':
      if (sortKeys) return `OrderBy<${union(sortKeys)}>`;
      if (type.enum?.join() === 'true,false') return "boolean | 'true' | 'false'";
      if (type.enum) return union(type.enum);
      if (type.format === 'date-time') return 'Date | string';
      return knownValues ? openUnion(knownValues) : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'any':
      return 'unknown';
    case 'file':
      return 'Blob';
    case 'map':
      return `Record<string, ${type.values ? bareParameterType(type.values) : 'unknown'}>`;
    case 'array':
      return `readonly ${arrayOf(bareParameterType(type.items, { knownValues: knownValues ?? type.items.knownValues }))}`;
    case 'object': {
      const members = Object.entries(type.fields).map(([name, field]) => {
        const text = bareParameterType(field) + (field.nullable ? ' | null' : '');
        return `${toCamel(name)}${field.required ? `: ${text}` : `?: ${text} | undefined`}`;
      });
      return `{ ${[...members, isOpaque ? '[key: string]: unknown' : []].flat().join('; ')} }`;
    }
    default:
      throw new Error(`No parameter type for ${JSON.stringify(type)}`);
  }
}

/** The interface of each resource, and of the client. */
export function emitClient({ resources, schemas }) {
  const parameters = new Set();
  const answers = new Set();
  const interfaces = [...resources].map(([resource, operations]) => {
    const methods = operations.flatMap((operation) => {
      if (operation.hasParams) parameters.add(operation.paramsName);
      if (operation.hasWireParams) parameters.add(operation.paramsName.replace(/Params$/, 'WireParams'));
      const returns = resultType(operation, schemas, answers);
      // Properties, since the methods need no `this`: they may be passed on as they are.
      const signature = `: ${signatureOf(operation)} => Promise<${returns}>;`;
      const request = `\`${operation.http} /v1${operation.path}\``;
      const own = operation.deprecated
        ? `/**\n * ${operation.summary} ${request}\n *\n * @deprecated The Backend API means to drop it.\n */\nreadonly ${operation.method}${signature}`
        : `/** ${operation.summary} ${request} */\nreadonly ${operation.method}${signature}`;
      return [
        own,
        ...operation.aliasMethods.map(
          (alias) => `/** @deprecated Call \`${operation.method}\`. */\nreadonly ${alias}${signature}`,
        ),
      ];
    });
    return `export interface ${toPascal(resource)}Api {\n${indent(methods.join('\n\n'))}\n}`;
  });
  const members = [...resources.keys()].map((resource) => `readonly ${resource}: ${toPascal(resource)}Api;`);
  return [
    importTypes([...parameters], './parameters.generated.ts'),
    importTypes([...answers], './resources.generated.ts'),
    "import type { Page } from '../page.ts';\nimport type { RequestOptions } from '../request-options.ts';",
    ...interfaces,
    `/** Every operation of the Backend API, by resource. */\n${interfaceOf('BackendClient', undefined, members)}`,
  ].join('\n\n');
}

const importTypes = (names, from) =>
  `import type {\n${names
    .sort()
    .map((name) => `  ${name},`)
    .join('\n')}\n} from '${from}';`;

function signatureOf(operation) {
  if (SIGNATURES[operation.id] !== undefined) return SIGNATURES[operation.id];
  const ids = operation.idsInParams ? [] : operation.ids.map(({ name, type }) => `${name}: ${idType(type)}`);
  const fields = operation.positional.map((field) => {
    const name = toCamel(field.name);
    return `${name}${operation.isOptionalArgument(name) ? '?' : ''}: ${parameterType(field, operation)}`;
  });
  return `(${[...ids, ...fields, paramsArgument(operation), 'options?: RequestOptions'].flat().join(', ')})`;
}

function paramsArgument(operation) {
  if (!operation.hasParams) return [];
  if (operation.isArrayBody) return `params: readonly ${operation.paramsName}[]`;
  const isRequired = operation.idsInParams || operation.parameters.some((parameter) => parameter.required);
  const wire = operation.hasWireParams ? ` | ${operation.paramsName.replace(/Params$/, 'WireParams')}` : '';
  return `params${isRequired ? '' : '?'}: ${operation.paramsName}${wire}`;
}

function resultType({ id, returns }, schemas, answers) {
  const note = (type) => {
    for (const [name] of type.matchAll(/\b[A-Z]\w+/g)) if (schemas[name] !== undefined) answers.add(name);
    return type;
  };
  if (id === 'clients.getHandshakePayload') {
    answers.add('HandshakePayload');
    return 'HandshakePayload';
  }
  if (returns.ref === 'TotalCount') return 'number';
  if (returns.kind === 'none') return 'void';
  if (returns.kind === 'text') return 'string';
  if (returns.kind === 'list') return note(`Page<${answerType(returns.items, toCamel, false)}>`);
  return note(answerType(returns, toCamel, false));
}
