import { foreignHashers } from './foreign-hashers.ts';
import type { PasswordDigest } from './hash-password.ts';

type Verify = (digest: string, password: string) => boolean | Promise<boolean>;

const argon2: Verify = async (digest, password) => (await import('@node-rs/argon2')).verify(digest, password);
const bcrypt: Verify = async (digest, password) => (await import('bcryptjs')).compare(password, digest);

/** What can check a password, by the API's name of the hasher. */
const hashers: Readonly<Record<string, Verify>> = {
  ...foreignHashers,
  argon2i: argon2,
  argon2id: argon2,
  bcrypt,
};

/** Whether digests of this hasher can be checked. */
export const isKnownHasher = (name: string): boolean => Object.hasOwn(hashers, name);

/** Whether the password is the one. A digest that is malformed matches nothing, nor does a hasher that is unknown. */
export async function verifyPassword({ digest, hasher }: PasswordDigest, password: string): Promise<boolean> {
  const verify = isKnownHasher(hasher) ? hashers[hasher] : undefined;
  if (verify === undefined) return false;
  try {
    return await verify(digest, password);
  } catch {
    return false;
  }
}
