import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';

/** What a browser gets of a session. */
export interface SessionCookieValues {
  /** Session token; `''` clears it. */
  readonly jwt: string;
  readonly refreshToken?: string | undefined;
  /** Epoch seconds of the client's last change; 0 says signed out. Left as it is when absent. */
  readonly clientUat?: number | undefined;
  /** Whether to name the cookies with the suffix of the publishable key as well. */
  readonly suffixed: boolean;
}

/** The `Set-Cookie` directives of a session (protocol section 2.1), for a handshake or a refresh. */
export function sessionCookies({ instance }: Context, values: SessionCookieValues): string[] {
  const suffix = cookieSuffix(instance.publishableKey);
  const lines: string[] = [];
  const add = (name: string, value: string, attributes: string) => {
    const full =
      value === '' ? `${name}=; ${attributes}; Max-Age=0` : `${name}=${value}; ${attributes}; Max-Age=31536000`;
    lines.push(full);
    if (values.suffixed) lines.push(full.replace(name, `${name}_${suffix}`));
  };
  add('__session', values.jwt, 'Path=/; SameSite=Lax');
  if (values.clientUat !== undefined) add('__client_uat', String(values.clientUat), 'Path=/; SameSite=Lax');
  // Only the suffixed one is ever read.
  if (values.refreshToken !== undefined) {
    lines.push(`__refresh_${suffix}=${values.refreshToken}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`);
  }
  return lines;
}

/** What tells the cookies of several instances apart on one host (protocol section 1.3). */
export function cookieSuffix(publishableKey: string): string {
  return createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);
}
