import { Hono, type Context as HonoContext } from 'hono';
import { badRequest } from '../api-error.ts';
import { type Handler, type Handlers, type Input, needsNoTransaction } from '../backend-api/handler.ts';
import type { Context } from '../context.ts';
import type { Operation, OperationId } from '../contract/operation.ts';
import { takeHandshakePayload } from '../issuing/handshake-payload.ts';
import { authenticate } from './authenticate.ts';
import { readBody, readQuery } from './input.ts';
import { JsonAnswer } from './json-answer.ts';

type AnyHandler = Handler<OperationId>;

/** Groups that older clients call without the version segment (protocol section 13). */
const unversionedGroups = new Set(['api_keys', 'm2m_tokens']);
const unversionedOperations = new Set<string>(['idPOAuthAccessToken.verify']);

/**
 * Routes the operations of a contract to their handlers: who calls, the input checked, one transaction where something may
 * be written, and the answer in the contract's shape.
 */
export function createBackendApi(context: Context, operations: readonly Operation[], handlers: Handlers): Hono {
  const app = new Hono();
  // What the document lacks and authentication needs (protocol section 8.3). Before the operations: `/clients/{client_id}` would take it.
  app.get('/v1/clients/handshake_payload', async (c) => {
    await authenticate(context, 'clients', c.req.header('authorization'));
    return c.json({ directives: await takeHandshakePayload(context, c.req.query('nonce') ?? '') });
  });
  for (const operation of operations) {
    const route = createRoute(context, operation, handlers[operation.id] as AnyHandler);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(operation.method, `/v1${path}`, route);
    if (unversionedGroups.has(operation.group) || unversionedOperations.has(operation.id))
      app.on(operation.method, path, route);
  }
  return app;
}

function createRoute(context: Context, operation: Operation, handler: AnyHandler) {
  const writes = operation.method !== 'GET' && !needsNoTransaction(handler);
  return async (c: HonoContext): Promise<Response> => {
    const caller = await authenticate(context, operation.group, c.req.header('authorization'));
    const input = {
      path: readPath(operation, c),
      query: readQuery(operation, c.req.url),
      body: operation.bodyKind === 'none' ? undefined : readBody(operation, await parseBody(operation, c)),
      caller,
    } as Input<OperationId>;
    const result = writes
      ? await context.transaction(async (inner) => handler(inner, input))
      : await handler(context, input);
    return write(c, operation, input, result);
  };
}

function readPath(operation: Operation, c: HonoContext): Record<string, string> {
  const values = c.req.param() as Record<string, string>;
  for (const [name, allowed] of Object.entries(operation.pathEnums ?? {})) {
    if (!allowed.includes(values[name] ?? '')) {
      throw badRequest('form_param_invalid', `${name} must be one of ${allowed.join(', ')}`, name);
    }
  }
  return values;
}

async function parseBody(operation: Operation, c: HonoContext): Promise<unknown> {
  if (operation.bodyKind === 'multipart') {
    try {
      return Object.fromEntries(await c.req.formData());
    } catch {
      throw badRequest('request_body_invalid', 'The request body must be multipart/form-data.');
    }
  }
  const text = await c.req.text();
  if (text === '') return operation.bodyKind === 'json-array' ? [] : {};
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('request_body_invalid', 'The request body is not valid JSON.');
  }
}

function write(c: HonoContext, operation: Operation, input: Input<OperationId>, result: unknown): Response {
  if (operation.status === 204 || operation.status === 202) return c.body(null, operation.status);
  if (typeof result === 'string') return c.html(result);
  const isBare = operation.bareUnlessPaginated && (input.query as { paginated?: boolean }).paginated !== true;
  return new JsonAnswer(isBare ? (result as { data: object[] }).data : result, operation.status);
}
