import { importRsaJwk, type RsaPublicJwk, type SignatureAlgorithm, type VerificationKey } from '../crypto/index.ts';

/** Key ids to keys. A `Map`, because a key may be called `__proto__`. */
export type KeysById = ReadonlyMap<string, VerificationKey>;

/**
 * Reads a JWK Set (RFC 7517 section 5): the RSA signature keys that can be used, by `kid`. Entries that cannot are skipped,
 * so one strange key does not cost the others; of several with one `kid` the first counts.
 *
 * @param value - parsed JSON from outside
 * @param known - keys imported before; one with the same material is taken over instead of imported again
 * @returns undefined if `value` is not a key set or holds no usable key
 */
export async function parseJwks(value: unknown, known: ImportedKeys): Promise<KeysById | undefined> {
  if (!isObject(value) || !Array.isArray(value.keys)) return undefined;
  const keys = new Map<string, VerificationKey>();
  for (const entry of value.keys as unknown[]) {
    const jwk = readSignatureJwk(entry);
    if (jwk === undefined || keys.has(jwk.kid)) continue;
    try {
      keys.set(jwk.kid, await known.import(jwk));
    } catch {
      // Skipped: too short, or not a key at all.
    }
  }
  return keys.size > 0 ? keys : undefined;
}

/**
 * Imported keys by their material. A refreshed set gives back the same key object for the same key, so whatever rests on
 * that object (verified tokens) lives exactly as long as the key is listed.
 */
export class ImportedKeys {
  #keys = new Map<string, VerificationKey>();

  async import(jwk: SignatureJwk): Promise<VerificationKey> {
    const material = `${jwk.algorithm ?? ''}.${jwk.e}.${jwk.n}`;
    const known = this.#keys.get(material);
    if (known !== undefined) return known;
    const key = await importRsaJwk(jwk, jwk.algorithm);
    this.#keys.set(material, key);
    return key;
  }

  /** Forgets every key that a new set no longer lists. */
  keepOnly(listed: KeysById): void {
    const kept = new Set(listed.values());
    for (const [material, key] of this.#keys) if (!kept.has(key)) this.#keys.delete(material);
  }
}

interface SignatureJwk extends RsaPublicJwk {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm | undefined;
}

const ALGORITHMS: readonly unknown[] = ['RS256', 'RS384', 'RS512'] satisfies SignatureAlgorithm[];

/** A JWK that says it may verify RSA signatures and holds public members only. */
function readSignatureJwk(entry: unknown): SignatureJwk | undefined {
  if (!isObject(entry)) return undefined;
  const { kty, kid, n, e, alg, use, key_ops, d } = entry;
  if (kty !== 'RSA' || typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  if (use !== undefined && use !== 'sig') return undefined;
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.includes('verify'))) return undefined;
  if (alg !== undefined && !ALGORITHMS.includes(alg)) return undefined;
  // A private key in a public set was published by mistake: whoever read it can sign.
  if (d !== undefined) return undefined;
  return { kty, kid, n, e, algorithm: alg as SignatureAlgorithm | undefined };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
