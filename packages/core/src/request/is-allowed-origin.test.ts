import { expect, it } from 'vitest';
import { resolveConfig } from '../config.ts';
import { isAllowedOrigin } from './is-allowed-origin.ts';
import type { RequestView } from './request-view.ts';

const view = (headers: Readonly<Record<string, string>>): RequestView => ({
  method: 'GET',
  origin: 'http://app.example',
  target: '/',
  header: (name) => headers[name],
  headers: () => Object.entries(headers),
});
const host = 'app.example:3000';
const parties = { authorizedParties: ['https://front.example'] };

it.each([
  ['no Origin: no page', {}, {}, undefined, true],
  ['the host itself', { origin: 'http://app.example:3000' }, {}, undefined, true],
  ['the host behind a proxy that speaks TLS', { origin: 'https://app.example:3000' }, {}, undefined, true],
  ['another port', { origin: 'http://app.example' }, {}, undefined, false],
  ['another host', { origin: 'https://evil.test' }, {}, undefined, false],
  ['a host that begins with ours', { origin: 'http://app.example:3000.evil.test' }, {}, undefined, false],
  ['no origin to speak of', { origin: 'null' }, {}, undefined, false],
  ['an empty Origin', { origin: '' }, {}, undefined, false],
  ['an authorised party', { origin: 'https://front.example' }, parties, undefined, true],
  ['our own host, where parties are named', { origin: 'http://app.example:3000' }, parties, undefined, false],
  ['the public origin', { origin: 'https://pub.example' }, { publicOrigin: 'https://pub.example' }, undefined, true],
  ['one that is listed', { origin: 'https://page.example' }, parties, ['https://page.example'], true],
  ['a party that is not listed', { origin: 'https://front.example' }, parties, ['https://page.example'], false],
])('SC-105 %s', (_what, headers, options, origins, allowed) => {
  expect(isAllowedOrigin(view({ host, ...headers }), resolveConfig(options, {}), origins)).toBe(allowed);
});

it('SC-105 matches no Origin with a Host that is missing', () => {
  expect(isAllowedOrigin(view({ origin: 'file://' }), resolveConfig({}, {}))).toBe(false);
});
