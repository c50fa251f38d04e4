import { toCamel, toPascal, toSnake } from './names.mjs';
import {
  EXTRA_OPERATIONS,
  IDS_IN_PARAMS,
  MACHINE_RESOURCES,
  PATH_NAMES,
  POSITIONAL_FIELDS,
  PUBLIC,
  VERBATIM,
} from './rules.mjs';

/** Answers a bare array; the client adds the total from a second request. */
const USER_LIST = 'users.getUserList';

/**
 * Reads the contract into what the emitters need.
 *
 * @returns resources in the order of their names, each with its methods in theirs
 */
export function readModel(contract, summaries) {
  assertNamesConvert(contract);
  const operations = [...contract.operations, ...EXTRA_OPERATIONS].map((operation) =>
    readOperation(operation, summaries, contract),
  );
  assertSameNames(
    operations.map((operation) => operation.id),
    Object.keys(summaries),
  );
  nameParameters(operations);

  const resources = new Map();
  for (const operation of operations.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!resources.has(operation.resource)) resources.set(operation.resource, []);
    resources.get(operation.resource).push(operation);
  }
  return { resources, schemas: contract.schemas };
}

function readOperation(operation, summaries, contract) {
  const { id, sdk } = operation;
  const [resource, method] = id.split('.');
  const extra = (sdk?.extraParams ?? []).filter((parameter) => !/[.[]/.test(parameter.name));
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE';
  const declared = [...operation.query, ...operation.body, ...extra].filter(
    (parameter) => !hasModernTwin(parameter, operation),
  );
  const positional = POSITIONAL_FIELDS[id] ?? positionalFields(sdk);
  const ids = PATH_NAMES[id] ?? operation.pathParams.map((name, index) => argumentName(name, sdk?.pathArgs?.[index]));
  const idsInParams = ids.length > 0 && (sdk === null ? IDS_IN_PARAMS.has(id) : sdk.argStyle === 'all-in-params');
  const paginated = operation.returns.whenPaginated !== undefined;
  // Methods with arguments of their own take nothing else: what would be left is deprecated.
  const parameters = (positional.length > 0 ? [] : declared)
    .filter((parameter) => !(paginated && parameter.name === 'paginated'))
    .map((parameter) => withNested(parameter, sdk?.extraParams ?? []))
    .sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
  const aliases = contract.sdkNaming.requestExceptions.filter((exception) => exception.id === id);

  return {
    id,
    resource,
    method,
    http: operation.method,
    path: templateOf(operation, ids),
    ids: ids.map((name, index) => ({ name, type: operation.pathParamInfo?.[operation.pathParams[index]] })),
    idsInParams,
    positional: positional.map((name) => declared.find((parameter) => parameter.name === name)),
    isOptionalArgument: (name) => sdk?.signature.includes(`${name}?`) ?? false,
    parameters,
    opaque: new Set(contract.opaqueMaps),
    hasParams: parameters.length > 0 || idsInParams,
    isArrayBody: operation.bodyKind === 'json-array',
    aliases: aliases.filter((alias) => alias.wire !== '*'),
    hasWireParams: aliases.some((alias) => alias.wire === '*'),
    returns:
      id === USER_LIST
        ? { kind: 'list', items: { ref: 'User' } }
        : paginated
          ? operation.returns.whenPaginated
          : operation.returns.shape,
    summary: summaries[id],
    deprecated: operation.deprecated === true || contract.sdkResources.deprecated.includes(resource),
    aliasMethods: (sdk?.aliases ?? []).map((alias) => alias.split('.')[1]),
    words: [
      positional.map((name) => `field:${toCamel(name)}`),
      idsInParams ? 'all' : parameters.length > 0 ? 'params' : [],
      operation.bodyKind === 'json-array' ? 'body:array' : operation.bodyKind === 'multipart' ? 'body:form' : [],
      inQuery ? [] : [...operation.query, ...extra].filter((p) => p.in === 'query').map((p) => `query:${p.name}`),
      paginated ? 'paginated' : [],
      answerWord(operation, paginated),
      MACHINE_RESOURCES.has(resource) ? 'machine' : PUBLIC.has(id) ? 'public' : [],
      operation.body.some((parameter) => parameter.name === 'idempotency_key') ? 'repeatable' : [],
      operation.once ? 'once' : [],
    ].flat(),
  };
}

/** How the answer is read; nothing for a single resource. */
function answerWord(operation, paginated) {
  const shape = paginated ? operation.returns.whenPaginated : operation.returns.shape;
  if (shape.kind === 'list') return shape.itemsKey === undefined ? 'list' : `list:${shape.itemsKey}`;
  if (shape.kind === 'array') return 'items';
  if (shape.ref === 'TotalCount') return 'count';
  if (shape.kind === 'text' || shape.kind === 'none') return shape.kind;
  return VERBATIM.has(operation.id) ? 'verbatim' : [];
}

function positionalFields(sdk) {
  return Object.values(sdk?.positionalFields ?? {}).map((place) => place.replace(/^body\./, ''));
}

/** `frontendApi` is the older spelling of `frontend_api`, and the two would share one name in camelCase. */
function hasModernTwin(parameter, operation) {
  const twin = toSnake(parameter.name);
  return twin !== parameter.name && operation.query.some((other) => other.name === twin);
}

function argumentName(wireName, sdkName) {
  const name = sdkName?.replace(/^params\./, '').replace(/ or .*/, '');
  return name === undefined ? toCamel(toSnake(wireName)) : name;
}

function templateOf(operation, ids) {
  return ids.reduce(
    (path, name, index) => path.replace(`{${operation.pathParams[index]}}`, `{${name}}`),
    operation.path,
  );
}

/** Adds what the contract writes as `saml.login_hint` or `custom_attributes[].multi_valued` inside its parameter. */
function withNested(parameter, extraParams) {
  const nested = extraParams.filter(
    (extra) => extra.name.startsWith(`${parameter.name}.`) || extra.name.startsWith(`${parameter.name}[]`),
  );
  if (nested.length === 0) return parameter;
  const copy = structuredClone(parameter);
  for (const extra of nested) {
    const holder = extra.name.includes('[]') ? copy.type.items : copy.type;
    holder.fields[extra.name.split('.').at(-1)] = extra.type;
  }
  return copy;
}

/** `CreateUserParams` where the method's name says it all, `ApiKeysCreateParams` where others share it. */
function nameParameters(operations) {
  const uses = new Map();
  for (const { method } of operations) uses.set(method, (uses.get(method) ?? 0) + 1);
  for (const operation of operations) {
    const isOwn = uses.get(operation.method) === 1 && /[a-z][A-Z]/.test(operation.method);
    const owner = isOwn ? '' : toPascal(operation.resource);
    operation.paramsName = `${owner}${toPascal(operation.method)}Params`;
  }
}

/** Case conversion must be reversible for every declared name, and what is opaque must be recognisable by its name. */
function assertNamesConvert(contract) {
  const opaque = new Set(contract.opaqueMaps);
  const visit = (name, type) => {
    if (name !== 'frontendApi' && toSnake(toCamel(name)) !== name)
      throw new Error(`${name} does not survive case conversion`);
    if (type.opaque === true && !opaque.has(name)) throw new Error(`${name} is opaque, but missing from opaqueMaps`);
    for (const [inner, innerType] of Object.entries(type.fields ?? type.items?.fields ?? {})) visit(inner, innerType);
  };
  for (const schema of Object.values(contract.schemas)) {
    for (const [name, type] of Object.entries({ ...schema.fields, ...schema.clientFields })) visit(name, type);
  }
  for (const operation of contract.operations) {
    for (const parameter of [...operation.query, ...operation.body]) visit(parameter.name, parameter.type);
  }
}

function assertSameNames(operations, summaries) {
  const missing = operations.filter((id) => !summaries.includes(id));
  const unknown = summaries.filter((id) => !operations.includes(id));
  if (missing.length + unknown.length > 0) {
    throw new Error(`summaries.json: missing ${missing.join(', ') || 'none'}; unknown ${unknown.join(', ') || 'none'}`);
  }
}
