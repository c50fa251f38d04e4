import type { Config } from '../config.ts';
import { worksInBackground } from '../environment.ts';
import { ConfigurationError } from '../errors.ts';
import type { Refusal } from '../jwt/refusal.ts';
import { frontendApiUrl, instanceHost } from '../keys/frontend-api.ts';
import { parseUrl } from '../request/public-url.ts';
import { type CookieDirectives, NO_DIRECTIVES } from './cookie-directives.ts';
import { CookieRefusals } from './cookie-refusals.ts';
import { assertInterstitialConfig, REMOTE_PAGE_TIMES } from './interstitial.ts';
import { Notices } from './notices.ts';
import { compileOrganizationSync, type MatchOrganization } from './organization-sync.ts';
import { assertSatelliteConfig } from './satellite.ts';
import { SharedResults } from './shared-results.ts';

/** What the authentication of sessions keeps from one request to the next. */
export interface SessionServices {
  /** The issuer of the instance's tokens, without a scheme. */
  readonly instanceHost: string;
  readonly matchOrganization: MatchOrganization | undefined;
  /** The cookies of sessions refreshed just now, or the reason why there are none. */
  readonly refreshes: SharedResults<readonly string[] | string>;
  /** The payloads of handshakes that are being exchanged for their nonces. */
  readonly payloads: SharedResults<CookieDirectives | Refusal>;
  /** Whether sessions are active by the backend's word, where nothing else can tell. */
  readonly standings: SharedResults<boolean>;
  /** The interstitial page of the backend; undefined: it could not be had. */
  readonly pages: SharedResults<string | undefined>;
  readonly notices: Notices;
  readonly cookieRefusals: CookieRefusals;
}

const MAXIMUM_REFRESHES = 1_000;
/** How long the cookies of one refresh are shared, in milliseconds. */
const REFRESH_SHARED_MS = 5_000;

const MAXIMUM_STANDINGS = 1_000;

/**
 * Builds what the authentication of sessions needs, once for each authenticator.
 *
 * @throws ConfigurationError if a satellite is configured incompletely, the frontend API's address makes no URL, or an
 *   organisation pattern cannot be used
 */
export function createSessionServices(config: Config): SessionServices {
  assertSatelliteConfig(config);
  assertFrontendApi(config);
  assertInterstitialConfig(config);
  const notices = new Notices(config.logger, config.now);
  const inBackground = worksInBackground();
  return {
    instanceHost: instanceHost(config),
    matchOrganization: compileOrganizationSync(config.organizationSyncOptions, notices),
    refreshes: new SharedResults({
      max: MAXIMUM_REFRESHES,
      lifetimeMs: (cookies) => (typeof cookies === 'string' ? 0 : REFRESH_SHARED_MS),
      now: config.now,
      worksInBackground: inBackground,
    }),
    payloads: new SharedResults<CookieDirectives | Refusal>({
      max: Math.max(1, config.concurrentVerifications),
      // A nonce is good for once: what it gave is for those who wait for it.
      lifetimeMs: () => 0,
      whenFull: NO_DIRECTIVES,
      now: config.now,
      worksInBackground: inBackground,
    }),
    standings: new SharedResults({
      max: MAXIMUM_STANDINGS,
      lifetimeMs: () => 0,
      whenFull: false,
      now: config.now,
      worksInBackground: inBackground,
    }),
    pages: new SharedResults({
      max: 1,
      lifetimeMs: (page) => (page === undefined ? REMOTE_PAGE_TIMES.pausedMs : REMOTE_PAGE_TIMES.keptMs),
      now: config.now,
      worksInBackground: inBackground,
    }),
    notices,
    cookieRefusals: new CookieRefusals(config.now),
  };
}

/** What every handshake would otherwise stumble over. */
function assertFrontendApi(config: Config): void {
  const { proxyUrl, publishableKey } = config;
  const makesUrl = publishableKey === undefined || parseUrl(frontendApiUrl(config, 'http://localhost')) !== undefined;
  if (proxyUrl === undefined) {
    if (makesUrl) return;
    throw new ConfigurationError('publishableKey', 'names no usable host: copy it whole (pk_test_… or pk_live_…).');
  }
  if (makesUrl && /^(?:https?:\/\/|\/(?!\/))/.test(proxyUrl)) return;
  throw new ConfigurationError('proxyUrl', 'must be an absolute http(s) URL, or a path that begins with a slash.');
}
