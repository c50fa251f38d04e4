import { Browser } from './browser.ts';

/** What a navigation ended with. */
export interface Visit {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  /** Where the redirects led, one after the other. */
  readonly redirects: readonly URL[];
  /** The `Set-Cookie` lines of the last answer. */
  readonly setCookies: readonly string[];
}

const LONGEST_CHAIN = 15;

/** A browser without scripts on real connections: cookies by host, for as long as they last, and redirects. */
export class WebBrowser {
  readonly #jars = new Map<string, Browser>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The cookies of a host. */
  jar(hostname: string): Browser {
    const jar = this.#jars.get(hostname) ?? new Browser(this.#now);
    this.#jars.set(hostname, jar);
    return jar;
  }

  /** Opens a page as if its address had been typed. */
  async visit(start: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const redirects: URL[] = [];
    for (let url = new URL(start); ; ) {
      const jar = this.jar(url.hostname);
      const request = jar.load(url.href, headers);
      const response = await fetch(url, { headers: Object.fromEntries(request.headers()), redirect: 'manual' });
      const setCookies = response.headers.getSetCookie();
      for (const line of setCookies) jar.take(line);
      const body = await response.text();
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, body, redirects, setCookies };
      url = new URL(location, url);
      redirects.push(url);
      if (redirects.length > LONGEST_CHAIN)
        throw new Error(`More than ${LONGEST_CHAIN} redirects; the last to ${url.href}`);
    }
  }
}
