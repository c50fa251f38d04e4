/** A stored password: the digest and the name of what made it (the API's `password_hasher`). */
export interface PasswordDigest {
  readonly digest: string;
  readonly hasher: string;
}

/**
 * Hashes a password with Argon2id at the least parameters OWASP names (19 MiB, two passes). The library is loaded at
 * the first use: most starts need none.
 */
export async function hashPassword(password: string): Promise<PasswordDigest> {
  const { hash } = await import('@node-rs/argon2');
  return { digest: await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }), hasher: 'argon2id' };
}
