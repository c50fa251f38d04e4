import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Challenge, toWwwAuthenticate } from './challenge.ts';

test.each<[challenge: Challenge, header: string]>([
  [{}, 'Bearer'],
  [{ error: 'invalid_token' }, 'Bearer error="invalid_token"'],
  [
    { error: 'insufficient_scope', scope: 'read write', resourceMetadata: 'https://a.test/m' },
    'Bearer error="insufficient_scope", scope="read write", resource_metadata="https://a.test/m"',
  ],
  [{ errorDescription: 'say "no"' }, 'Bearer error_description="say \\"no\\""'],
  [{ errorDescription: 'back\\slash' }, 'Bearer error_description="back\\\\slash"'],
  [{ scope: 'a\r\nset-cookie: x' }, 'Bearer scope="aset-cookie: x"'],
  [{ scope: 'é\0\u2028x' }, 'Bearer scope="x"'],
])('RFC 6750 section 3: %j', (challenge, header) => {
  expect(toWwwAuthenticate(challenge)).toBe(header);
});

test('SC-068 whatever is said, it is one header of well-formed quoted strings', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.record({ errorDescription: text, scope: text, resourceMetadata: text }), (challenge) => {
      const header = toWwwAuthenticate(challenge);
      expect(header).toMatch(/^Bearer(?: [a-z_]+="(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*",?)+$/);
      expect(() => new Headers({ 'www-authenticate': header })).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
