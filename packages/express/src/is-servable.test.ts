import type { Request } from 'express';
import { expect, it } from 'vitest';
import { isServable } from './is-servable.ts';

it.each([
  ['GET', '/', true],
  ['GET', '/page?x=1', true],
  ['GET', '/%00', true],
  ['GET', '/..;/', true],
  ['GET', '/a//b', true],
  ['OPTIONS', '/', true],
  ['GET', '//evil.test/x', true],
  ['GET', 'http://evil.test/', true],
  ['GET', 'HTTPS://app.example/page', true],
  ['GET', '//', false],
  ['GET', '///', false],
  ['GET', '//u:p@evil.test/', false],
  ['GET', '//u@evil.test/', false],
  ['GET', '//evil.test:99999/', false],
  ['GET', 'http://u:p@h/', false],
  ['GET', 'http://', false],
  ['GET', 'javascript:alert(1)', false],
  ['OPTIONS', '*', false],
  ['GET', '\\\\evil', false],
  ['GET', '', false],
  ['GET', 'page', false],
  ['TRACE', '/', false],
  ['TRACK', '/', false],
  ['CONNECT', 'evil.test:443', false],
])('SC-065 E3 %s %s: %s', (method, originalUrl, servable) => {
  expect(isServable({ method, originalUrl } as Request)).toBe(servable);
});
