import { createCipheriv, createHash, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';

/** Checks a password against a digest that some other system made. A digest of another form throws, or matches nothing. */
type Verify = (digest: string, password: string) => boolean | Promise<boolean>;

/**
 * Digests that come along when users move here, by the API's name of the hasher. They are only ever checked: passwords set
 * here are hashed with Argon2id.
 */
export const foreignHashers: Readonly<Record<string, Verify>> = {
  /** 32 hexadecimal digits. */
  md5: (digest, password) => isSame(digest.toLowerCase(), hash('md5', password).toString('hex')),

  /** 64 hexadecimal digits. */
  sha256: (digest, password) => isSame(digest.toLowerCase(), hash('sha256', password).toString('hex')),

  /** `{SSHA}` and the base64 of the SHA-1 followed by the salt (RFC 2307). */
  ldap_ssha(digest, password) {
    const bytes = Buffer.from(digest.replace(/^\{SSHA\}/i, ''), 'base64');
    return isSame(bytes.subarray(0, 20), hash('sha1', Buffer.concat([Buffer.from(password), bytes.subarray(20)])));
  },

  /** `sha512$<iterations>$<salt>$<base64>`, the digest of `password{salt}` hashed on and on. */
  sha512_symfony(digest, password) {
    const [, iterations = '', salt = '', expected = ''] = digest.split('$');
    const salted = Buffer.from(`${password}{${salt}}`);
    let value = hash('sha512', salted);
    for (let round = 1; round < bounded(iterations, 100_000); round++)
      value = hash('sha512', Buffer.concat([value, salted]));
    return isSame(expected, value.toString('base64'));
  },

  /** `pbkdf2_sha1$<iterations>$<salt>$<hash>`, the hash in base64 or hexadecimal, optionally followed by its length. */
  pbkdf2_sha1: (digest, password) => pbkdf2('sha1', digest, password),
  /** As `pbkdf2_sha1`. */
  pbkdf2_sha256: (digest, password) => pbkdf2('sha256', digest, password),
  /** Django's `pbkdf2_sha256$<iterations>$<salt>$<base64>`. */
  pbkdf2_sha256_django: (digest, password) => pbkdf2('sha256', digest, password),

  /** Django's `bcrypt_sha256$` and a bcrypt digest of the hexadecimal SHA-256. */
  async bcrypt_sha256_django(digest, password) {
    const { compare } = await import('bcryptjs');
    return compare(hash('sha256', password).toString('hex'), digest.replace(/^bcrypt_sha256\$/, ''));
  },

  /** Werkzeug's `scrypt:<N>:<r>:<p>$<salt>$<hex>`. */
  scrypt_werkzeug(digest, password) {
    const [method = '', salt = '', expected = ''] = digest.split('$');
    const [, cost = '', blockSize = '', parallelization = ''] = method.split(':');
    const options = {
      cost: bounded(cost, 2 ** 17),
      blockSize: bounded(blockSize, 16),
      parallelization: bounded(parallelization, 4),
    };
    return isSame(expected, scrypt(password, Buffer.from(salt), 64, options).toString('hex'));
  },

  /** `<hash>$<salt>$<signer key>$<salt separator>$<rounds>$<memory cost>`, all of it as Firebase exports it. */
  scrypt_firebase(digest, password) {
    const [expected = '', salt = '', signerKey = '', separator = '', rounds = '', memoryCost = ''] = digest.split('$');
    const fullSalt = Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(separator, 'base64')]);
    const options = { cost: 2 ** bounded(memoryCost, 17), blockSize: bounded(rounds, 16), parallelization: 1 };
    const key = scrypt(password, fullSalt, 32, options);
    const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
    const signed = Buffer.concat([cipher.update(Buffer.from(signerKey, 'base64')), cipher.final()]);
    return isSame(Buffer.from(expected, 'base64'), signed);
  },

  /** The portable hashes of phpass: `$P$` or `$H$`, the cost, eight characters of salt, 22 of digest. */
  phpass: (digest, password) => isSame(digest, phpass(digest, Buffer.from(password))),
  /** phpass over the hexadecimal MD5. */
  md5_phpass: (digest, password) => isSame(digest, phpass(digest, Buffer.from(hash('md5', password).toString('hex')))),
};

const hash = (algorithm: string, data: string | Buffer) => createHash(algorithm).update(data).digest();

function pbkdf2(algorithm: 'sha1' | 'sha256', digest: string, password: string): boolean {
  const [, iterations = '', salt = '', expected = ''] = digest.split('$');
  const bytes = Buffer.from(expected, /^([0-9a-f]{2})+$/i.test(expected) ? 'hex' : 'base64');
  // A digest that was cut short would match too many passwords.
  if (bytes.length < (algorithm === 'sha1' ? 20 : 32)) return false;
  return isSame(bytes, pbkdf2Sync(password, salt, bounded(iterations, 2_000_000), bytes.length, algorithm));
}

function scrypt(
  password: string,
  salt: Buffer,
  length: number,
  { cost, blockSize, parallelization }: { cost: number; blockSize: number; parallelization: number },
): Buffer {
  const maxmem = 256 * cost * blockSize;
  return scryptSync(password, salt, length, { N: cost, r: blockSize, p: parallelization, maxmem });
}

const phpassAlphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function phpass(digest: string, password: Buffer): string {
  const rounds = 2 ** bounded(String(phpassAlphabet.indexOf(digest[3] ?? '')), 20);
  let value = hash('md5', Buffer.concat([Buffer.from(digest.slice(4, 12)), password]));
  for (let round = 0; round < rounds; round++) value = hash('md5', Buffer.concat([value, password]));
  return digest.slice(0, 12) + phpassBase64(value);
}

/** Six bits a character, the lowest first, as nobody else does it. */
function phpassBase64(bytes: Buffer): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const group = bytes.subarray(start, start + 3);
    const value = (group[0] ?? 0) | ((group[1] ?? 0) << 8) | ((group[2] ?? 0) << 16);
    for (let index = 0; index <= group.length; index++) text += phpassAlphabet[(value >> (6 * index)) & 63];
  }
  return text;
}

/** Reads a cost factor. A digest that asks for more than anybody uses would only keep the processor busy. */
function bounded(text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new RangeError('cost out of range');
  return value;
}

function isSame(a: string | Buffer, b: string | Buffer): boolean {
  const left = Buffer.from(a as string);
  const right = Buffer.from(b as string);
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}
