import { describe, expect, it } from 'vitest';
import { compact, createSigningKey } from '../../../../test/support/signing-key.ts';
import { SignJWTError, TokenVerificationError } from './errors.ts';
import { decodeJwt, hasValidSignature, signJwt, verifyJwt } from './jwt.ts';

const key = createSigningKey();
const stranger = createSigningKey();
const jwk = key.jwk as JsonWebKey;
const privatePem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const privateJwk = key.privateKey.export({ format: 'jwk' }) as JsonWebKey;
const now = Math.floor(Date.now() / 1000);
const claims = { sub: 'user_1', sid: 'sess_1', iat: now, exp: now + 600 };

async function reasonOf(verification: Promise<unknown>): Promise<unknown> {
  return verification.then(
    () => 'verified',
    (error: unknown) => (error instanceof TokenVerificationError ? error.reason : error),
  );
}

describe('decodeJwt', () => {
  it('says what the parts say, and what they were', () => {
    const token = key.sign(claims);
    const [header, payload, signature] = token.split('.');
    expect(decodeJwt(token)).toMatchObject({
      header: { alg: 'RS256' },
      payload: claims,
      raw: { header, payload, signature, text: token },
    });
    expect(Buffer.from(decodeJwt(token).signature).toString('base64url')).toBe(signature);
  });

  it.each(['', 'a', 'a.b', 'a.b.c', 'a.b.c.d', compact('null', {}), compact({}, 'null'), compact({}, '[]')])(
    'SC-001 refuses %j',
    (token) => {
      expect(() => decodeJwt(token)).toThrow(expect.objectContaining({ reason: 'token-invalid' }));
    },
  );
});

describe('verifyJwt', () => {
  it.each([
    ['a JWK', jwk],
    ['PEM', key.publicPem],
    ['PEM with escaped line breaks', key.publicPem.replaceAll('\n', '\\n')],
  ])('takes %s', async (_label, publicKey) => {
    expect(await verifyJwt(key.sign(claims), { key: publicKey })).toEqual(claims);
    expect(await reasonOf(verifyJwt(stranger.sign(claims), { key: publicKey }))).toBe('token-invalid-signature');
  });

  it.each(['RS384', 'RS512'])('takes %s where the JWK does not name another', async (alg) => {
    const { alg: _, ...anyAlgorithm } = jwk;
    expect(await reasonOf(verifyJwt(key.sign(claims, { alg }), { key: anyAlgorithm }))).toBe('verified');
    expect(await reasonOf(verifyJwt(key.sign(claims, { alg }), { key: jwk }))).toBe('token-verification-failed');
  });

  it.each([
    ['HS256', 'token-invalid-algorithm'],
    ['none', 'token-invalid-algorithm'],
    ['PS256', 'token-invalid-algorithm'],
    ['ES256', 'token-invalid-algorithm'],
  ])('SC-002 refuses %s as %s', async (alg, reason) => {
    expect(await reasonOf(verifyJwt(key.sign(claims, { alg }), { key: jwk }))).toBe(reason);
  });

  it.each([{}, { kty: 'RSA' }, { kty: 'oct', k: 'AAAA' }, { n: '', e: '' }, 'no PEM', '', privatePem])(
    'a key that is none (%#) is said to be the trouble, without showing it',
    async (bad) => {
      const error = await verifyJwt(key.sign(claims), { key: bad }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        reason: 'token-verification-failed',
        message: 'key: is not a usable public RSA key.',
      });
    },
  );
});

describe('hasValidSignature', () => {
  it('looks at the signature alone', async () => {
    expect(await hasValidSignature(decodeJwt(key.sign({ ...claims, exp: 1 })), jwk)).toBe(true);
    expect(await hasValidSignature(decodeJwt(stranger.sign(claims)), jwk)).toBe(false);
    expect(await hasValidSignature(decodeJwt(key.sign(claims)), key.publicPem)).toBe(true);
  });

  it('takes the words of the token for what they are, not what the object says', async () => {
    const decoded = decodeJwt(stranger.sign(claims));
    const forged = { ...decoded, signature: decodeJwt(key.sign(claims)).signature };
    expect(await hasValidSignature(forged, jwk)).toBe(false);
  });
});

describe('signJwt', () => {
  it.each([
    ['a JWK', privateJwk],
    ['PEM', privatePem],
  ])('signs with %s, at the present time', async (_label, privateKey) => {
    const payload = { sub: 'user_1', exp: now + 600, iat: 1 };
    const token = await signJwt(payload, privateKey, { algorithm: 'RS256' });
    expect(decodeJwt(token).header).toEqual({ typ: 'JWT', alg: 'RS256' });
    const { iat, ...verified } = await verifyJwt(token, { key: jwk });
    expect(verified).toEqual({ sub: 'user_1', exp: now + 600 });
    expect(Math.abs(iat - now)).toBeLessThan(30);
    expect(payload.iat).toBe(1);
  });

  it('keeps a header, but not its algorithm', async () => {
    const token = await signJwt({}, privatePem, { algorithm: 'RS512', header: { kid: 'k', alg: 'none' } });
    expect(decodeJwt(token).header).toEqual({ kid: 'k', alg: 'RS512' });
  });

  it.each<[string | undefined, string | JsonWebKey]>([
    [undefined, privatePem],
    ['HS256', privatePem],
    ['none', privatePem],
    ['constructor', privatePem],
    ['RS256', 'no key'],
    ['RS256', key.publicPem],
    ['RS256', jwk],
    ['RS256', {}],
  ])('refuses algorithm %j with key %#', async (algorithm, badKey) => {
    const error = await signJwt({}, badKey, { ...(algorithm !== undefined && { algorithm }) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SignJWTError);
    expect(`${(error as Error).stack}${(error as Error).cause ?? ''}`).not.toContain('PRIVATE');
  });
});
