import { describe, expect, it } from 'vitest';
import { identity, NOW_S, presented, refusal, SIGNED_IN } from '../../../../test/session/support/facts.ts';
import { readPresentedToken } from '../tokens/presented-token.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Facts } from './facts.ts';
import { HandshakeError } from './handshake-error.ts';
import { type SignedInOutcome, signedOut } from './outcome.ts';
import { decideRefusedToken } from './refused-token.ts';

const BLANK: Partial<Facts> = { token: undefined, clientUat: 0, verification: undefined };
const DEVELOPMENT: Partial<Facts> = { isProduction: false };
const SATELLITE: Partial<Facts> = { isSatellite: true, maySync: true };
const API_CALL: Partial<Facts> = { mayRedirect: false, maySync: false };
const FROM_HANDSHAKE: SignedInOutcome = {
  status: 'signed-in',
  tokenType: 'session_token',
  token: 'from the handshake',
  remembered: false,
  identity: identity(),
};

/** What a decision comes down to. */
function gist(decision: Decision): string {
  switch (decision.status) {
    case 'needs':
      return `needs ${decision.fact}`;
    case 'handshake':
      return decision.destination === 'frontend-api'
        ? `handshake ${decision.reason}`
        : `handshake ${decision.reason} at ${decision.destination}`;
    case 'noted':
      return `${gist(decision.outcome)}, noted`;
    case 'failed':
      return `failed ${decision.error.code}`;
    case 'signed-in':
      return 'signed-in';
    case 'signed-out':
      return `signed-out ${decision.reason}`;
  }
}

type Row = readonly [id: string, facts: Partial<Facts>, want: string];

const PENDING_HANDSHAKE: Row[] = [
  ['F1 a handshake comes first', { hasHandshake: true }, 'needs handshake'],
  ['F1 whatever the method', { hasHandshake: true, method: 'POST', ...API_CALL }, 'needs handshake'],
  [
    'F1 resolved, signed in',
    { hasHandshake: true, ...BLANK, handshake: { status: 'resolved', outcome: FROM_HANDSHAKE } },
    'signed-in',
  ],
  [
    'F1 resolved, signed out',
    {
      hasHandshake: true,
      handshake: { status: 'resolved', outcome: signedOut('session_token', 'session-token-missing') },
    },
    'signed-out session-token-missing',
  ],
  [
    'F1 failed: the cookies decide',
    { hasHandshake: true, handshake: { status: 'failed', message: 'no' } },
    'signed-in',
  ],
  [
    'F1 failed: the cookies decide (signed out)',
    { hasHandshake: true, ...BLANK, handshake: { status: 'failed', message: 'no' } },
    'signed-out session-token-and-uat-missing',
  ],
  [
    'F1 and 8.4 failed in development, with a typed error',
    {
      ...DEVELOPMENT,
      hasHandshake: true,
      handshake: { status: 'failed', message: 'no', error: new HandshakeError(refusal('token-invalid-signature')) },
    },
    'failed handshake-refused',
  ],
];

const SATELLITES: Row[] = [
  ['F2 unknown visitor, no auto-sync', { ...SATELLITE, ...BLANK }, 'signed-out session-token-and-uat-missing'],
  ['F2 not with auto-sync', { ...SATELLITE, ...BLANK, satelliteAutoSync: true }, 'handshake satellite-needs-syncing'],
  ['F3 sync asked for', { ...SATELLITE, ...BLANK, synced: 'false' }, 'handshake satellite-needs-syncing'],
  ['F3 sync asked for by one who is signed in', { ...SATELLITE, synced: 'false' }, 'handshake satellite-needs-syncing'],
  [
    'F3 not after a sync',
    { ...SATELLITE, ...BLANK, satelliteAutoSync: true, synced: 'true' },
    'signed-out session-token-and-uat-missing',
  ],
  ['F3 not for a signed-in visitor', { ...SATELLITE, satelliteAutoSync: true }, 'signed-in'],
  [
    'F3 not with a time alone',
    { ...SATELLITE, ...BLANK, clientUat: 5, satelliteAutoSync: true },
    'handshake client-uat-but-no-session-token',
  ],
  [
    'F3 only for documents',
    { ...SATELLITE, ...BLANK, maySync: false, synced: 'false' },
    'signed-out session-token-and-uat-missing',
  ],
  [
    'F4 development, unknown visitor',
    { ...DEVELOPMENT, ...SATELLITE, ...BLANK, hasDevBrowser: false },
    'signed-out session-token-and-uat-missing',
  ],
  [
    'F5 development, auto-sync',
    { ...DEVELOPMENT, ...SATELLITE, ...BLANK, satelliteAutoSync: true },
    'handshake satellite-needs-syncing at primary-sign-in',
  ],
  [
    'F5 development, sync asked for',
    { ...DEVELOPMENT, ...SATELLITE, synced: 'false' },
    'handshake satellite-needs-syncing at primary-sign-in',
  ],
  ['F5 not after a sync', { ...DEVELOPMENT, ...SATELLITE, synced: 'true' }, 'signed-in'],
  [
    'F6 a satellite waits',
    { ...DEVELOPMENT, hasSatelliteWaiting: true },
    'handshake primary-responds-to-syncing at satellite',
  ],
  [
    'F6 for a visitor without anything',
    { ...DEVELOPMENT, ...BLANK, hasSatelliteWaiting: true },
    'handshake primary-responds-to-syncing at satellite',
  ],
  ['F6 not in production (SC-076)', { hasSatelliteWaiting: true }, 'signed-in'],
  ['F6 not on a satellite', { ...DEVELOPMENT, isSatellite: true, hasSatelliteWaiting: true }, 'signed-in'],
  [
    'F6 not for an API call',
    { ...DEVELOPMENT, ...API_CALL, hasSatelliteWaiting: true },
    'signed-out primary-responds-to-syncing',
  ],
];

const DEVELOPMENT_BROWSERS: Row[] = [
  ['F7 in the URL', { ...DEVELOPMENT, hasDevBrowserInUrl: true }, 'handshake dev-browser-sync'],
  [
    'F7 in the URL, empty',
    { ...DEVELOPMENT, hasDevBrowserInUrl: true, hasDevBrowser: false },
    'handshake dev-browser-sync',
  ],
  ['F7 not for an API call', { ...DEVELOPMENT, ...API_CALL, hasDevBrowserInUrl: true }, 'signed-out dev-browser-sync'],
  ['F7 not in production', { hasDevBrowserInUrl: true }, 'signed-in'],
  ['F8 missing', { ...DEVELOPMENT, hasDevBrowser: false }, 'handshake dev-browser-missing'],
  ['F8 not in production', { hasDevBrowser: false }, 'signed-in'],
];

const COOKIES_ALONE: Row[] = [
  ['F9 neither', { ...BLANK }, 'signed-out session-token-and-uat-missing'],
  ['F9 neither, in development', { ...DEVELOPMENT, ...BLANK }, 'signed-out session-token-and-uat-missing'],
  ['F10 session, no time', { clientUat: 0 }, 'handshake session-token-but-no-client-uat'],
  [
    'F10 before the token is looked at',
    { clientUat: 0, token: readPresentedToken('garbage') },
    'handshake session-token-but-no-client-uat',
  ],
  ['F11 time, no session', { ...BLANK, clientUat: 5 }, 'handshake client-uat-but-no-session-token'],
  ['F11 a negative time counts (SC-059)', { ...BLANK, clientUat: -1 }, 'handshake client-uat-but-no-session-token'],
];

const TOKENS: Row[] = [
  ['F12 undecodable', { token: readPresentedToken('garbage') }, 'signed-out token-invalid'],
  ['F13 M2M token', { token: presented({ sub: 'mch_1' }) }, 'signed-out token-type-mismatch'],
  ['F13 OAuth token', { token: presented({}, { typ: 'at+jwt' }) }, 'signed-out token-type-mismatch'],
  ['F13 template', { token: presented({}, { cat: 'cl_B7d4PD222AAA' }) }, 'signed-out token-type-mismatch'],
  ['F13 M2M category', { token: presented({}, { cat: 'cl_B7d4PD333AAA' }) }, 'signed-out token-type-mismatch'],
  ['F13 unknown category', { token: presented({}, { cat: 'cl_x' }) }, 'signed-out token-type-mismatch'],
  ['F13 session category passes', { token: presented({}, { cat: 'cl_B7d4PD111AAA' }) }, 'signed-in'],
  ['F13 ignored category passes', { token: presented({}, { cat: 'cl_I7d4PD111III' }) }, 'signed-in'],
  ['F13 before F14', { token: presented({ iat: 1 }, { typ: 'at+jwt' }) }, 'signed-out token-type-mismatch'],
  [
    'F14 older than the client',
    { token: presented({ iat: NOW_S - 11 }) },
    'handshake session-token-iat-before-client-uat',
  ],
  ['F14 as old as the client', { token: presented({ iat: NOW_S - 10 }) }, 'signed-in'],
  ['F14 no time of issue', { token: presented({ iat: undefined }) }, 'signed-in'],
  ['F14 time of issue of another type', { token: presented({ iat: '1' }) }, 'signed-in'],
  [
    'F14 before the signature',
    { token: presented({ iat: 1 }), verification: undefined },
    'handshake session-token-iat-before-client-uat',
  ],
  ['F15 not verified yet', { verification: undefined }, 'needs verification'],
  ['F15 refused', { verification: refusal('token-invalid-signature') }, 'signed-out token-invalid-signature, noted'],
  ['F19', {}, 'signed-in'],
  ['F19 pending sessions, too', { verification: identity({ sts: 'pending' }) }, 'signed-in'],
];

const REFUSED: Row[] = [
  ['H1', { verification: refusal('unexpected-error') }, 'signed-out unexpected-error'],
  ['H2', { verification: refusal('token-expired'), hasRefreshToken: true }, 'needs refresh'],
  [
    'H2 an API call, too',
    { verification: refusal('token-expired'), hasRefreshToken: true, ...API_CALL },
    'needs refresh',
  ],
  [
    'H2 refreshed',
    {
      verification: refusal('token-expired'),
      hasRefreshToken: true,
      refresh: { status: 'refreshed', outcome: FROM_HANDSHAKE },
    },
    'signed-in',
  ],
  [
    'H2, H4 not refreshed',
    {
      verification: refusal('token-expired'),
      hasRefreshToken: true,
      refresh: { status: 'failed', reason: 'fetch-error' },
    },
    'handshake session-token-expired-refresh-fetch-error',
  ],
  [
    'H2, H4, G1 not refreshed, API call',
    {
      verification: refusal('token-expired'),
      hasRefreshToken: true,
      refresh: { status: 'failed', reason: 'fetch-error' },
      ...API_CALL,
    },
    'signed-out session-token-expired-refresh-fetch-error',
  ],
  [
    'H3 not GET',
    { verification: refusal('token-expired'), hasRefreshToken: true, method: 'POST', ...API_CALL },
    'signed-out session-token-expired-refresh-non-eligible-non-get',
  ],
  [
    'H3 neither GET nor refresh cookie',
    { verification: refusal('token-expired'), method: 'POST', ...API_CALL },
    'signed-out session-token-expired-refresh-non-eligible-non-get',
  ],
  [
    'H4',
    { verification: refusal('token-expired') },
    'handshake session-token-expired-refresh-non-eligible-no-refresh-cookie',
  ],
  ['H5', { verification: refusal('token-not-active-yet') }, 'handshake session-token-nbf'],
  ['H5 API call', { verification: refusal('token-not-active-yet'), ...API_CALL }, 'signed-out session-token-nbf'],
  ['H6', { verification: refusal('token-iat-in-the-future') }, 'handshake session-token-iat-in-the-future'],
  ['H7', { verification: refusal('token-invalid-authorized-parties') }, 'signed-out token-invalid-authorized-parties'],
  ['H7 outage', { verification: refusal('jwk-remote-failed-to-load') }, 'signed-out jwk-remote-failed-to-load'],
  ['H7 keys of two instances', { verification: refusal('jwk-kid-mismatch') }, 'signed-out jwk-kid-mismatch, noted'],
];

const ORGANIZATION = { kind: 'slug', slug: 'acme' } as const;

const LAST: Row[] = [
  ['F17 from another site', { comesFromOtherSite: true }, 'handshake primary-domain-cross-origin-sync'],
  ['F17 in development', { ...DEVELOPMENT, comesFromOtherSite: true }, 'handshake primary-domain-cross-origin-sync'],
  ['F17 not on a satellite', { isSatellite: true, comesFromOtherSite: true }, 'signed-in'],
  ['F17 once only', { comesFromOtherSite: true, redirectCount: 1 }, 'signed-in'],
  [
    'F17 not before the token is verified',
    { comesFromOtherSite: true, verification: refusal('token-invalid') },
    'signed-out token-invalid',
  ],
  ['F18 other organisation', { organizationTarget: ORGANIZATION }, 'handshake active-organization-mismatch'],
  [
    'F18 same organisation',
    { organizationTarget: ORGANIZATION, verification: identity({ org_id: 'org_1', org_slug: 'acme' }) },
    'signed-in',
  ],
  [
    'F18 other id',
    { organizationTarget: { kind: 'id', id: 'org_2' }, verification: identity({ org_id: 'org_1' }) },
    'handshake active-organization-mismatch',
  ],
  [
    'F18 same id',
    { organizationTarget: { kind: 'id', id: 'org_1' }, verification: identity({ org_id: 'org_1' }) },
    'signed-in',
  ],
  [
    'F18 personal account wanted',
    { organizationTarget: { kind: 'personal' }, verification: identity({ org_id: 'org_1' }) },
    'handshake active-organization-mismatch',
  ],
  ['F18 personal account active', { organizationTarget: { kind: 'personal' } }, 'signed-in'],
  [
    'F18 pending session',
    { organizationTarget: ORGANIZATION, verification: identity({ sts: 'pending' }) },
    'signed-in',
  ],
  ['7.1 row 5 given up', { organizationTarget: ORGANIZATION, redirectCount: 3 }, 'signed-in, noted'],
  ['7.1 row 6 API call', { organizationTarget: ORGANIZATION, ...API_CALL }, 'signed-in'],
  [
    'F17 before F18',
    { organizationTarget: ORGANIZATION, comesFromOtherSite: true },
    'handshake primary-domain-cross-origin-sync',
  ],
];

const GIVING_UP: Row[] = [
  ['G1 not a page load', { ...BLANK, clientUat: 5, ...API_CALL }, 'signed-out client-uat-but-no-session-token'],
  [
    'G1 before G3',
    { ...BLANK, clientUat: 5, ...API_CALL, redirectCount: 3 },
    'signed-out client-uat-but-no-session-token',
  ],
  [
    'G3, §17 H1 SC-073',
    { ...BLANK, clientUat: 5, redirectCount: 3 },
    'signed-out client-uat-but-no-session-token, noted',
  ],
  ['G4 first', { ...BLANK, clientUat: 5, redirectCount: 0 }, 'handshake client-uat-but-no-session-token'],
  ['G4 third', { ...BLANK, clientUat: 5, redirectCount: 2 }, 'handshake client-uat-but-no-session-token'],
];

describe.each([
  ['F1: a handshake that came along', PENDING_HANDSHAKE],
  ['F2 to F6: satellites and their primary', SATELLITES],
  ['F7 and F8: development browsers', DEVELOPMENT_BROWSERS],
  ['F9 to F11: the cookies against each other', COOKIES_ALONE],
  ['F12 to F16 and F19: the token', TOKENS],
  ['H: a refused token', REFUSED],
  ['F17 and F18: what a good session still lacks', LAST],
  ['G: handshake or give up', GIVING_UP],
] as const)('decide, %s', (_, rows) => {
  it.each(rows)('%s', (_id, facts, want) => {
    expect(gist(decide({ ...SIGNED_IN, ...facts }))).toBe(want);
  });
});

describe('messages', () => {
  const messageOf = (facts: Partial<Facts>) => {
    const decision = decide({ ...SIGNED_IN, ...facts });
    return decision.status === 'noted'
      ? (decision.outcome as { message: string }).message
      : (decision as { message: string }).message;
  };

  it('names the reason and the carrier of a refused token', () => {
    expect(messageOf({ verification: refusal('token-expired') })).toBe(
      'The message of token-expired. (reason=token-expired, token-carrier=cookie)',
    );
  });

  it('is empty where the claims were malformed (H1)', () => {
    expect(messageOf({ verification: refusal('unexpected-error') })).toBe('');
  });

  it('is not empty for a visitor from another site (F17)', () => {
    expect(messageOf({ comesFromOtherSite: true })).not.toBe('');
  });

  it.each([
    [
      'a clock that is behind',
      { token: presented({ iat: NOW_S + 300 }), verification: refusal('token-iat-in-the-future') },
      '300 s behind',
    ],
    [
      'a clock that is ahead, or a token that is kept',
      { token: presented({ iat: NOW_S - 400 }), clientUat: 1, verification: refusal('token-expired') },
      'issued 400 s ago',
    ],
    ['cookies refused in development', { ...DEVELOPMENT, ...BLANK, hasDevBrowser: false }, 'refuse our cookies'],
    ['a session cookie refused', { ...BLANK, clientUat: 5 }, '4 kB'],
    ['the time of the client refused', { clientUat: 0 }, 'registrable domain'],
    ['two writers of cookies', { token: presented({ iat: 1 }) }, 'two applications'],
    ['a primary that does not answer', { ...SATELLITE, ...BLANK, synced: 'false' }, 'signInUrl and domain'],
    [
      'a handshake that does not verify',
      {
        ...BLANK,
        clientUat: 5,
        hasHandshake: true,
        handshake: { status: 'failed', message: 'The clock is 90 s off.' },
      },
      'The clock is 90 s off.',
    ],
  ] satisfies [string, Partial<Facts>, string][])('names the cause of a redirect loop: %s', (_, facts, cause) => {
    expect(messageOf({ ...facts, redirectCount: 3 })).toContain(cause);
  });

  it.each([
    ['of this instance', 'https://clerk.example.com', 'publishableKey and secretKey'],
    ['of another one', 'https://clerk.other.example', 'another instance'],
  ])('names keys that do not belong together, issuer %s', (_, iss, cause) => {
    const message = messageOf({ token: presented({ iss }), verification: refusal('jwk-kid-mismatch') });
    expect(message).toContain(cause);
    expect(message).not.toContain('clerk.');
  });
});

describe('decideRefusedToken with a token of the header', () => {
  const inHeader: Facts = { ...SIGNED_IN, carrier: 'header', clientUat: 0 };

  it.each([
    ['H2', { hasRefreshToken: true }, 'token-expired', 'needs refresh'],
    ['H4', {}, 'token-expired', 'handshake session-token-expired-refresh-non-eligible-no-refresh-cookie'],
    [
      'H4 API call',
      API_CALL,
      'token-expired',
      'signed-out session-token-expired-refresh-non-eligible-no-refresh-cookie',
    ],
    ['H5', {}, 'token-not-active-yet', 'handshake session-token-nbf'],
    ['H6', {}, 'token-iat-in-the-future', 'handshake session-token-iat-in-the-future'],
    ['H7', {}, 'token-invalid', 'signed-out token-invalid'],
  ] as const)('%s', (_, facts, reason, want) => {
    expect(gist(decideRefusedToken({ ...inHeader, ...facts }, refusal(reason)))).toBe(want);
  });

  it('says so in the message', () => {
    expect(decideRefusedToken(inHeader, refusal('token-invalid'))).toMatchObject({
      message: 'The message of token-invalid. (reason=token-invalid, token-carrier=header)',
    });
  });
});
