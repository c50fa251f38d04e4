import { expect, test } from 'vitest';
import { assertApiUrl, assertApiVersion } from './assert-api-url.ts';

test.each([
  ['https://api.example.com', 'https://api.example.com'],
  ['https://api.example.com///', 'https://api.example.com'],
  ['https://API.example.com/base/', 'https://api.example.com/base'],
  ['http://localhost:4000', 'http://localhost:4000'],
  ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
  ['http://api.localhost', 'http://api.localhost'],
])('%s is taken', (given, expected) => {
  expect(assertApiUrl(given)).toBe(expected);
});

test.each([
  '',
  'api.example.com',
  '/v1',
  'ftp://api.example.com',
  'javascript:alert(1)',
  'https://user:pw@api.example.com',
  'https://api.example.com?x=1',
  'https://api.example.com#x',
  'http://api.example.com',
  'http://localhost.evil.test',
  'http://127.0.0.1.evil.test',
  'http://10.0.0.1',
])('SC-108 %s is refused', (url) => {
  expect(() => assertApiUrl(url)).toThrow(expect.objectContaining({ option: 'apiUrl' }) as Error);
});

test('plain http to another host is a choice', () => {
  expect(assertApiUrl('http://backend:4000', true)).toBe('http://backend:4000');
});

test('a version is one segment', () => {
  expect(assertApiVersion('v1')).toBe('v1');
  for (const version of ['', '..', 'v1/x', 'v1?x', 'v1 ', '%2e']) {
    expect(() => assertApiVersion(version)).toThrow(expect.objectContaining({ option: 'apiVersion' }) as Error);
  }
});
