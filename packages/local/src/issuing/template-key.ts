import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';

/** Algorithms that a template may sign with: the type of key, and the curve where the algorithm fixes it. */
const algorithms: Readonly<Record<string, { readonly type: 'secret' | 'rsa' | 'ec'; readonly curve?: string }>> = {
  HS256: { type: 'secret' },
  HS384: { type: 'secret' },
  HS512: { type: 'secret' },
  RS256: { type: 'rsa' },
  RS384: { type: 'rsa' },
  RS512: { type: 'rsa' },
  ES256: { type: 'ec', curve: 'prime256v1' },
  ES384: { type: 'ec', curve: 'secp384r1' },
  ES512: { type: 'ec', curve: 'secp521r1' },
};

/** Names of the algorithms that a template may sign with. */
export const templateAlgorithms: readonly string[] = Object.keys(algorithms);

/**
 * The key of a template: text for the HMAC algorithms, else a PEM private key.
 *
 * @throws {TypeError} when the key does not fit the algorithm; without the text of either.
 */
export function readTemplateKey(algorithm: string, key: string): KeyObject {
  const wanted = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (wanted === undefined) throw new TypeError('unknown algorithm');
  if (wanted.type === 'secret') return createSecretKey(Buffer.from(key));
  const parsed = parsePrivateKey(key);
  const curve = parsed?.asymmetricKeyDetails?.namedCurve;
  if (parsed?.asymmetricKeyType !== wanted.type || curve !== wanted.curve)
    throw new TypeError('the key does not fit the algorithm');
  return parsed;
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
