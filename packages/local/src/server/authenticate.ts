import { unauthenticated } from '../api-error.ts';
import type { Caller } from '../backend-api/handler.ts';
import type { Context } from '../context.ts';
import type { Operation } from '../contract/operation.ts';
import { equalInConstantTime } from '../issuing/equal-in-constant-time.ts';
import { hashSecret } from '../issuing/secrets.ts';

/** Groups that a machine may call with its own secret key. */
const machineGroups = new Set(['m2m_tokens']);

/** Groups that answer anybody. */
const publicGroups = new Set(['public']);

const anonymous: Caller = { kind: 'anonymous' };
const secretKeyHolder: Caller = { kind: 'secret-key' };

/**
 * Says who calls a Backend API operation.
 *
 * @throws {ApiError} 401 `authorization_invalid` without a bearer token, `clerk_key_invalid` with one that is no key of this instance.
 */
export async function authenticate(
  context: Context,
  group: Operation['group'],
  authorization: string | undefined,
): Promise<Caller> {
  if (publicGroups.has(group)) return anonymous;
  if (authorization === undefined || !/^bearer /i.test(authorization)) throw unauthenticated();
  const key = authorization.slice('bearer '.length).trim();
  if (equalInConstantTime(key, context.instance.secretKey)) return secretKeyHolder;
  if (machineGroups.has(group) && key.startsWith('ak_')) {
    const machineId = await findMachine(context, key);
    if (machineId !== undefined) return { kind: 'machine', machineId };
  }
  throw unauthenticated('clerk_key_invalid', 'The provided key is invalid. Use the secret key of this backend.');
}

async function findMachine({ db, clock }: Context, key: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('machine_secrets')
    .select(['machine_id', 'expires_at'])
    .where('secret_hash', '=', hashSecret(key))
    .executeTakeFirst();
  if (row === undefined || (row.expires_at !== null && row.expires_at <= clock.now())) return undefined;
  return row.machine_id;
}
