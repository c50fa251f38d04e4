import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, NOW_S, presented, refusal, SIGNED_IN } from '../../../../test/session/support/facts.ts';
import { readPresentedToken } from '../tokens/presented-token.ts';
import { decide } from './decide.ts';
import type { Facts, NeededFact } from './facts.ts';
import { HandshakeError } from './handshake-error.ts';
import { type SignedInOutcome, signedOut } from './outcome.ts';
import { decideRefusedToken } from './refused-token.ts';

function signedInBy(source: string): SignedInOutcome {
  return { status: 'signed-in', tokenType: 'session_token', token: source, remembered: false, identity: identity() };
}

const REASONS = [
  'token-expired',
  'token-not-active-yet',
  'token-iat-in-the-future',
  'token-invalid',
  'jwk-kid-mismatch',
  'unexpected-error',
] as const;

const facts: fc.Arbitrary<Facts> = fc.record({
  now: fc.constant(NOW_S * 1000),
  isProduction: fc.boolean(),
  isSatellite: fc.boolean(),
  satelliteAutoSync: fc.boolean(),
  instanceHost: fc.constantFrom('clerk.example.com', 'clerk.other.example'),
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'get', ''),
  carrier: fc.constantFrom('cookie', 'header'),
  mayRedirect: fc.boolean(),
  maySync: fc.boolean(),
  redirectCount: fc.constantFrom(0, 1, 2, 3),
  hasHandshake: fc.boolean(),
  synced: fc.constantFrom('true', 'false', undefined),
  hasDevBrowserInUrl: fc.boolean(),
  hasDevBrowser: fc.boolean(),
  hasSatelliteWaiting: fc.boolean(),
  comesFromOtherSite: fc.boolean(),
  organizationTarget: fc.constantFrom(
    undefined,
    { kind: 'id', id: 'org_1' },
    { kind: 'slug', slug: 'acme' },
    { kind: 'personal' },
  ),
  token: fc.constantFrom(
    undefined,
    readPresentedToken('garbage'),
    presented(),
    presented({ iat: 1 }),
    presented({ sub: 'mch_1' }),
    presented({}, { cat: 'cl_B7d4PD222AAA' }),
  ),
  clientUat: fc.constantFrom(0, -1, 5, NOW_S - 10, Number.MAX_SAFE_INTEGER),
  hasRefreshToken: fc.boolean(),
  handshake: fc.constantFrom(
    undefined,
    { status: 'resolved', outcome: signedInBy('handshake') },
    { status: 'resolved', outcome: signedOut('session_token', 'session-token-missing') },
    { status: 'failed', message: 'no' },
    { status: 'failed', message: 'no', error: new HandshakeError(refusal('token-invalid')) },
  ),
  verification: fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(identity(), identity({ sts: 'pending' }), identity({ org_id: 'org_1', org_slug: 'acme' })),
    fc.constantFrom(...REASONS).map(refusal),
  ),
  refresh: fc.constantFrom(
    undefined,
    { status: 'refreshed', outcome: signedInBy('refresh') },
    { status: 'failed', reason: 'fetch-error' },
  ),
});

const everyOutcome = (check: (given: Facts) => void) => fc.assert(fc.property(facts, check), { numRuns: 5_000 });

describe('decide, over random facts', () => {
  it('always decides, and the same way twice', () => {
    everyOutcome((given) => {
      expect(decide(given)).toEqual(decide(given));
    });
  });

  it('asks for each fact once at most, in the end with an outcome', () => {
    everyOutcome((given) => {
      const asked: NeededFact[] = [];
      let gathered: Facts = { ...given, handshake: undefined, verification: undefined, refresh: undefined };
      for (;;) {
        const decision = decide(gathered);
        if (decision.status !== 'needs') break;
        expect(asked).not.toContain(decision.fact);
        asked.push(decision.fact);
        gathered = { ...gathered, [decision.fact]: given[decision.fact] ?? SETTLED[decision.fact] };
      }
    });
  });

  it('signs in only whom a verified token names', () => {
    everyOutcome((given) => {
      const decision = decide(given);
      const outcome = decision.status === 'noted' ? decision.outcome : decision;
      if (outcome.status !== 'signed-in') return;
      const byHandshake =
        given.hasHandshake && given.handshake?.status === 'resolved' && outcome === given.handshake.outcome;
      const byRefresh = given.refresh?.status === 'refreshed' && outcome === given.refresh.outcome;
      const byToken = outcome.token === given.token?.text && outcome.identity === given.verification;
      expect(byHandshake || byRefresh || byToken).toBe(true);
    });
  });

  it('never signs in by a token that was refused or not verified', () => {
    everyOutcome((given) => {
      const decision = decide({ ...given, hasHandshake: false, refresh: undefined, verification: undefined });
      expect(decision.status).not.toBe('signed-in');
      const refused = decide({
        ...given,
        hasHandshake: false,
        refresh: undefined,
        verification: refusal('token-invalid-signature'),
      });
      expect(refused.status).not.toBe('signed-in');
    });
  });

  it('SC-078 redirects page loads alone', () => {
    everyOutcome((given) => {
      expect(decide({ ...given, mayRedirect: false, maySync: false }).status).not.toBe('handshake');
    });
  });

  it('SC-073 redirects nobody a fourth time', () => {
    everyOutcome((given) => {
      expect(decide({ ...given, redirectCount: 3 }).status).not.toBe('handshake');
    });
  });

  it('refreshes only for GET, with a refresh token, after an expired token', () => {
    everyOutcome((given) => {
      const decision = decide(given);
      if (decision.status !== 'needs' || decision.fact !== 'refresh') return;
      expect(given).toMatchObject({ method: 'GET', hasRefreshToken: true, verification: { reason: 'token-expired' } });
    });
  });

  it('SC-076 answers no satellite in production', () => {
    everyOutcome((given) => {
      const decision = decide({ ...given, isProduction: true });
      expect(decision).not.toMatchObject({ destination: 'satellite' });
    });
  });

  it('decides about a refused token of the header in the same bounds', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...REASONS).map(refusal), (given, refused) => {
        const decision = decideRefusedToken({ ...given, carrier: 'header', refresh: undefined }, refused);
        expect(decision.status).not.toBe('signed-in');
        if (decision.status === 'handshake') expect([given.mayRedirect, given.redirectCount < 3]).toEqual([true, true]);
      }),
    );
  });
});

const SETTLED = {
  handshake: { status: 'failed', message: 'no' },
  verification: SIGNED_IN.verification,
  refresh: { status: 'failed', reason: 'fetch-error' },
} as const;
