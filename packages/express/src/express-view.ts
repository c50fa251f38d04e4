import { isHost, type RequestView, viewIncomingMessage } from '@keystile/core/adapter';
import type { Request } from 'express';

/**
 * Sees an Express request as a `RequestView`. Whether `X-Forwarded-Host` and `-Proto` count is what the application's own
 * `trust proxy` setting says of the peer.
 */
export class ExpressView implements RequestView {
  readonly #req: Request;

  constructor(req: Request) {
    this.#req = req;
  }

  get method(): string {
    return this.#req.method;
  }

  get origin(): string {
    const host = this.header('host');
    // `req.protocol` repeats a trusted proxy's word, whatever that is.
    const scheme = this.#req.protocol === 'https' ? 'https' : 'http';
    return `${scheme}://${host !== undefined && isHost(host) ? host : 'localhost'}`;
  }

  /** Of the URL as it was sent: a mounted router cuts its own prefix off `req.url`. */
  get target(): string {
    return viewIncomingMessage(this.#req).target;
  }

  header(name: string): string | undefined {
    if (name === 'host') return this.#trustedHost() ?? this.#req.headers.host;
    const value = this.#req.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }

  headers(): Iterable<readonly [name: string, value: string]> {
    return viewIncomingMessage(this.#req).headers();
  }

  /** The host that a proxy was asked for, if the application trusts that proxy. (`req.host` lacks the port in Express 4.) */
  #trustedHost(): string | undefined {
    const forwarded = this.#req.headers['x-forwarded-host'];
    if (typeof forwarded !== 'string') return undefined;
    const isTrusted: (address: string | undefined, hop: number) => boolean = this.#req.app.get('trust proxy fn');
    if (!isTrusted(this.#req.socket.remoteAddress, 0)) return undefined;
    const host = forwarded.split(',', 1)[0]?.trim() ?? '';
    return isHost(host) ? host : undefined;
  }
}
