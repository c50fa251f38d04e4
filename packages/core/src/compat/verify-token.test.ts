import { expect, it } from 'vitest';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import { TokenVerificationError } from './errors.ts';
import { verifyToken } from './verify-token.ts';

const key = createSigningKey('ins_a');
const instance = createTestInstance({ key });

it('fetches the key set once for options that say the same, whoever makes the object', async () => {
  const backend = await startLoopbackServer(json({ keys: [key.jwk] }));
  const options = () => ({ secretKey: 'sk_test_once', apiUrl: backend.url });
  await verifyToken(instance.session(), options());
  for (let i = 0; i < 5; i++)
    expect(await verifyToken(instance.session(), options())).toMatchObject({ sub: 'user_alice' });
  expect(backend.requests).toHaveLength(1);
  await verifyToken(instance.session(), { ...options(), skipJwksCache: true });
  expect(backend.requests).toHaveLength(2);
});

it('SC-043 options that differ share nothing', async () => {
  const other = createSigningKey('ins_a');
  const [first, second] = [
    await startLoopbackServer(json({ keys: [key.jwk] })),
    await startLoopbackServer(json({ keys: [other.jwk] })),
  ];
  const verdict = (token: string, apiUrl: string, secretKey: string) =>
    verifyToken(token, { apiUrl, secretKey }).then(
      () => 'verified',
      (error: TokenVerificationError) => error.reason,
    );
  const { exp } = { exp: Math.floor(Date.now() / 1000) + 600 };
  const [ours, theirs] = [key.sign({ sub: 'a', exp }), other.sign({ sub: 'b', exp })];
  for (let round = 0; round < 2; round++) {
    expect(await verdict(ours, first.url, 'sk_test_1')).toBe('verified');
    expect(await verdict(theirs, first.url, 'sk_test_1')).toBe('token-invalid-signature');
    expect(await verdict(theirs, second.url, 'sk_test_2')).toBe('verified');
    expect(await verdict(ours, second.url, 'sk_test_2')).toBe('token-invalid-signature');
  }
});

it.each([
  [{ jwtKey: instance.jwtKey }, instance.session({ exp: 1 }), 'token-expired', undefined],
  [{ jwtKey: instance.jwtKey }, 'word', 'token-invalid', 'Pass a session token of this instance.'],
  [{}, instance.session(), 'jwk-failed-to-resolve', 'Set CLERK_SECRET_KEY, or pass secretKey.'],
  [
    { jwtKey: instance.jwtKey },
    instance.session({}, { cat: 'cl_B7d4PD333AAA' }),
    'token-invalid',
    'Pass a session token of this instance.',
  ],
])('refuses by its own error (%#)', async (options, token, reason, action) => {
  const error = (await verifyToken(token, options).catch((thrown: unknown) => thrown)) as TokenVerificationError;
  expect(error).toBeInstanceOf(TokenVerificationError);
  expect(error).toMatchObject({ reason, code: reason, action });
  expect(error.getFullMessage()).toContain(`(reason=${reason}, token-carrier=`);
});
