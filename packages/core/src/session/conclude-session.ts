import type { MaybePromise } from '../crypto/index.ts';
import type { Refusal } from '../jwt/refusal.ts';
import type { HeaderLine } from '../response-patch.ts';
import { verifySessionToken } from '../tokens/verify-session-token.ts';
import { decide } from './decide.ts';
import type { Decision, HandshakeDecision } from './decision.ts';
import type { NeededFact } from './facts.ts';
import { handshakeUrl } from './handshake-url.ts';
import { fetchInterstitial, localInterstitial } from './interstitial.ts';
import type { HandshakeOutcome, Outcome } from './outcome.ts';
import { redirectCountCookie } from './redirect-loop.ts';
import { refreshSession } from './refresh-session.ts';
import { decideRefusedToken } from './refused-token.ts';
import type { RequestFacts } from './request-facts.ts';
import { resolveHandshake } from './resolve-handshake.ts';
import { primarySyncUrl, satelliteAnswerUrl } from './satellite.ts';

/** Lets the pure decision decide, and gets it what it asks for, until there is an outcome. */
export function concludeSession(facts: RequestFacts): MaybePromise<Outcome> {
  return conclude(facts, decide);
}

/** The same where a header's token has been refused already. */
export function concludeRefusedToken(facts: RequestFacts, refusal: Refusal): MaybePromise<Outcome> {
  return conclude(facts, () => decideRefusedToken(facts, refusal));
}

function conclude(facts: RequestFacts, next: (facts: RequestFacts) => Decision): MaybePromise<Outcome> {
  for (;;) {
    const decision = next(facts);
    if (decision.status !== 'needs') return toOutcome(decision, facts);
    const gathered = GATHER[decision.fact](facts);
    if (gathered instanceof Promise) return gathered.then(() => conclude(facts, next));
  }
}

/** How each fact that costs something is come by. None of it rejects. */
const GATHER: Readonly<Record<NeededFact, (facts: RequestFacts) => MaybePromise<void>>> = {
  handshake: async (facts) => {
    facts.handshake = await resolveHandshake(facts);
  },
  verification: (facts) => {
    const { token, instance, now } = facts;
    if (token === undefined) return;
    const verdict = verifySessionToken(token, instance.sessionTokens, now);
    if (verdict instanceof Promise) {
      return verdict.then((settled) => {
        facts.verification = settled;
      });
    }
    facts.verification = verdict;
  },
  refresh: async (facts) => {
    facts.refresh = await refreshSession(facts);
  },
};

function toOutcome(decision: Exclude<Decision, { status: 'needs' }>, facts: RequestFacts): MaybePromise<Outcome> {
  switch (decision.status) {
    case 'signed-in':
      if (decision.identity.claims.azp === undefined) noteMissingParty(facts);
      noteEndOfChain(facts);
      return decision;
    case 'signed-out':
      noteEndOfChain(facts);
      return decision;
    case 'noted':
      facts.instance.session.notices.tell(decision.topic, decision.note);
      return decision.outcome;
    case 'failed':
      throw decision.error;
    case 'handshake':
      return toHandshakeOutcome(decision, facts);
  }
}

/** A browser that got through with cookies refuses none. */
function noteEndOfChain(facts: RequestFacts): void {
  const { cookieRefusals } = facts.instance.session;
  if (!cookieRefusals.isEmpty && facts.hasCookies && !facts.hasHandshake) cookieRefusals.forget(facts.browser);
}

/** F16 */
function noteMissingParty({ instance }: RequestFacts): void {
  instance.session.notices.once(
    'azp',
    'Session tokens come without azp, so nothing tells for which origin they were made. Set authorizedParties once they carry it.',
  );
}

/** The browser is sent to where it can be told apart, or shown a page that does the same from within. */
function toHandshakeOutcome(
  { reason, message, destination }: HandshakeDecision,
  facts: RequestFacts,
): MaybePromise<HandshakeOutcome> {
  const isSecure = facts.publicOrigin.startsWith('https:');
  const responseHeaders: readonly HeaderLine[] = [
    ['cache-control', 'no-store'],
    redirectCountCookie(facts.redirectCount + 1, isSecure),
  ];
  const outcome = { status: 'handshake', tokenType: 'session_token', reason, message, responseHeaders } as const;
  const { config } = facts.instance;
  if (destination !== 'frontend-api' || config.unresolved === 'redirect') {
    return { ...outcome, location: toLocation(destination, reason, facts) };
  }
  const page = () => localInterstitial({ view: facts.view, publicOrigin: facts.publicOrigin, reason }, config);
  if (config.interstitial.page !== 'remote') return { ...outcome, page: page() };
  return fetchInterstitial(facts.instance).then((remote) => ({
    ...outcome,
    page: remote ?? page(),
  }));
}

function toLocation(destination: HandshakeDecision['destination'], reason: string, facts: RequestFacts): string {
  const { satelliteReturnUrl } = facts;
  const { config } = facts.instance;
  if (destination === 'satellite' && satelliteReturnUrl !== undefined) {
    return satelliteAnswerUrl(satelliteReturnUrl, facts.devBrowser);
  }
  if (destination === 'primary-sign-in' && config.signInUrl !== undefined) {
    return primarySyncUrl(config.signInUrl, facts.publicUrl);
  }
  return handshakeUrl(facts, reason);
}
