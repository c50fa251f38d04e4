import type { AuthenticationEvent } from '@keystile/core';
import { createDecisionSender } from './report/decision-sender.ts';
import { isLoopbackHost } from './server/loopback-host.ts';

/** Which local backend is told. */
export interface ReportOptions {
  /** Where it answers. Default: the variable `CLERK_API_URL`. */
  readonly apiUrl?: string | undefined;
  /** Its secret key. Default: the variable `CLERK_SECRET_KEY`. */
  readonly secretKey?: string | undefined;
  /** Default: the runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Makes the `onAuthenticate` of an application that is being developed: the local backend is told of each decision and
 * shows it in its console, among the requests.
 *
 * Only a local backend is told. Unless the address is one of this machine and the key a test key, which is so of no
 * deployed application, nothing is gathered and nothing sent. What is sent is the event, in batches and beside the requests: a
 * backend that is slow or gone costs the application nothing but decisions that are not shown. Never throws.
 *
 * @example
 * app.use(authMiddleware({ onAuthenticate: reportDecisions() }));
 */
export function reportDecisions(options: ReportOptions = {}): (event: AuthenticationEvent) => void {
  const environment = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
  const {
    apiUrl = environment.CLERK_API_URL,
    secretKey = environment.CLERK_SECRET_KEY,
    fetch = globalThis.fetch,
  } = options;
  const url = toLocalUrl(apiUrl);
  if (url === undefined || !isTestKey(secretKey)) return ignore;
  return createDecisionSender({ url, secretKey, fetch });
}

/** Where decisions are taken, if the address is one of this machine. */
function toLocalUrl(apiUrl: unknown): string | undefined {
  if (typeof apiUrl !== 'string' || !URL.canParse(apiUrl)) return undefined;
  const { protocol, hostname, origin } = new URL(apiUrl);
  const isHttp = protocol === 'http:' || protocol === 'https:';
  return isHttp && isLoopbackHost(hostname) ? `${origin}/_keystile/decisions` : undefined;
}

const isTestKey = (key: unknown): key is string => typeof key === 'string' && key.startsWith('sk_test_');

function ignore(): void {}
