import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact } from '../../../../test/support/signing-key.ts';
import { Refusal } from '../jwt/refusal.ts';
import { isOpaque, isPossibleOpaqueToken, readPresentedToken } from './presented-token.ts';

const jwt = (header: object, payload: object) => compact({ alg: 'RS256', kid: 'a', ...header }, payload);
const session = jwt({ typ: 'JWT' }, { sub: 'user_1' });
const access = jwt({ typ: 'at+jwt' }, { sub: 'user_1' });
const m2m = jwt({ typ: 'JWT' }, { sub: 'mch_1' });

test.each<[what: string, token: string, type: string, opaque: boolean]>([
  ['a session token', session, 'session_token', false],
  ['an M2M token', 'mt_0123456789abcdef', 'm2m_token', true],
  ['an OAuth access token', 'oat_0123456789abcdef', 'oauth_token', true],
  ['an API key', 'ak_0123456789abcdef', 'api_key', true],
  ['an M2M JWT', m2m, 'm2m_token', false],
  ['an OAuth JWT', access, 'oauth_token', false],
  ['an OAuth JWT, the long spelling', jwt({ typ: 'application/at+jwt' }, {}), 'oauth_token', false],
  ['row 1 before row 2', jwt({ typ: 'at+jwt' }, { sub: 'mch_1' }), 'm2m_token', false],
  ['typ in capitals', jwt({ typ: 'AT+JWT' }, { sub: 'user_1' }), 'session_token', false],
  ['scopes alone', jwt({ typ: 'JWT' }, { sub: 'user_1', scp: ['x'], scope: 'x' }), 'session_token', false],
  ['a subject that is no text', jwt({}, { sub: ['mch_1'] }), 'session_token', false],
  ['a subject that only begins alike', jwt({}, { sub: 'mch' }), 'session_token', false],
  ['a subject with a blank in front', jwt({}, { sub: ' mch_1' }), 'session_token', false],
  ['nothing', '', 'session_token', false],
  ['a word', 'Bearer', 'session_token', false],
  ['a prefix in capitals', 'AK_0123456789', 'session_token', false],
  ['a prefix behind a blank', ' ak_0123456789', 'session_token', false],
  ['a prefix without its line', 'ak0123456789', 'session_token', false],
  ['a prefix alone', 'ak_', 'api_key', true],
  ['an M2M prefix before parts', 'mt_a.b.c', 'm2m_token', false],
  ['an API key prefix before a session token', `ak_${session}`, 'api_key', false],
  ['an API key prefix before an M2M token', `ak_${m2m}`, 'api_key', false],
  ['an OAuth prefix before an M2M token', `oat_${m2m}`, 'oauth_token', false],
  ['an M2M prefix before an OAuth token', `mt_${access}`, 'm2m_token', false],
  ['a header that cannot be decoded', `x.${m2m.split('.')[1]}.x`, 'session_token', false],
  // The shape knows no padding. Read as a session, a machine's token would sign the machine in as a user; it is refused.
  ['a machine behind padding', `${m2m}=`, 'm2m_token', true],
  ['a machine without a signature', m2m.slice(0, m2m.lastIndexOf('.') + 1), 'm2m_token', true],
])('SC-028 section 6.2: %s', (_what, text, type, opaque) => {
  const token = readPresentedToken(text);
  expect(token.type).toBe(type);
  expect(isOpaque(token)).toBe(opaque);
});

describe('a prefix dresses nothing up', () => {
  // Base64url can spell a header behind a prefix. The text then decodes, and it must still not be read as a session.
  test('SC-028 no JWT that decodes behind an opaque prefix is a session token', () => {
    fc.assert(
      fc.property(fc.constantFrom('mt_', 'oat_', 'ak_'), fc.string({ maxLength: 40 }), (prefix, rest) => {
        expect(readPresentedToken(prefix + rest).type).not.toBe('session_token');
      }),
    );
  });
});

test('says why a text is no JWT', () => {
  expect(readPresentedToken('ak_0123').jwt).toBeInstanceOf(Refusal);
});

test.each([
  ['ak_0123456789abcdef', true],
  ['mt_0123', true],
  ['oat_A-Z_09', true],
  [`ak_${'a'.repeat(512)}`, true],
  [`ak_${'a'.repeat(513)}`, false],
  ['ak_', false],
  ['ak_123', false],
  ['ak_01234\n', false],
  ['ak_01234 5', false],
  ['ak_01234/../x', false],
  ['ak_01234%00', false],
  ['ak_0123é', false],
  ['xak_0123456', false],
  ['AK_0123456', false],
  ['sk_0123456', false],
  ['', false],
])('SC-122 whether %j could be an opaque token: %s', (text, possible) => {
  expect(isPossibleOpaqueToken(text)).toBe(possible);
});
