import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { ResponsePatch } from '@keystile/core';
import { expect, it } from 'vitest';
import { applyPatch } from './apply-patch.ts';

const NOTHING: ResponsePatch = { set: [], append: [], vary: [], answer: undefined };

function respond(patch: Partial<ResponsePatch>, before: Readonly<Record<string, string | string[]>> = {}) {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  for (const [name, value] of Object.entries(before)) response.setHeader(name, value);
  return { answered: applyPatch(response, { ...NOTHING, ...patch }), response, headers: response.getHeaders() };
}

it('replaces what is set', () => {
  const { headers, answered } = respond(
    { set: [['Cache-Control', 'no-store']] },
    { 'cache-control': 'public, max-age=60' },
  );
  expect(headers['cache-control']).toBe('no-store');
  expect(answered).toBe(false);
});

it('adds cookies, each a line of its own', () => {
  const append = ['a=1', 'b=2'].map((value) => ['set-cookie', value] as const);
  expect(respond({ append }, { 'set-cookie': 'own=0' }).headers['set-cookie']).toEqual(['own=0', 'a=1', 'b=2']);
});

it.each([
  ['nothing', undefined, 'Cookie, Authorization'],
  ['another name', 'Accept', 'Accept, Cookie, Authorization'],
  ['one of the names in another case', 'cookie , Accept', 'cookie, Accept, Authorization'],
  ['everything', '*', '*'],
])('merges into a Vary of %s', (_what, present, want) => {
  const before = present === undefined ? {} : { vary: present };
  expect(respond({ vary: ['Cookie', 'Authorization'] }, before).headers.vary).toBe(want);
});

it('answers in the place of the application', () => {
  const { answered, response } = respond({ answer: { status: 307, body: null }, set: [['location', '/sign-in']] });
  expect(answered).toBe(true);
  expect(response.statusCode).toBe(307);
  expect(response.writableEnded).toBe(true);
});
