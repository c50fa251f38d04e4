import type { SessionIdentity } from '../auth/session-identity.ts';
import type { Instance } from '../instance.ts';
import type { Refusal } from '../jwt/refusal.ts';
import { COOKIES, type CookieNames } from '../keys/cookie-names.ts';
import { readCookies, readCookieValues } from '../request/cookies.ts';
import { forwardedHost, readPublicOrigin, toPublicUrl } from '../request/public-url.ts';
import { HANDSHAKE_PARAMETERS, QUERY, readQuery } from '../request/query.ts';
import { pathOf, type RequestView } from '../request/request-view.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { chooseCookies, type SessionCookies } from './choose-cookies.ts';
import { isDocumentNavigation, mayRedirect } from './eligibility.ts';
import type { Facts, RedirectCount } from './facts.ts';
import { withoutParameters } from './handshake-url.ts';
import type { OrganizationTarget } from './organization-sync.ts';
import { readRedirectCount } from './redirect-loop.ts';
import { isOtherSite } from './referrer.ts';
import type { RefreshResult } from './refresh-session.ts';
import type { HandshakeResolution } from './resolve-handshake.ts';
import { satelliteReturnUrl } from './satellite.ts';

/** The facts of one request. What a decision rarely asks for is read when it does. */
export class RequestFacts implements Facts {
  readonly view: RequestView;
  readonly instance: Instance;
  readonly names: CookieNames;
  readonly now: number;
  readonly carrier: 'cookie' | 'header';
  readonly isProduction: boolean;
  readonly token: PresentedToken | undefined;

  handshake: HandshakeResolution | undefined = undefined;
  verification: SessionIdentity | Refusal | undefined = undefined;
  refresh: RefreshResult | undefined = undefined;

  readonly #cookies: ReadonlyMap<string, string>;
  readonly #chosen: SessionCookies;
  readonly #query: URLSearchParams | undefined;
  #publicOrigin: string | undefined = undefined;

  /** @param presented - the token of the header, if there is one */
  constructor(view: RequestView, instance: Instance, names: CookieNames, now: number, presented?: PresentedToken) {
    this.view = view;
    this.instance = instance;
    this.names = names;
    this.now = now;
    this.carrier = presented === undefined ? 'cookie' : 'header';
    this.isProduction = instance.config.publishableKey?.instanceType === 'production';
    this.#query = readQuery(view.target);
    this.#cookies = readCookies(view.header('cookie'), names.wanted);
    this.#chosen = chooseCookies(this.#cookies, {
      names,
      now,
      isProduction: this.isProduction,
      instanceHost: instance.session.instanceHost,
      tokens: instance.verifiedTokens,
    });
    this.token = presented ?? this.#chosen.token;
  }

  get method(): string {
    return this.view.method;
  }

  get isSatellite(): boolean {
    return this.instance.config.isSatellite;
  }

  get satelliteAutoSync(): boolean {
    return this.instance.config.satelliteAutoSync;
  }

  get instanceHost(): string {
    return this.instance.session.instanceHost;
  }

  get mayRedirect(): boolean {
    return mayRedirect(this.view);
  }

  get maySync(): boolean {
    return this.isSatellite && isDocumentNavigation(this.view);
  }

  get redirectCount(): RedirectCount {
    if (this.hasRedirectCount) {
      return readRedirectCount(readCookieValues(this.view.header('cookie'), COOKIES.redirectCount));
    }
    const { cookieRefusals } = this.instance.session;
    const mayLoopUncounted = !this.isProduction || this.hasHandshake;
    return mayLoopUncounted && !cookieRefusals.isEmpty ? cookieRefusals.count(this.browser) : 0;
  }

  /** Whether the browser sent the cookie that counts its redirects. */
  get hasRedirectCount(): boolean {
    return this.#cookies.has(COOKIES.redirectCount);
  }

  /** Whether the browser sent any cookie of ours. */
  get hasCookies(): boolean {
    return this.#cookies.size > 0;
  }

  /** By what a browser that refuses cookies is known for the few seconds of a redirect chain. */
  get browser(): string {
    const kind = this.view.header('user-agent') ?? '';
    return `${kind.slice(0, 300)} ${withoutParameters(this.publicUrl, HANDSHAKE_PARAMETERS).slice(0, 500)}`;
  }

  get hasHandshake(): boolean {
    return this.handshakeToken !== undefined || this.handshakeNonce !== undefined;
  }

  get synced(): 'true' | 'false' | undefined {
    const synced = this.#query?.get(QUERY.synced);
    return synced === 'true' || synced === 'false' ? synced : undefined;
  }

  get hasDevBrowserInUrl(): boolean {
    return this.#query?.has(QUERY.devBrowser) === true;
  }

  get hasDevBrowser(): boolean {
    return this.devBrowser !== undefined;
  }

  get hasSatelliteWaiting(): boolean {
    return this.satelliteReturnUrl !== undefined;
  }

  get comesFromOtherSite(): boolean {
    const referrer = this.view.header('referer');
    if (referrer === undefined || !isDocumentNavigation(this.view)) return false;
    return isOtherSite(referrer, this.publicOrigin, this.instance.config);
  }

  get organizationTarget(): OrganizationTarget | undefined {
    const { matchOrganization } = this.instance.session;
    return matchOrganization?.(pathOf(this.view.target));
  }

  get clientUat(): number {
    return this.#chosen.clientUat;
  }

  get hasRefreshToken(): boolean {
    return this.refreshToken !== undefined;
  }

  get refreshToken(): string | undefined {
    return this.#cookies.get(this.names.refresh) || undefined;
  }

  get hasSuffixedCookies(): boolean {
    return this.#chosen.areSuffixed;
  }

  /** The session token that a handshake tells the frontend API of: the cookie's before the header's. */
  get sessionToken(): string | undefined {
    return (this.#chosen.token ?? this.token)?.text;
  }

  get devBrowser(): string | undefined {
    return this.#query?.get(QUERY.devBrowser) || this.#chosen.devBrowser;
  }

  get handshakeToken(): string | undefined {
    return this.#fromUrl(QUERY.handshake) ?? (this.#cookies.get(COOKIES.handshake) || undefined);
  }

  get handshakeNonce(): string | undefined {
    return this.#fromUrl(QUERY.handshakeNonce) ?? (this.#cookies.get(COOKIES.handshakeNonce) || undefined);
  }

  get satelliteReturnUrl(): URL | undefined {
    return satelliteReturnUrl(this.#query?.get(QUERY.redirectUrl), this.instance.config.satelliteOrigins);
  }

  get publicOrigin(): string {
    this.#publicOrigin ??= this.#readPublicOrigin();
    return this.#publicOrigin;
  }

  get publicUrl(): URL {
    return toPublicUrl(this.publicOrigin, this.view);
  }

  /**
   * A handshake in the URL counts for development instances alone, where cookies do not reach across, and only on what a
   * redirect of the frontend API leads to: whoever lets a victim's browser post or fetch his own handshake gets nothing.
   */
  #fromUrl(parameter: string): string | undefined {
    if (this.#query === undefined || this.isProduction) return undefined;
    const value = this.#query.get(parameter) || undefined;
    return value === undefined || !isTopLevelFetch(this.view) ? undefined : value;
  }

  #readPublicOrigin(): string {
    const { config, session } = this.instance;
    const origin = readPublicOrigin(this.view, config);
    if (config.publicOrigin !== undefined || config.trustForwarded === true) return origin;
    const claimed = forwardedHost(this.view);
    if (
      claimed !== undefined &&
      !origin.endsWith(`://${claimed}`) &&
      (!this.isProduction || config.proxyUrl?.startsWith('/'))
    ) {
      session.notices.once(
        'forwarded-host',
        'A request names another host in x-forwarded-host than in host. If a proxy of yours does that, set publicOrigin (or trustForwarded); if not, nothing is to be done.',
      );
    }
    return origin;
  }
}

function isTopLevelFetch(view: RequestView): boolean {
  if (view.method !== 'GET' && view.method !== 'HEAD') return false;
  if (view.header('sec-fetch-site') !== 'cross-site') return true;
  const destination = view.header('sec-fetch-dest');
  return destination === undefined || destination === 'document' || destination === 'iframe';
}
