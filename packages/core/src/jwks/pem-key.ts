import { decodeBase64url, importRsaSpki, type MaybePromise, type VerificationKey } from '../crypto/index.ts';
import { ConfigurationError } from '../errors.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { KeySource } from './key-source.ts';

/**
 * A key source of the one PEM public key that the `jwtKey` option holds: nothing is ever fetched, and the `kid` of a token
 * does not matter. Takes the armoured text, the same with `\n` spelled out (as environment files have it) or CRLF, and the
 * bare base64.
 *
 * @throws ConfigurationError naming `jwtKey` if the text is not an RSA public key of at least 2048 bits
 */
export function createPemKeySource(pem: string): KeySource {
  let key: MaybePromise<VerificationKey | Refusal> = importPem(pem);
  if (key instanceof Promise) {
    // Elsewhere than on Node and Bun, whether the key is usable shows when it has been imported.
    key = key.catch((cause: unknown) => new Refusal('token-verification-failed', unusable().message, cause));
    void key.then((settled) => {
      key = settled;
    });
  }
  return {
    current: () => (key instanceof Promise || key instanceof Refusal ? undefined : key),
    resolve: () => key,
    // The key is the configuration itself, not something remembered.
    forget() {},
  };
}

/**
 * SPKI of a key under the object identifier rsaEncryption, of more than 256 bytes (RFC 8017 appendix A.1), in base64. Whether
 * its 2048 bits are there is for the import to say, which elsewhere than on Node and Bun is not done when it is built.
 */
const RSA_SPKI = /^MII[A-Za-z0-9+/]{3}ANBgkqhkiG9w0BAQEFAAOC[A-Za-z0-9+/]+={0,2}$/;

function importPem(pem: unknown): MaybePromise<VerificationKey> {
  if (typeof pem !== 'string') throw unusable();
  const text = pem.replaceAll('\\n', '\n').trim();
  const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
  if (label !== undefined && label !== 'PUBLIC KEY') {
    throw new ConfigurationError('jwtKey', `must be a public key (BEGIN PUBLIC KEY), not ${label}.`);
  }
  if (text.indexOf('-----BEGIN', 1) !== -1) {
    throw new ConfigurationError('jwtKey', 'holds several keys: pass the one of the instance.');
  }
  const base64 = text.replace(/-----(BEGIN|END) PUBLIC KEY-----|\s/g, '');
  const der = RSA_SPKI.test(base64) ? decodeBase64url(base64.replaceAll('+', '-').replaceAll('/', '_')) : undefined;
  if (der === undefined) throw unusable();
  try {
    return importRsaSpki(der);
  } catch (cause) {
    throw unusable(cause);
  }
}

function unusable(cause?: unknown): ConfigurationError {
  return new ConfigurationError('jwtKey', 'must be an RSA public key of at least 2048 bits in PEM (SPKI) form.', {
    cause,
  });
}
