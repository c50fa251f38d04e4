import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AdapterAuthenticator,
  AuthenticatorCache,
  guard,
  isPreflight,
  type RequestState,
  type RequestView,
  type ResponsePatch,
  settleState,
  viewIncomingMessage,
} from '@keystile/core/adapter';
import { verifyWebhook } from '@keystile/core/webhooks';
import {
  describeAuth,
  GUARDS,
  type GuardName,
  OWN_CACHE_CONTROL,
  OWN_COOKIE,
  ROUTES,
  readSelection,
} from '../application.ts';
import type { ApplicationSetup, Harness } from '../harness.ts';

/** A request that has been authenticated. */
interface Call {
  readonly authenticator: AdapterAuthenticator;
  readonly view: RequestView;
  readonly state: RequestState;
}

/** The least that an adapter for Node's own server has to be. */
function createListener({ options, tenants, webhookSecret }: ApplicationSetup) {
  const authenticators = new AuthenticatorCache();

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const view = viewIncomingMessage(req);
    const path = view.target.split('?', 1)[0] ?? '';
    if (path === ROUTES.webhooks) return receiveWebhook(req, res, webhookSecret);
    if (path === ROUTES.unprotected) throw new Error('Nobody has been authenticated here.');
    const chosen = tenants === undefined ? options : tenants[String(req.headers['x-tenant'])];
    if (chosen === undefined) throw new Error('No such tenant.');

    const authenticator = authenticators.get({ ...chosen, logger: SILENT }, process.env);
    const state = await authenticator.authenticateView(view, 'any');
    if (apply(res, state.patch)) return;
    const call = { authenticator, view, state };
    if (path.startsWith(`${ROUTES.guarded}/`)) return serveGuarded(path.split('/')[2] as GuardName, call, res);
    return serveOpen(path, call, req, res);
  };
}

const SILENT = { warn() {} };

async function serveGuarded(name: GuardName, { authenticator, view, state }: Call, res: ServerResponse): Promise<void> {
  const demands = GUARDS[name];
  if (demands === undefined || isPreflight(view)) return end(res, 404);
  const settled = await settleState(state, demands.acceptsToken);
  const verdict = guard(settled, view, demands, authenticator.instance);
  if (!apply(res, verdict.patch) && verdict.allowed) json(res, describeAuth(verdict.auth));
}

async function serveOpen(path: string, call: Call, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { authenticator, state, view } = call;
  switch (path) {
    case ROUTES.auth:
    case ROUTES.mounted: {
      const auth = state.toAuth(readSelection(view.target));
      return auth === null ? end(res, 500) : json(res, describeAuth(auth));
    }
    case ROUTES.body: {
      const auth = state.toAuth({});
      const userId = auth !== null && 'userId' in auth ? auth.userId : null;
      return json(res, { userId, text: await readText(req) });
    }
    case ROUTES.cookies:
      res.appendHeader('set-cookie', OWN_COOKIE);
      if (state.patch.append.length === 0) res.setHeader('cache-control', OWN_CACHE_CONTROL);
      return end(res, 200, 'page');
    case ROUTES.backend:
      return json(res, { hasBackend: typeof authenticator.backend.users.getUser === 'function' });
    case ROUTES.fail:
      throw new Error('The handler failed.');
    default:
      return end(res, 404);
  }
}

async function receiveWebhook(req: IncomingMessage, res: ServerResponse, signingSecret: string): Promise<void> {
  try {
    const { type } = await verifyWebhook({ body: await readText(req), headers: req.headers }, { signingSecret });
    json(res, { type });
  } catch (error) {
    end(res, (error as { status: number }).status);
  }
}

function apply(res: ServerResponse, { set, append, vary, answer }: ResponsePatch): boolean {
  for (const [name, value] of set) res.setHeader(name, value);
  for (const [name, value] of append) res.appendHeader(name, value);
  if (vary.length > 0) res.setHeader('vary', vary.join(', '));
  if (answer !== undefined) end(res, answer.status, answer.body ?? undefined);
  return answer !== undefined;
}

async function readText(req: IncomingMessage): Promise<string> {
  req.setEncoding('utf8');
  let text = '';
  for await (const chunk of req) text += chunk;
  return text;
}

function json(res: ServerResponse, value: unknown): void {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(value));
}

function end(res: ServerResponse, status: number, body?: string): void {
  res.statusCode = status;
  res.end(body);
}

export const coreHarness: Harness = {
  name: 'core on node:http',
  exceptions: {
    E3: 'Node hands these targets to the application as they are; the adapters for it refuse them',
  },
  async start(setup) {
    const listener = createListener(setup);
    const server = createServer((req, res) => {
      listener(req, res).catch(() => end(res, 500));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async close() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
};
