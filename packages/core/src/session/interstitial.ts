import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import type { Instance } from '../instance.ts';
import { frontendApiUrl, instanceHost } from '../keys/frontend-api.ts';
import { assertFunction, toOneOf } from '../option-checks.ts';
import { parseUrl } from '../request/public-url.ts';
import type { RequestView } from '../request/request-view.ts';
import { type InterstitialSettings, interstitialPage, isNonce } from './interstitial-page.ts';

/** Who asks for the page, and why. */
export interface InterstitialRequest {
  readonly view: RequestView;
  readonly publicOrigin: string;
  readonly reason: string;
}

/** The interstitial page made here. */
export function localInterstitial({ view, publicOrigin, reason }: InterstitialRequest, config: Config): string {
  const proxyUrl = config.proxyUrl === undefined ? undefined : frontendApiUrl(config, publicOrigin);
  const settings: InterstitialSettings = {
    publishableKey: config.publishableKey?.text ?? '',
    scriptUrl: config.interstitial.scriptUrl ?? browserScriptUrl(config, publicOrigin),
    proxyUrl,
    domain: config.isSatellite ? config.domain : undefined,
    signInUrl: config.signInUrl,
    isSatellite: config.isSatellite,
    reason,
  };
  return interstitialPage(settings, readNonce(view, config));
}

/** How long the backend's page is kept, and how long its absence is believed, in milliseconds. */
export const REMOTE_PAGE_TIMES = { keptMs: 60_000, pausedMs: 10_000, timeoutMs: 2_000 } as const;

/**
 * The interstitial page of the backend (protocol section 15.1); undefined if it cannot be had in time. It is the same for all
 * requests, so it is fetched once and kept for a short time.
 */
export function fetchInterstitial(instance: Instance): Promise<string | undefined> {
  const { config, session } = instance;
  const { publishableKey, isSatellite, proxyUrl, publicOrigin = '' } = config;
  return session.pages.share(['interstitial'], async () => {
    try {
      const page = await instance.backend.interstitial.getInterstitial(
        {
          publishableKey: publishableKey?.text,
          proxyUrl: proxyUrl === undefined ? undefined : frontendApiUrl(config, publicOrigin),
          domain: isSatellite ? config.domain : undefined,
          signInUrl: config.signInUrl,
          useDomainForScript: publishableKey?.instanceType === 'production',
        },
        { signal: AbortSignal.timeout(REMOTE_PAGE_TIMES.timeoutMs) },
      );
      return page === '' ? undefined : page;
    } catch {
      session.notices.tell(
        'interstitial',
        'The interstitial page of the backend could not be fetched; the local one is shown.',
      );
      return undefined;
    }
  });
}

/** @throws ConfigurationError if an option of the page is unusable, or the page would depend on the request */
export function assertInterstitialConfig({ interstitial, proxyUrl, publicOrigin }: Config): void {
  const page = toOneOf('interstitial.page', interstitial.page, ['local', 'remote']);
  assertFunction('interstitial.nonce', interstitial.nonce);
  const { scriptUrl } = interstitial;
  if (scriptUrl !== undefined && !/^https?:$/.test(parseUrl(scriptUrl)?.protocol ?? '')) {
    throw new ConfigurationError('interstitial.scriptUrl', 'must be an absolute http(s) URL.');
  }
  if (page === 'remote' && proxyUrl?.startsWith('/') && publicOrigin === undefined) {
    throw new ConfigurationError(
      'interstitial.page',
      "can be 'remote' only with a publicOrigin, where proxyUrl is a path.",
    );
  }
}

const STAGING_HOST = /\.(?:accountsstage\.dev|lclstage\.dev)$/;

/** Where an instance serves its browser script (protocol section 15.4, row 3). */
function browserScriptUrl(config: Config, publicOrigin: string): string {
  const version = STAGING_HOST.test(instanceHost(config)) ? 'canary' : 'latest';
  return `${frontendApiUrl(config, publicOrigin)}/npm/@clerk/clerk-js@${version}/dist/clerk.browser.js`;
}

/** The application's own failure to name a nonce costs the page its scripts and the request nothing. */
function readNonce(view: RequestView, { interstitial, logger }: Config): string | undefined {
  try {
    const nonce = interstitial.nonce?.(view);
    return nonce !== undefined && isNonce(nonce) ? nonce : undefined;
  } catch {
    logger.warn('interstitial: the nonce function threw.');
    return undefined;
  }
}
