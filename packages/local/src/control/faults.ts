import { setTimeout as wait } from 'node:timers/promises';
import type { Context as HonoContext } from 'hono';
import type { Operation, OperationId } from '../contract/operation.ts';
import { operations } from '../contract/operations.generated.ts';
import { LocalBackendError } from '../errors.ts';
import { assertFault } from './assert-fault.ts';
import { seededRandom } from './seeded-random.ts';

/** What goes wrong. */
export interface Fault {
  /** Path, in which `*` stands for anything: `/v1/users/*`. All paths when absent. */
  readonly path?: string | undefined;
  /** An operation of the Backend API, in place of its path and method. */
  readonly operation?: OperationId | undefined;
  readonly method?: string | undefined;
  /** Between 0 and 1; 1 by default. */
  readonly probability?: number | undefined;
  /** How often it happens before it is over; for ever when absent. */
  readonly times?: number | undefined;
  /** Milliseconds of real time to wait first. */
  readonly latencyInMs?: number | undefined;
  /**
   * What happens then: an answer of this status; no answer at all; the connection is cut, before or amid the answer. When
   * absent, the request goes its way.
   */
  readonly answer?:
    | { readonly status: number; readonly retryAfterSeconds?: number | undefined }
    | 'hang'
    | 'reset'
    | 'truncate'
    | undefined;
}

/** Faults that a test has a backend commit. */
export interface Faults {
  /**
   * The answer takes the fault off again.
   *
   * @throws {LocalBackendError} `option-invalid`, naming the member that is wrong.
   */
  add(fault: Fault): () => void;
  list(): readonly Fault[];
  clear(): void;
  /** Begins the sequence of chances anew: with the same seed, faults of a probability hit the same requests. It begins with 0. */
  seed(seed: number): void;
}

interface Armed {
  readonly fault: Fault;
  readonly matches: (method: string, path: string) => boolean;
  left: number;
}

/** Commits faults. Answers with the answer that takes the place of the real one, or undefined when the request goes its way. */
export type CommitFault = (
  c: HonoContext,
  path: string,
  proceed: () => Promise<Response>,
) => Promise<Response | undefined>;

/** @param signal Ends what hangs. */
export function createFaults(signal: AbortSignal): Faults & { commit: CommitFault } {
  const armed = new Set<Armed>();
  let random = seededRandom(0);
  return {
    add(fault) {
      assertFault(fault);
      const entry = { fault, matches: toMatcher(fault), left: fault.times ?? Number.POSITIVE_INFINITY };
      armed.add(entry);
      return () => armed.delete(entry);
    },
    list: () => [...armed].map(({ fault }) => fault),
    clear: () => armed.clear(),
    seed(seed) {
      random = seededRandom(seed);
    },
    async commit(c, path, proceed) {
      for (const entry of armed) {
        const { fault, matches } = entry;
        if (!matches(c.req.method, path)) continue;
        if (random() >= (fault.probability ?? 1)) continue;
        entry.left -= 1;
        if (entry.left <= 0) armed.delete(entry);
        if (fault.latencyInMs !== undefined) await wait(fault.latencyInMs, undefined, { signal }).catch(() => {});
        if (fault.answer !== undefined) return fail(c, fault.answer, proceed, signal);
      }
      return undefined;
    },
  };
}

async function fail(
  c: HonoContext,
  answer: NonNullable<Fault['answer']>,
  proceed: () => Promise<Response>,
  signal: AbortSignal,
): Promise<Response> {
  switch (answer) {
    case 'hang':
      // Until the backend closes: that is what a client has to bear.
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return cut(c);
    case 'reset':
      return cut(c);
    case 'truncate':
      return truncate(c, await proceed());
    default: {
      const { status, retryAfterSeconds } = answer;
      const code = status === 429 ? 'rate_limit_exceeded' : 'internal_error';
      return new Response(JSON.stringify({ errors: [{ code, message: 'A fault that a test asked for.' }] }), {
        status,
        headers: {
          'content-type': 'application/json',
          ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
        },
      });
    }
  }
}

/** The connection of a request in process has been cut: its `fetch` fails with this. */
export class ConnectionCut extends TypeError {
  override readonly name = 'TypeError';
}

/** Cuts the connection, where there is one; in process, the answer fails as `fetch` does. */
function cut(c: HonoContext): Response {
  const socket = socketOf(c);
  if (socket === undefined)
    throw new ConnectionCut('fetch failed', { cause: new Error('The connection was reset, as a test asked for.') });
  socket.destroy();
  return new Response(null);
}

/** Half of the body, then the end of the connection. */
async function truncate(c: HonoContext, answer: Response): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  const socket = socketOf(c);
  const half = whole.slice(0, Math.floor(whole.length / 2));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(half),
    pull(controller) {
      if (socket === undefined) controller.error(new TypeError('terminated'));
      else socket.destroy();
    },
  });
  const headers = new Headers(answer.headers);
  headers.set('content-length', String(whole.length));
  return new Response(body, { status: answer.status, headers });
}

function socketOf(c: HonoContext): { destroy(): void } | undefined {
  return (c.env as { incoming?: { socket?: { destroy(): void } } } | undefined)?.incoming?.socket;
}

function toMatcher({ path, method, operation }: Fault): Armed['matches'] {
  const ofOperation = operation === undefined ? undefined : operationMatcher(operation);
  const ofPath = path === undefined ? undefined : new RegExp(`^${path.split('*').map(escapeForRegExp).join('.*')}$`);
  const wanted = method?.toUpperCase();
  return (actual, actualPath) =>
    (wanted === undefined || wanted === actual) &&
    (ofPath === undefined || ofPath.test(actualPath)) &&
    (ofOperation === undefined || ofOperation(actual, actualPath));
}

/** As the router decides: `/users/count` is an operation of its own and no user. */
function operationMatcher(id: string): Armed['matches'] {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new LocalBackendError('option-invalid', `There is no operation ${id}.`);
  const expression = toExpression(operation);
  const moreSpecific = operations
    .filter((one) => one.method === operation.method && parametersOf(one) < parametersOf(operation))
    .map(toExpression);
  return (method, path) =>
    method === operation.method && expression.test(path) && !moreSpecific.some((other) => other.test(path));
}

const parametersOf = ({ path }: Operation) => path.split('{').length - 1;

function toExpression({ path }: Operation): RegExp {
  const parts = path.split(/\{\w+\}/).map(escapeForRegExp);
  return new RegExp(`^(?:/v1)?${parts.join('[^/]+')}$`);
}

const escapeForRegExp = (text: string) => text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&');
