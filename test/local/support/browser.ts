/** One answer, after all redirects. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Where the redirects led, one after the other. */
  readonly redirects: readonly URL[];
}

/** A browser without scripts: it keeps cookies by host, follows redirects, and sends forms as they stand on the page. */
export interface Browser {
  visit(url: string | URL, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /**
   * Sends the form of a page whose action is `action` (the first one by default), its hidden fields and first button, with `fields`
   * filled in.
   */
  submit(page: Page, fields?: Readonly<Record<string, string>>, action?: string): Promise<Page>;
  /** A cookie as the host has it now. */
  cookie(host: string, name: string): string | undefined;
  cookies(host: string): Readonly<Record<string, string>>;
  forget(host: string): void;
}

const longestChain = 15;

export function createBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  async function load(
    url: URL,
    init: { method: string; headers: Record<string, string>; body?: URLSearchParams },
  ): Promise<Response> {
    const jar = jarOf(url.hostname);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      headers: { ...init.headers, ...(cookie !== '' && { cookie }) },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  }

  async function navigate(
    start: URL,
    init: { method: string; headers: Record<string, string>; body?: URLSearchParams },
  ): Promise<Page> {
    const redirects: URL[] = [];
    let url = start;
    let current = init;
    for (;;) {
      const response = await load(url, current).catch((cause: unknown) => {
        throw Object.assign(new Error(`Nobody answers at ${url}`, { cause }), { sentTo: url });
      });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { url, status: response.status, headers: response.headers, html: await response.text(), redirects };
      }
      await response.body?.cancel();
      if (redirects.length === longestChain)
        throw new Error(`More than ${longestChain} redirects; the last to ${location}`);
      const next = new URL(location, url);
      // What a redirect does not name stays (RFC 9110 section 10.2.2).
      if (next.hash === '') next.hash = url.hash;
      url = next;
      redirects.push(url);
      if (response.status === 303) current = { method: 'GET', headers: navigation };
    }
  }

  return {
    visit: (url, headers = {}) => navigate(new URL(url), { method: 'GET', headers: { ...navigation, ...headers } }),
    submit(page, fields = {}, action) {
      const form = readForm(page, action);
      const url = new URL(form.action, page.url);
      const headers = { ...navigation, origin: page.url.origin, 'sec-fetch-site': 'same-origin' };
      if (form.method === 'get') {
        url.search = new URLSearchParams({ ...form.fields, ...fields }).toString();
        return navigate(url, { method: 'GET', headers: navigation });
      }
      return navigate(url, { method: 'POST', headers, body: new URLSearchParams({ ...form.fields, ...fields }) });
    },
    cookie: (host, name) => jarOf(host).get(name),
    cookies: (host) => Object.fromEntries(jarOf(host)),
    forget: (host) => void jars.delete(host),
  };
}

const navigation = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
};

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  const gone = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
  if (gone) jar.delete(name);
  else jar.set(name, pair.slice(equals + 1));
}

function readForm(page: Page, action: string | undefined) {
  for (const [, attributes = '', inner = ''] of page.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const ownAction = fromHtml(/action="([^"]*)"/.exec(attributes)?.[1] ?? page.url.href);
    if (action !== undefined && ownAction !== action) continue;
    const fields: Record<string, string> = {};
    for (const [input] of inner.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      fields[/name="([^"]*)"/.exec(input)?.[1] ?? ''] = fromHtml(/value="([^"]*)"/.exec(input)?.[1] ?? '');
    }
    const button = /<button[^>]*name="([^"]*)"[^>]*value="([^"]*)"/.exec(inner);
    if (button !== null) fields[button[1] ?? ''] = fromHtml(button[2] ?? '');
    return { action: ownAction, method: /method="post"/i.test(attributes) ? 'post' : 'get', fields };
  }
  throw new Error(`There is no form ${action ?? ''} on ${page.url.href}:\n${page.html}`);
}

/** Text as it was before it was written into HTML. */
export function fromHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
