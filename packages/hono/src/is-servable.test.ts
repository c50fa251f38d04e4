import { expect, it } from 'vitest';
import { isServable } from './is-servable.ts';

it.each([
  ['GET', 'http://app.test', true],
  ['GET', 'http://app.test/', true],
  ['GET', 'http://app.test/page?x=1', true],
  ['GET', 'http://app.test/a//b@c', true],
  ['GET', 'http://app.test/..;/', true],
  ['OPTIONS', 'http://app.test/', true],
  ['GET', 'http://app.test//evil.test/x', true],
  ['GET', 'http://app.test//', false],
  ['GET', 'http://app.test///', false],
  ['GET', 'http://app.test//u:p@evil.test/', false],
  ['GET', 'http://app.test//u@evil.test/', false],
  ['GET', 'http://app.test//evil.test:99999/', false],
  ['GET', 'http://u:p@evil.test/', false],
  ['GET', 'http://u@evil.test', false],
  ['TRACE', 'http://app.test/', false],
  ['TRACK', 'http://app.test/', false],
  ['CONNECT', 'http://app.test/', false],
])('SC-065 E3 %s %s: %s', (method, url, servable) => {
  expect(isServable({ method, url })).toBe(servable);
});
