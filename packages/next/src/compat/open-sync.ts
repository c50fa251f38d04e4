import { KeystileError } from '@keystile/core';
import { fromBase64Url } from '../state/base64url.ts';
import { IV_BYTES, KEY_INFO, TAG_BYTES } from '../state/seal.ts';

/**
 * Opens what `Seal` sealed, without waiting: for `getAuth(req)` of this entry, which answers at once. Only Node can do that.
 *
 * @returns undefined if it was not sealed with this secret and for this context
 * @throws KeystileError `sync-unavailable` in another runtime
 */
export function openSync(sealed: string, secret: string, context: string): string | undefined {
  const { createDecipheriv, hkdfSync } = nodeCrypto();
  const bytes = fromBase64Url(sealed);
  if (bytes === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const key = new Uint8Array(hkdfSync('sha256', secret, '', KEY_INFO, 32));
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(new TextEncoder().encode(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/** Not imported, since bundles for other runtimes have no such module. */
function nodeCrypto(): typeof import('node:crypto') {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const found = process?.getBuiltinModule?.('node:crypto');
  if (found !== undefined) return found as typeof import('node:crypto');
  throw new KeystileError(
    'sync-unavailable',
    'getAuth(req) of /compat answers at once, which only Node can do: await getAuth(req) of @keystile/next instead.',
    { status: 500 },
  );
}
