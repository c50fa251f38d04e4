/** All that decides what an authenticator may believe. Two that differ in any of it never read each other's entries. */
export interface CacheScope {
  readonly secretKey: string | undefined;
  readonly machineSecretKey: string | undefined;
  readonly apiUrl: string;
  readonly apiVersion: string;
}

/** Raised whenever the form of an entry or of its contents changes; entries of another format are not found. */
const FORMAT = 1;

/**
 * Names and seals the entries of one scope, under a key that only those have who know the scope's secrets (HKDF, RFC 5869,
 * and HMAC-SHA-256). Whoever can write to the cache but lacks the secrets can take entries away or bring old ones back
 * within their time, and nothing else; names tell nothing of what they stand for.
 */
export class CacheSeal {
  readonly #key: Promise<CryptoKey>;

  constructor(scope: CacheScope) {
    this.#key = deriveKey(scope);
    // Whoever asks for the key is told why there is none.
    this.#key.catch(() => undefined);
  }

  /** The name under which a thing of this kind is kept. */
  async name(kind: string, id: string): Promise<string> {
    return `${FORMAT}:${kind}:${encode(await this.#sign(`name\n${kind}\n${id}`))}`;
  }

  /** The text to keep under a name; good for that name only. */
  async seal(name: string, text: string): Promise<string> {
    return `${encode(await this.#sign(`entry\n${name}\n${text}`))}.${text}`;
  }

  /** The text that was sealed under this name; undefined if it was not, or not by this scope. */
  async open(name: string, sealed: string): Promise<string | undefined> {
    const mac = decode(sealed.slice(0, MAC_LENGTH));
    if (mac === undefined || sealed.charAt(MAC_LENGTH) !== '.') return undefined;
    const text = sealed.slice(MAC_LENGTH + 1);
    const isOurs = await crypto.subtle.verify('HMAC', await this.#key, mac, toBytes(`entry\n${name}\n${text}`));
    return isOurs ? text : undefined;
  }

  async #sign(text: string): Promise<ArrayBuffer> {
    return crypto.subtle.sign('HMAC', await this.#key, toBytes(text));
  }
}

async function deriveKey({ secretKey, machineSecretKey, apiUrl, apiVersion }: CacheScope): Promise<CryptoKey> {
  // As JSON, no two scopes come to the same bytes.
  const secret = toBytes(JSON.stringify([secretKey ?? null, machineSecretKey ?? null, apiUrl, apiVersion]));
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = toBytes(`keystile shared cache ${FORMAT}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}

/** Of 32 bytes in base64. */
const MAC_LENGTH = 44;

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encode(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
