import type { SessionIdentity } from '../auth/session-identity.ts';
import type { Refusal } from '../jwt/refusal.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import type { OrganizationTarget } from './organization-sync.ts';
import type { RefreshResult } from './refresh-session.ts';
import type { HandshakeResolution } from './resolve-handshake.ts';

/** How often in a row a browser has been redirected; 3 is the end (protocol section 7, G3). */
export type RedirectCount = 0 | 1 | 2 | 3;

/**
 * All that a decision about a session rests on. What is cheap is known from the start; the last three are asked for, one
 * after the other, by the decision itself.
 */
export interface Facts {
  /** The request's one reading of the clock, in milliseconds. */
  readonly now: number;

  // The instance.
  readonly isProduction: boolean;
  readonly isSatellite: boolean;
  readonly satelliteAutoSync: boolean;
  /** The issuer of this instance's tokens, without a scheme. */
  readonly instanceHost: string;

  // The request.
  readonly method: string;
  /** Where the token comes from. In the header it decides alone: no cookie then counts but that of a refresh. */
  readonly carrier: 'cookie' | 'header';
  /** Whether a browser asked for a page, so that a redirect reaches it: eligible(H). */
  readonly mayRedirect: boolean;
  /** Whether a satellite may ask its primary: eligible(MD). */
  readonly maySync: boolean;
  readonly redirectCount: RedirectCount;
  readonly hasHandshake: boolean;
  readonly synced: 'true' | 'false' | undefined;
  /** Whether the URL carries a development browser, even an empty one. */
  readonly hasDevBrowserInUrl: boolean;
  readonly hasDevBrowser: boolean;
  /** Whether a satellite in development waits for this primary's answer, at a place it may be sent to. */
  readonly hasSatelliteWaiting: boolean;
  /** Whether the visitor follows a link of another site than ours and the instance's own. */
  readonly comesFromOtherSite: boolean;
  /** What the URL says about the active organisation; undefined: nothing. */
  readonly organizationTarget: OrganizationTarget | undefined;

  // The cookies, or the header's token.
  readonly token: PresentedToken | undefined;
  readonly clientUat: number;
  readonly hasRefreshToken: boolean;

  // What has to be asked for: undefined until then.
  readonly handshake: HandshakeResolution | undefined;
  readonly verification: SessionIdentity | Refusal | undefined;
  readonly refresh: RefreshResult | undefined;
}

/** The facts that cost a call or a signature. */
export type NeededFact = 'handshake' | 'verification' | 'refresh';
