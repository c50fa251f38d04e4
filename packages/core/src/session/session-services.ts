import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { frontendApiUrl, instanceHost } from '../keys/frontend-api.ts';
import type { Logger } from '../logger.ts';
import { parseUrl } from '../request/public-url.ts';
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
  readonly notices: Notices;
}

const MAXIMUM_REFRESHES = 1_000;
const REFRESH_SHARED_MS = 5_000;

/**
 * Builds what the authentication of sessions needs, once for each authenticator.
 *
 * @throws ConfigurationError if a satellite is configured incompletely, the frontend API's address makes no URL, or an
 *   organisation pattern cannot be used
 */
export function createSessionServices(config: Config): SessionServices {
  assertSatelliteConfig(config);
  assertFrontendApi(config);
  return {
    instanceHost: instanceHost(config),
    matchOrganization: compileOrganizationSync(config.organizationSyncOptions),
    refreshes: new SharedResults<readonly string[] | string>(
      MAXIMUM_REFRESHES,
      REFRESH_SHARED_MS,
      config.now,
      (cookies) => typeof cookies !== 'string',
    ),
    notices: new Notices(config.logger),
  };
}

/** Tells the operator of something once, however many requests show it. */
export class Notices {
  readonly #logger: Logger;
  readonly #told = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param topic - one of a fixed number of texts, never taken from a request */
  once(topic: string, message: string): void {
    if (this.#told.has(topic)) return;
    this.#told.add(topic);
    this.#logger.warn(message);
  }
}

function assertFrontendApi(config: Config): void {
  if (config.publishableKey === undefined) return;
  const url = parseUrl(frontendApiUrl(config, 'http://localhost'));
  if (url !== undefined && /^https?:$/.test(url.protocol)) return;
  throw config.proxyUrl === undefined
    ? new ConfigurationError('publishableKey', 'names no usable host: copy it whole (pk_test_… or pk_live_…).')
    : new ConfigurationError('proxyUrl', 'must be an absolute http(s) URL, or a path that begins with a slash.');
}
