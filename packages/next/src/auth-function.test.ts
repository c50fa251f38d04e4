import type { ApiKeyAuth, SignedInAuth } from '@keystile/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { auth as compatAuth } from './compat/index.ts';
import { auth } from './index.ts';

describe('SC-097 a guard that is not awaited', () => {
  it('is a promise, and says nothing of anybody', async () => {
    const guard = auth.protect();
    expectTypeOf(guard).toEqualTypeOf<Promise<SignedInAuth>>();
    expectTypeOf(guard).not.toHaveProperty('userId');
    expectTypeOf(guard).not.toExtend<SignedInAuth>();
    expect('userId' in guard || 'has' in guard).toBe(false);
    // Here is no request, so that nobody is let through.
    await expect(guard).rejects.toMatchObject({ code: 'auth-outside-request' });
  });

  it('does not compile where its answer is used', () => {
    const misuses = () => {
      // @ts-expect-error a promise has no userId
      auth.protect().userId;
      // @ts-expect-error nor can it be asked for permissions
      auth.protect().has({ permission: 'org:invoices:read' });
      // @ts-expect-error a promise is always true: the compiler knows that `await` is missing
      if (auth.protect()) return 'let in';
      // @ts-expect-error the same without protect()
      if (auth()) return 'let in';
      // @ts-expect-error nor does it have what a session has
      const { userId } = auth();
      return userId;
    };
    expectTypeOf(misuses).toBeFunction();
  });

  it('is one in the compat entry, too, whatever it demands', () => {
    expectTypeOf(compatAuth.protect).returns.toExtend<Promise<unknown>>();
    expectTypeOf(compatAuth.protect).returns.not.toHaveProperty('userId');
    expectTypeOf(auth.protect<'api_key'>).returns.toEqualTypeOf<
      Promise<Extract<ApiKeyAuth, { isAuthenticated: true }>>
    >();
    expectTypeOf(auth.protect<'api_key'>).returns.not.toHaveProperty('subject');
  });
});
