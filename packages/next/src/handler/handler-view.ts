import type { RequestView } from '@keystile/core/adapter';

/** The headers of a request, as Next and the Fetch API have them. */
export interface HandlerHeaders {
  get(name: string): string | null;
  forEach(each: (value: string, name: string) => void): void;
}

/**
 * Sees a request of which only the headers are known, as in server components. Nobody can be redirected from there, nor be
 * given cookies, so it passes for one that is never redirected.
 */
export class HandlerView implements RequestView {
  readonly method = 'POST';
  readonly origin: string;
  readonly target: string;
  readonly #headers: HandlerHeaders;
  readonly #host: string | undefined;

  /** @param publicUrl - if the proxy told it */
  constructor(headers: HandlerHeaders, publicUrl: URL | undefined) {
    this.#headers = headers;
    this.#host = publicUrl?.host;
    const host = this.#host ?? headers.get('host') ?? 'localhost';
    const scheme = publicUrl?.protocol ?? (headers.get('x-forwarded-proto') === 'https' ? 'https:' : 'http:');
    this.origin = `${scheme}//${host}`;
    this.target = publicUrl === undefined ? '/' : publicUrl.pathname + publicUrl.search;
  }

  header(name: string): string | undefined {
    if (name === 'host' && this.#host !== undefined) return this.#host;
    return this.#headers.get(name) ?? undefined;
  }

  headers(): Iterable<readonly [string, string]> {
    const lines: [string, string][] = [];
    this.#headers.forEach((value, name) => {
      lines.push([name, value]);
    });
    return lines;
  }
}
