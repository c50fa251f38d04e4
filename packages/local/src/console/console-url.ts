import { createHmac } from 'node:crypto';
import type { Instance } from '../instance.ts';

/** What opens the console: whoever knows the secret key can make it, and it is good for nothing else. */
export function consoleKey({ secretKey }: Pick<Instance, 'secretKey'>): string {
  return createHmac('sha256', secretKey).update('keystile console').digest('base64url');
}

/** The address that opens the console in a browser. */
export const consoleUrl = (url: string, instance: Pick<Instance, 'secretKey'>): string =>
  `${url}/console?key=${consoleKey(instance)}`;
