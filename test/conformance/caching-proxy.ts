import { type Answered, exchange, type Sent } from './exchange.ts';

/** A shared cache before an application (RFC 9111), of the bold kind: what is not forbidden to be kept is kept. */
export interface CachingProxy {
  send(target: string, sent?: Sent): Promise<Answered>;
}

export function createCachingProxy(origin: string): CachingProxy {
  const kept: {
    readonly target: string;
    readonly vary: readonly string[];
    readonly sent: Headers;
    readonly answer: Answered;
  }[] = [];
  return {
    async send(target, sent = {}) {
      const headers = new Headers((sent.headers ?? {}) as HeadersInit);
      const found = kept.find(
        (entry) => entry.target === target && entry.vary.every((name) => entry.sent.get(name) === headers.get(name)),
      );
      if (found !== undefined) return found.answer;
      const answer = await exchange(origin, target, sent);
      const vary = listOf(answer.headers.vary);
      const control = listOf(answer.headers['cache-control']);
      const isForbidden =
        vary.includes('*') || ['no-store', 'private', 'no-cache'].some((word) => control.includes(word));
      if (!isForbidden) kept.push({ target, vary, sent: headers, answer });
      return answer;
    },
  };
}

function listOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
    .filter(Boolean);
}
