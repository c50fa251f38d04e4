import { isHost } from './host.ts';

/**
 * What authentication reads of an HTTP request.
 *
 * Adapters hand over what their framework has, so that nobody builds a `Request` to authenticate one: see
 * {@link viewRequest} for the Fetch API and {@link viewIncomingMessage} for Node's `http`.
 */
export interface RequestView {
  /** The method as it was sent, for example `GET`. */
  readonly method: string;
  /** Scheme and authority that the server itself sees, before any forwarded header: `http://localhost:3000`. */
  readonly origin: string;
  /** Path and query as they were sent, beginning with `/`. */
  readonly target: string;
  /**
   * The value of a header; repeated ones joined as the runtime does.
   * @param name - the header's name in lower case
   */
  header(name: string): string | undefined;
  /** All headers, for the one case that forwards them (session refresh, protocol section 9.1). */
  headers(): Iterable<readonly [name: string, value: string]>;
}

/** The path of a target as it was sent, not decoded, without its query. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}

/** A `Request` of the Fetch API, or anything with its four members that matter. */
export interface FetchRequestLike {
  readonly method: string;
  readonly url: string;
  readonly headers: {
    get(name: string): string | null;
    forEach(each: (value: string, name: string) => void): void;
  };
}

/** Sees a Fetch API `Request` as a {@link RequestView}; its body is never touched. */
export function viewRequest(request: FetchRequestLike): RequestView {
  return new FetchRequestView(request);
}

class FetchRequestView implements RequestView {
  readonly #request: FetchRequestLike;
  /** Read once: some runtimes put it together each time. */
  #url: string | undefined = undefined;
  #pathStart = -1;

  constructor(request: FetchRequestLike) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method;
  }

  get origin(): string {
    return this.#readUrl().slice(0, this.#findPath());
  }

  get target(): string {
    const url = this.#readUrl();
    const start = this.#findPath();
    const fragment = url.indexOf('#', start);
    const target = fragment === -1 ? url.slice(start) : url.slice(start, fragment);
    return target.startsWith('/') ? target : `/${target}`;
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  headers(): Iterable<readonly [string, string]> {
    const lines: [string, string][] = [];
    this.#request.headers.forEach((value, name) => {
      lines.push([name, value]);
    });
    return lines;
  }

  #readUrl(): string {
    this.#url ??= this.#request.url;
    return this.#url;
  }

  /** Where the authority ends (RFC 3986 section 3.2); a `Request` of the runtime has a slash there. */
  #findPath(): number {
    if (this.#pathStart !== -1) return this.#pathStart;
    const url = this.#readUrl();
    let end = url.indexOf('://') + 3;
    while (end < url.length && !isAuthorityEnd(url.charCodeAt(end))) end++;
    this.#pathStart = end;
    return end;
  }
}

/** `/`, `?` or `#` */
function isAuthorityEnd(code: number): boolean {
  return code === 0x2f || code === 0x3f || code === 0x23;
}

/** The members of Node's `IncomingMessage` that authentication reads; Express, Fastify and Connect requests have them too. */
export interface IncomingMessageLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The target before a mounted router cut its prefix off (Express, Connect). */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of a TLS connection, it says `encrypted: true`. */
  readonly socket?: object | null | undefined;
}

/** Sees Node's `IncomingMessage` (or a framework's request that extends it) as a {@link RequestView}. */
export function viewIncomingMessage(message: IncomingMessageLike): RequestView {
  return new IncomingMessageView(message);
}

class IncomingMessageView implements RequestView {
  readonly #message: IncomingMessageLike;

  constructor(message: IncomingMessageLike) {
    this.#message = message;
  }

  get method(): string {
    return this.#message.method ?? 'GET';
  }

  get origin(): string {
    const { socket } = this.#message;
    const scheme = socket && 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
    const host = this.header('host');
    return `${scheme}://${host !== undefined && isHost(host) ? host : 'localhost'}`;
  }

  get target(): string {
    const target = this.#message.originalUrl ?? this.#message.url ?? '/';
    return target.startsWith('/') ? target : toOriginForm(target);
  }

  header(name: string): string | undefined {
    const value = this.#message.headers[name];
    // Node makes an array of `set-cookie` alone, which is no request header.
    return typeof value === 'object' ? value.join(', ') : value;
  }

  *headers(): Iterable<readonly [string, string]> {
    for (const name of Object.keys(this.#message.headers)) {
      const value = this.header(name);
      if (value !== undefined) yield [name, value];
    }
  }
}

/** The path and query of a target in absolute form (RFC 9112 section 3.2.2), or of none at all (`*`). */
function toOriginForm(target: string): string {
  const authority = target.indexOf('://');
  const path = authority === -1 ? target : target.slice(authority + 3).replace(/^[^/?#]*/, '');
  return path.startsWith('/') ? path : `/${path}`;
}
