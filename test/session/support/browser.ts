import type { RequestView } from '../../../packages/core/src/request/request-view.ts';
import { viewRequest } from '../../../packages/core/src/request/request-view.ts';

/** How a browser treats cookies. */
export interface BrowserHabits {
  /** Takes no cookie from anybody. */
  readonly refusesCookies?: boolean;
  /** `Cookie` pairs that somebody tossed at it: always sent, before its own. */
  readonly tossed?: readonly string[];
}

interface StoredCookie {
  readonly value: string;
  /** In milliseconds. */
  readonly endsAt: number;
}

/** A browser as far as redirects and cookies go, for one registrable domain. */
export class Browser {
  readonly #habits: BrowserHabits;
  readonly #now: () => number;
  readonly #cookies = new Map<string, StoredCookie>();

  constructor(now: () => number, habits: BrowserHabits = {}) {
    this.#now = now;
    this.#habits = habits;
  }

  /** Takes a `Set-Cookie` line (RFC 6265 section 5.2): of its attributes only those that end it matter here. */
  take(line: string): void {
    if (this.#habits.refusesCookies === true) return;
    const [pair = '', ...attributes] = line.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    const age = attributes
      .map((text) => /^\s*max-age=(-?\d+)\s*$/i.exec(text)?.[1])
      .find((value) => value !== undefined);
    const endsAt = age === undefined ? Number.POSITIVE_INFINITY : this.#now() + Number(age) * 1000;
    if (endsAt <= this.#now()) this.#cookies.delete(name);
    else this.#cookies.set(name, { value: pair.slice(equals + 1).trim(), endsAt });
  }

  cookie(name: string): string | undefined {
    const stored = this.#cookies.get(name);
    return stored !== undefined && stored.endsAt > this.#now() ? stored.value : undefined;
  }

  /** A page load, as a server sees it. */
  load(url: string, headers: Readonly<Record<string, string>> = {}): RequestView {
    const own = [...this.#cookies.keys()].flatMap((name) => {
      const value = this.cookie(name);
      return value === undefined ? [] : [`${name}=${value}`];
    });
    const cookie = [...(this.#habits.tossed ?? []), ...own].join('; ');
    return viewRequest({
      method: 'GET',
      url,
      headers: new Headers({
        host: new URL(url).host,
        accept: 'text/html',
        'sec-fetch-dest': 'document',
        'user-agent': 'A Browser',
        ...(cookie !== '' && { cookie }),
        ...headers,
      }),
    });
  }
}
