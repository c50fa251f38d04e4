import { readBoundedText } from '../http/read-bounded-text.ts';

/** One request and what came of it. */
export type Exchange =
  | { readonly outcome: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly outcome: 'redirected' | 'too-long'; readonly status: number; readonly headers: Headers }
  | { readonly outcome: 'aborted'; readonly wasSent: boolean }
  | {
      readonly outcome: 'timeout' | 'unreachable';
      /** Whether the answer had begun. */
      readonly isCutOff: boolean;
      readonly cause: unknown;
    };

export interface ExchangeLimits {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends one request and reads the whole answer, within the time and the length allowed. Never rejects. */
export async function exchange(url: string, init: RequestInit, limits: ExchangeLimits): Promise<Exchange> {
  const { signal } = limits;
  if (signal?.aborted) return { outcome: 'aborted', wasSent: false };
  const controller = new AbortController();
  const abort = () => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, limits.timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  let response: Response | undefined;
  try {
    // A redirect could lead the secret to another host.
    response = await limits.fetch(url, { ...init, redirect: 'manual', signal: controller.signal });
    return await readResponse(response, limits.maxResponseBytes);
  } catch (cause) {
    if (signal?.aborted) return { outcome: 'aborted', wasSent: true };
    if (isLate) return { outcome: 'timeout', isCutOff: response !== undefined, cause };
    if (response !== undefined && !response.ok) return withoutBody(response);
    return { outcome: 'unreachable', isCutOff: response !== undefined, cause };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function readResponse(response: Response, maximumBytes: number): Promise<Exchange> {
  const { status, headers } = response;
  // Browsers hide a redirect behind an answer without a status.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    return { outcome: 'redirected', status, headers };
  }
  const text = await readBoundedText(response, maximumBytes);
  if (text !== undefined) return { outcome: 'answered', status, headers, text };
  return response.ok ? { outcome: 'too-long', status, headers } : withoutBody(response);
}

/** An error is that error even if its body cannot be read. */
const withoutBody = ({ status, headers }: Response): Exchange => ({ outcome: 'answered', status, headers, text: '' });
