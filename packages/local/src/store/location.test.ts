import { expect, test } from 'vitest';
import { isPostgresUrl, showLocation } from './location.ts';

test.each([
  [':memory:', false, ':memory:'],
  ['.keystile/keystile.db', false, '.keystile/keystile.db'],
  ['postgres.db', false, 'postgres.db'],
  [
    'postgres://ada:secret@db.example.com:5433/app?schema=x&sslmode=require',
    true,
    'postgres://ada@db.example.com:5433/app',
  ],
  ['POSTGRESQL://:secret@localhost/app', true, 'postgresql://localhost/app'],
  ['postgres://ada:s%40cret@[::1]/app', true, 'postgres://ada@[::1]/app'],
  ['postgres://ada:secret@[', true, 'postgres://…'],
])('%s', (location, isPostgres, shown) => {
  expect(isPostgresUrl(location)).toBe(isPostgres);
  expect(showLocation(location)).toBe(shown);
});
