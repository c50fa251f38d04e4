import { type Environment, processEnvironment } from '../environment.ts';
import { ConfigurationError } from '../errors.ts';
import { anySignal } from '../http/any-signal.ts';
import { CONSOLE_LOGGER, guardLogger, type Logger } from '../logger.ts';
import type { ClientIp } from './client-ip.ts';
import { passThrough } from './pass-through.ts';
import { answerProxyError } from './proxy-error.ts';
import { toClientHeaders } from './proxy-headers.ts';
import { type ProxyRoute, toProxyRoute } from './proxy-route.ts';
import { StallTimer } from './stall-timer.ts';

export interface FrontendApiProxyOptions {
  /** The path under which the frontend API is served. Default `/__clerk`. */
  readonly proxyPath?: string | undefined;
  /** Default: `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string | undefined;
  /** Default: `CLERK_SECRET_KEY`. */
  readonly secretKey?: string | undefined;
  /** The frontend API. Default: `CLERK_FAPI_URL`, else the one that serves the instance of the publishable key. */
  readonly frontendApiUrl?: string | undefined;
  /** Allow plain http to other machines. The secret key then travels in the clear. Default false. */
  readonly allowInsecureFrontendApiUrl?: boolean | undefined;
  /** The one origin under which the public reaches the application. */
  readonly publicOrigin?: string | undefined;
  /** Whether `x-forwarded-*` headers count: always, never (default), or for these hosts. */
  readonly trustForwarded?: boolean | readonly string[] | undefined;
  /**
   * The address of the browser, which the frontend API limits rates by: for example the socket's, or on a platform that
   * writes a header of its own `(request) => request.headers.get('cf-connecting-ip') ?? undefined`.
   * Default: where `trustForwarded` allows it the last of `x-forwarded-for`, else none is named.
   */
  readonly clientIp?: ClientIp | undefined;
  /** How long nothing may move in either direction before the request is given up, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** The longest body that a browser may send, in bytes. Default 16 MiB. */
  readonly maxRequestBytes?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: warnings to the console. */
  readonly logger?: Logger | undefined;
}

const TIMEOUT_MS = 30_000;
const MAXIMUM_REQUEST_BYTES = 16 * 1024 * 1024;

/**
 * Serves the frontend API under the application's own origin (protocol section 14): passes the request on, with the secret
 * key, and the answer back. Bodies are streamed in both directions; whoever hangs up ends both sides.
 *
 * Always answers: what goes wrong here is `{ errors: [{ code, message }] }` with 400, 413, 500 or 502. Nobody is
 * authenticated: serve it before the middleware, where {@link matchesProxyPath} says so.
 *
 * ```ts
 * if (matchesProxyPath(new URL(request.url).pathname)) return proxyFrontendApi(request);
 * ```
 *
 * @param environment - where options are read that are not given; default `process.env`
 */
export async function proxyFrontendApi(
  request: Request,
  options: FrontendApiProxyOptions = {},
  environment: Environment = processEnvironment(),
): Promise<Response> {
  const logger = guardLogger(options.logger ?? CONSOLE_LOGGER);
  let route: ProxyRoute | Response;
  try {
    route = toProxyRoute(request, options, environment);
  } catch (error) {
    // What else is thrown came out of a callback of the application's, and may hold anything.
    const message = error instanceof ConfigurationError ? error.message : 'The proxy could not be set up.';
    logger.warn(`Frontend API proxy: ${message}`);
    return answerProxyError(500, 'proxy_configuration_error', message);
  }
  return route instanceof Response ? route : forward(request, route, options, logger);
}

async function forward(
  request: Request,
  route: ProxyRoute,
  {
    timeoutMs = TIMEOUT_MS,
    maxRequestBytes = MAXIMUM_REQUEST_BYTES,
    fetch = globalThis.fetch,
  }: FrontendApiProxyOptions,
  logger: Logger,
): Promise<Response> {
  if (request.bodyUsed || request.body?.locked) {
    return answerProxyError(
      500,
      'proxy_configuration_error',
      'The body was read before the proxy: keep body parsers off its path.',
    );
  }
  if (Number(request.headers.get('content-length')) > maxRequestBytes) return tooLarge(maxRequestBytes);
  const untilAnswered = new StallTimer(timeoutMs);
  const whileAnswering = new StallTimer(timeoutMs);
  let isAnswered = false;
  let sentBytes = 0;
  const body =
    request.body &&
    passThrough(request.body, {
      moved(bytes) {
        sentBytes += bytes;
        if (sentBytes > maxRequestBytes) throw new Error('The body of the request is too large.');
        if (!isAnswered) untilAnswered.restart();
      },
    });
  try {
    untilAnswered.restart();
    const answer = await fetch(route.target, {
      method: request.method,
      headers: route.headers,
      redirect: 'manual',
      signal: anySignal([request.signal, untilAnswered.signal, whileAnswering.signal]),
      ...(body && { body, duplex: 'half' }),
    } as RequestInit);
    return new Response(
      answer.body &&
        passThrough(answer.body, {
          waiting: () => whileAnswering.restart(),
          moved: () => whileAnswering.stop(),
          broken: () => whileAnswering.stop(),
        }),
      {
        status: answer.status,
        statusText: answer.statusText,
        headers: toClientHeaders(answer.headers, route.proxyUrl, route.upstream),
      },
    );
  } catch (error) {
    if (sentBytes > maxRequestBytes) return tooLarge(maxRequestBytes);
    if (!request.signal.aborted)
      logger.warn(`Frontend API proxy: the frontend API could not be asked (${nameOf(error)}).`);
    return answerProxyError(502, 'proxy_request_failed', 'The frontend API could not be reached.');
  } finally {
    isAnswered = true;
    untilAnswered.stop();
  }
}

function tooLarge(maximumBytes: number): Response {
  return answerProxyError(413, 'proxy_request_failed', `The body of the request is longer than ${maximumBytes} bytes.`);
}

/** A name, never the message: it may quote what was sent. */
function nameOf(error: unknown): string {
  const { name, cause } = error instanceof Error ? error : new Error();
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : name;
}
