import { type RequestView, viewIncomingMessage } from '@keystile/core/adapter';
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
    // `req.protocol` repeats a trusted proxy's word, whatever that is.
    return `${this.#req.protocol === 'https' ? 'https' : 'http'}://${this.header('host') ?? 'localhost'}`;
  }

  /** Of the URL as it was sent: a mounted router cuts its own prefix off `req.url`. */
  get target(): string {
    return viewIncomingMessage(this.#req).target;
  }

  header(name: string): string | undefined {
    const value = this.#req.headers[name];
    if (name === 'host') return this.#trustedHost() ?? this.#req.headers.host;
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
    return isTrusted(this.#req.socket.remoteAddress, 0) ? forwarded.split(',', 1)[0]?.trim() : undefined;
  }
}
