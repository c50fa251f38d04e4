import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact, encode } from '../../../../test/support/signing-key.ts';
import { type DecodedJwt, decodeJwt, isCanonical, MAXIMUM_TOKEN_LENGTH } from './decode-jwt.ts';
import { Refusal } from './refusal.ts';

const HEADER = { alg: 'RS256', kid: 'ins_1' };
const CLAIMS = { sub: 'user_1', exp: 1 };

function decoded(token: string): DecodedJwt {
  const jwt = decodeJwt(token);
  if (jwt instanceof Refusal) throw jwt.toError();
  return jwt;
}

test('gives header, payload, and what the signature covers as it was presented', () => {
  const token = compact(HEADER, CLAIMS, 'c2lnbmF0dXJl');
  const jwt = decoded(token);
  expect(jwt).toEqual({
    token,
    header: HEADER,
    payload: CLAIMS,
    signedText: `${encode(HEADER)}.${encode(CLAIMS)}`,
    signature: expect.any(Uint8Array),
    signatureText: 'c2lnbmF0dXJl',
  });
  expect(Buffer.from(jwt.signature).toString()).toBe('signature');
});

test('a header that is remembered is each token’s own, and nobody can change it', () => {
  const other = { alg: 'RS256', kid: 'ins_2', crit: ['x'] };
  for (const header of [HEADER, other, other, HEADER])
    expect(decoded(compact(header, CLAIMS, 'c2ln')).header).toEqual(header);
  const { header } = decoded(compact(other, CLAIMS, 'c2ln'));
  expect([header, header.crit].every(Object.isFrozen)).toBe(true);
  expect(decodeJwt(`${encode([])}.${encode(CLAIMS)}.c2ln`)).toBeInstanceOf(Refusal);
});

describe('refuses as token-invalid', () => {
  const h = encode(HEADER);
  const p = encode(CLAIMS);
  test.each<[reason: string, token: string]>([
    ['nothing', ''],
    ['a word', 'Bearer'],
    ['dots alone', '..'],
    ['SC-006 two parts', `${h}.${p}`],
    ['SC-006 four parts', `${h}.${p}.AAAA.AAAA`],
    ['SC-006 an encrypted token (five parts)', `${h}.AAAA.AAAA.${p}.AAAA`],
    ['SC-006 a detached payload', `${h}..AAAA`],
    ['SC-006 JSON serialization', JSON.stringify({ payload: p, protected: h, signature: 'AAAA' })],
    ['an empty header', `.${p}.AAAA`],
    ['SC-007 + of the other alphabet', `${h}.${p}.ab+d`],
    ['SC-007 / of the other alphabet', `${h}.${p}.ab/d`],
    ['SC-007 padding in the middle', `${h.slice(0, 4)}=${h.slice(4)}.${p}.AAAA`],
    ['SC-007 a blank', `${h}.${p}.AA AA`],
    ['SC-007 a line break at the end', `${h}.${p}.AAAA\n`],
    ['SC-007 a NUL', `${h}.${p}.AAAA\0`],
    ['SC-007 a look-alike letter', `${h}.${p}.АAAA`],
    ['SC-007 a full-width dot', `${h}．${p}．AAAA`],
    // {"alg":"RS256"} is 20 characters, so that one more stands for nothing; node:crypto would ignore it.
    ['SC-007 one character too many in the header', `${encode({ alg: 'RS256' })}A.${p}.AAAA`],
    ['SC-007 one character too many in the signature', `${h}.${p}.AAAAA`],
    ['SC-007 the same behind padding', `${h}.${p}.AAAAA===`],
    ['a header that is not JSON', compact('{"alg":', CLAIMS)],
    ['a payload that is not JSON', compact(HEADER, 'sub=1')],
    ['a payload with something after the JSON', compact(HEADER, '{}{}')],
    ['a byte order mark before the header', compact(`\ufeff${JSON.stringify(HEADER)}`, CLAIMS)],
    ...(['null', '1', '"x"', '[]', 'true', '[{}]', ''] as const).flatMap((text): [string, string][] => [
      [`SC-008 the header ${text}`, compact(text, CLAIMS)],
      [`SC-008 the payload ${text}`, compact(HEADER, text)],
    ]),
  ])('%s', (_reason, token) => {
    const refusal = decodeJwt(token);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ reason: 'token-invalid' });
  });
});

test.each(['=', '==', '==='])('SC-007 padding at the end of a part is tolerated: %s', (padding) => {
  const token = `${encode(HEADER)}${padding}.${encode(CLAIMS)}${padding}.AAAA${padding}`;
  expect(decoded(token).payload).toEqual(CLAIMS);
});

test('SC-009 of two members with one name the last is the only one that anyone sees', () => {
  const jwt = decoded(
    compact('{"alg":"none","alg":"RS256","kid":"a","kid":"b"}', '{"sub":"a","exp":1,"sub":"b","exp":2}'),
  );
  expect(jwt.header).toEqual({ alg: 'RS256', kid: 'b' });
  expect(jwt.payload).toEqual({ sub: 'b', exp: 2 });
});

test('SC-010 names of the prototype are members like any other and change no prototype', () => {
  const jwt = decoded(compact('{"__proto__":{"alg":"RS256"}}', '{"__proto__":{"sub":"admin"},"constructor":1}'));
  expect(jwt.header.alg).toBeUndefined();
  expect(jwt.payload.sub).toBeUndefined();
  expect(Object.keys(jwt.payload)).toEqual(['__proto__', 'constructor']);
  expect(({} as { sub?: unknown }).sub).toBeUndefined();
});

describe('SC-013 size', () => {
  test('a token of the greatest length is decoded, one character more is not', () => {
    const prefix = compact(HEADER, CLAIMS, '');
    const room = MAXIMUM_TOKEN_LENGTH - prefix.length;
    expect(decodeJwt(prefix + 'A'.repeat(room - (room % 4)))).not.toBeInstanceOf(Refusal);
    expect(decodeJwt(prefix + 'A'.repeat(room + 1))).toMatchObject({ reason: 'token-invalid' });
  });

  test('deep and wide JSON within the bound is only data', () => {
    const deep = '['.repeat(11_000) + ']'.repeat(11_000);
    expect(decodeJwt(compact(HEADER, `{"a":${deep}}`))).not.toBeInstanceOf(Refusal);
    const wide = Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`c${i}`, i]));
    expect(decoded(compact(HEADER, wide)).payload.c1499).toBe(1_499);
  });

  test.each([
    ['letters', 'a'],
    ['dots', '.'],
    ['padding', 'a='],
    ['open brackets', 'W1tb'],
    ['parts', 'a.'],
  ])('10 MB of %s are refused without looking at them', (_what, unit) => {
    const token = unit.repeat(10_000_000 / unit.length);
    const start = performance.now();
    for (let i = 0; i < 1_000; i++) expect(decodeJwt(token)).toBeInstanceOf(Refusal);
    // A thousand times 10 MB: whoever reads them takes many seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

test('SC-007 one signature has one canonical spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(63), fc.nat(3), (bytes, flip, padding) => {
      const spelling = Buffer.from(bytes).toString('base64url');
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const variant = spelling.slice(0, -1) + alphabet[flip] + '='.repeat(padding);
      const canonical = decoded(compact(HEADER, CLAIMS, spelling));
      expect(isCanonical(canonical)).toBe(true);
      const other = decoded(compact(HEADER, CLAIMS, variant));
      const saysTheSame = Buffer.from(other.signature).equals(bytes);
      if (saysTheSame) expect(isCanonical(other)).toBe(variant === spelling);
    }),
  );
});

test('never throws, and decodes only what is an object, whatever the text', () => {
  const part = fc.oneof(
    fc.string(),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.string({ unit: 'binary' }),
    fc.base64String(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const jwt = decodeJwt(parts.join('.'));
      if (jwt instanceof Refusal) return;
      expect(parts).toHaveLength(3);
      for (const value of [jwt.header, jwt.payload]) {
        expect(typeof value === 'object' && value !== null && !Array.isArray(value)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
