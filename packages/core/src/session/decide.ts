import { Refusal } from '../jwt/refusal.ts';
import { isSessionCategory } from '../jwt/token-category.ts';
import { type Decision, NEEDS_HANDSHAKE, NEEDS_VERIFICATION } from './decision.ts';
import type { Facts } from './facts.ts';
import { handshake, isExhausted } from './handshake-or-give-up.ts';
import { mustActivate } from './organization-sync.ts';
import { signedOut } from './outcome.ts';
import { decideRefusedToken } from './refused-token.ts';

/**
 * Decides about the session of a request: part F of protocol section 7. Pure: the same facts give the same decision, nothing
 * is read, fetched or logged. Where a fact is missing that costs something, the decision is that it is needed.
 */
export function decide(facts: Facts): Decision {
  for (const step of STEPS) {
    const decision = step(facts);
    if (decision !== undefined) return decision;
  }
  return signIn(facts);
}

type Step = (facts: Facts) => Decision | undefined;

/** In this order; the first that knows decides. */
const STEPS: readonly Step[] = [
  completeHandshake,
  syncSatellite,
  answerSatellite,
  syncDevBrowser,
  compareCookies,
  inspectToken,
  judgeToken,
  syncAcrossOrigins,
  activateOrganization,
];

/** F1. What the frontend API sent along is worth more than the cookies, if it holds; else the cookies decide. */
function completeHandshake(facts: Facts): Decision | undefined {
  if (!facts.hasHandshake) return undefined;
  if (facts.handshake === undefined) return NEEDS_HANDSHAKE;
  switch (facts.handshake.status) {
    case 'resolved':
      return facts.handshake.outcome;
    case 'failed':
      return facts.handshake.error === undefined ? undefined : { status: 'failed', error: facts.handshake.error };
  }
}

/** F2 to F5. A satellite knows nothing of a visitor until its primary has been asked. */
function syncSatellite(facts: Facts): Decision | undefined {
  if (!facts.maySync || facts.synced === 'true') return undefined;
  const isBlank = facts.clientUat === 0 && facts.token === undefined;
  if (isBlank && !facts.satelliteAutoSync && facts.synced !== 'false') {
    return signedOut('session_token', 'session-token-and-uat-missing'); // F2, F4
  }
  if (!isBlank && facts.synced !== 'false') return undefined;
  return handshake(facts, 'satellite-needs-syncing', '', facts.isProduction ? 'frontend-api' : 'primary-sign-in'); // F3, F5
}

/** F6. In development the satellite cannot ask behind the scenes, so the browser carries the question and the answer. */
function answerSatellite(facts: Facts): Decision | undefined {
  if (facts.isProduction || facts.isSatellite || !facts.hasSatelliteWaiting) return undefined;
  return handshake(facts, 'primary-responds-to-syncing', '', 'satellite');
}

/** F7 and F8. Development has no cookies across sites: the development browser stands for them. */
function syncDevBrowser(facts: Facts): Decision | undefined {
  if (facts.isProduction) return undefined;
  if (facts.hasDevBrowserInUrl) return handshake(facts, 'dev-browser-sync');
  return facts.hasDevBrowser ? undefined : handshake(facts, 'dev-browser-missing');
}

/** F9 to F11. */
function compareCookies(facts: Facts): Decision | undefined {
  if (facts.clientUat === 0) {
    return facts.token === undefined
      ? signedOut('session_token', 'session-token-and-uat-missing')
      : handshake(facts, 'session-token-but-no-client-uat');
  }
  return facts.token === undefined ? handshake(facts, 'client-uat-but-no-session-token') : undefined;
}

/** F12 to F14: what can be told of the token before its signature is verified. */
function inspectToken(facts: Facts): Decision | undefined {
  const { token } = facts;
  if (token === undefined) return undefined;
  if (token.jwt instanceof Refusal) return decideRefusedToken(facts, token.jwt);
  if (token.type !== 'session_token' || !isSessionCategory(token.jwt.header)) {
    return signedOut('session_token', 'token-type-mismatch');
  }
  const { iat } = token.jwt.payload;
  return typeof iat === 'number' && iat < facts.clientUat
    ? handshake(facts, 'session-token-iat-before-client-uat')
    : undefined;
}

/** F15. */
function judgeToken(facts: Facts): Decision | undefined {
  if (facts.verification === undefined) return NEEDS_VERIFICATION;
  return facts.verification instanceof Refusal ? decideRefusedToken(facts, facts.verification) : undefined;
}

/** F17. A visitor who comes from another site may have changed at the primary meanwhile. */
function syncAcrossOrigins(facts: Facts): Decision | undefined {
  if (facts.isSatellite || !facts.comesFromOtherSite || facts.redirectCount !== 0) return undefined;
  const message = 'The visitor comes from another site: the session is compared with the frontend API.';
  return handshake(facts, 'primary-domain-cross-origin-sync', message);
}

/** F18 and section 7.1. A wish of the URL signs nobody out: where it cannot be met, the session stays as it is. */
function activateOrganization(facts: Facts): Decision | undefined {
  const { organizationTarget, verification } = facts;
  if (organizationTarget === undefined || verification === undefined || verification instanceof Refusal)
    return undefined;
  if (verification.sessionStatus === 'pending' || !mustActivate(organizationTarget, verification)) return undefined;
  if (isExhausted(facts)) {
    const note = 'The organisation that the URL names could not be made the active one: is the user a member of it?';
    return { status: 'noted', topic: 'organization', note, outcome: signIn(facts) };
  }
  return facts.mayRedirect ? handshake(facts, 'active-organization-mismatch') : undefined;
}

/** F19. */
function signIn({ token, verification }: Facts) {
  if (token === undefined || verification === undefined || verification instanceof Refusal) {
    // No step lets such facts pass; were one to, nobody is signed in.
    return signedOut('session_token', 'unexpected-error');
  }
  return {
    status: 'signed-in',
    tokenType: 'session_token',
    token: token.text,
    remembered: token.remembered,
    identity: verification,
  } as const;
}
