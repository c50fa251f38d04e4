import { describe, expect, it } from 'vitest';
import { missingFromVary, patchHeaders, toResponse } from './patch-response.ts';
import { NO_PATCH, PRIVATE_PATCH, type ResponsePatch } from './response-patch.ts';

describe('toResponse', () => {
  it('makes the answer of a patch', async () => {
    const patch: ResponsePatch = {
      set: [['location', '/sign-in']],
      append: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      vary: ['Cookie'],
      answer: { status: 307, body: null },
    };
    const response = toResponse(patch);
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([307, '/sign-in', '']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('fails closed for a patch without an answer', () => {
    expect(toResponse(NO_PATCH).status).toBe(500);
  });
});

describe('patchHeaders', () => {
  it('replaces, appends and merges, and does nothing twice', () => {
    const headers = new Headers({ 'cache-control': 'public', vary: 'accept, COOKIE', 'set-cookie': 'own=1' });
    const patch = { ...PRIVATE_PATCH, append: [['set-cookie', 'a=1']] } satisfies ResponsePatch;
    patchHeaders(headers, patch);
    patchHeaders(headers, patch);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toBe('accept, COOKIE, Authorization');
    expect(headers.getSetCookie()).toEqual(['own=1', 'a=1']);
  });
});

describe('missingFromVary', () => {
  it.each([
    [undefined, ['Cookie', 'Authorization']],
    ['Cookie', ['Authorization']],
    ['accept ,authorization', ['Cookie']],
    ['*', []],
  ])('of %j', (vary, missing) => {
    expect(missingFromVary(new Headers(vary === undefined ? {} : { vary }), ['Cookie', 'Authorization'])).toEqual(
      missing,
    );
  });
});
