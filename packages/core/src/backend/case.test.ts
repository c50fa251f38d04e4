import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpaque, toCamel, toSnake } from './case.ts';

const contract = JSON.parse(readFileSync(new URL('../../contract/backend-api.json', import.meta.url), 'utf8')) as {
  opaqueMaps: string[];
  schemas: Record<string, { fields: Record<string, unknown>; clientFields?: Record<string, unknown> }>;
  operations: { query: { name: string }[]; body: { name: string }[] }[];
};

const declaredNames = new Set([
  ...Object.values(contract.schemas).flatMap((schema) => [
    ...Object.keys(schema.fields),
    ...Object.keys(schema.clientFields ?? {}),
  ]),
  ...contract.operations.flatMap(({ query, body }) => [...query, ...body].map((parameter) => parameter.name)),
]);

describe('toSnake', () => {
  test.each([
    ['firstName', 'first_name'],
    ['web3Wallet', 'web3_wallet'],
    ['idpSSOUrl', 'idp_sso_url'],
    ['userID', 'user_id'],
    ['primaryEmailAddressID', 'primary_email_address_id'],
    ['x509Cert', 'x509_cert'],
    ['last2FA', 'last2_fa'],
    ['a1B', 'a1_b'],
    ['kebab-key', 'kebab_key'],
    ['__lead', 'lead'],
    ['trail_', 'trail'],
    ['org:x', 'org_x'],
    ['already_snake', 'already_snake'],
    ['__proto__', 'proto'],
    ['', ''],
  ])('%s becomes %s', (given, want) => {
    expect(toSnake(given)).toBe(want);
  });
});

describe('toCamel', () => {
  test.each([
    ['first_name', 'firstName'],
    ['web3_wallet', 'web3Wallet'],
    ['last4', 'last4'],
    ['id', 'id'],
    ['verified_at_client', 'verifiedAtClient'],
    ['_leading', '_leading'],
    ['trailing_', 'trailing_'],
    ['alreadyCamel', 'alreadyCamel'],
    ['x5t#S256', 'x5t#S256'],
    ['', ''],
  ])('%s becomes %s', (given, want) => {
    expect(toCamel(given)).toBe(want);
  });
});

test.each([...declaredNames].filter((name) => name !== 'frontendApi'))(
  'the declared name %s survives both ways',
  (name) => {
    expect(toSnake(toCamel(name))).toBe(name);
  },
);

test('any name of words survives both ways', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]*[a-z]$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const wireName = words.join('_');
      expect(toSnake(toCamel(wireName))).toBe(wireName);
    }),
  );
});

test('what the contract calls opaque is opaque, and nothing else is', () => {
  expect([...declaredNames].filter(isOpaque).sort()).toEqual([...contract.opaqueMaps].sort());
});
