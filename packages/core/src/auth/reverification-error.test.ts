import { expect, it } from 'vitest';
import { reverificationError, reverificationErrorResponse } from './reverification-error.ts';

const denial = (reverification: unknown) => ({
  clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification } },
});

it.each([[undefined], ['strict_mfa'], [{ level: 'first_factor', afterMinutes: 5 }]] as const)(
  'says what is asked: %j',
  async (config) => {
    expect(reverificationError(config)).toEqual(denial(config));
    const response = reverificationErrorResponse(config);
    expect(response.status).toBe(403);
    expect(await response.text()).toBe(JSON.stringify(denial(config)));
  },
);
