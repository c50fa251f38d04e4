import { serialize } from 'hono/utils/cookie';

/** How long cookies live that outlast the browser's window, in seconds: a year. */
export const longLifetime = 365 * 24 * 60 * 60;

/** What differs between our cookies; all are `SameSite=Lax` for the whole site of one host. */
export interface CookieOptions {
  /** Whether scripts cannot read it. */
  readonly httpOnly?: boolean;
  /** Whether it is for https alone. */
  readonly secure: boolean;
  /** Host-only when absent. */
  readonly domain?: string | undefined;
  /** Seconds; a year by default. 0 takes it away. */
  readonly lifetimeSeconds?: number;
}

/** The value of one `Set-Cookie` line. */
export function setCookie(name: string, value: string, options: CookieOptions): string {
  return serialize(name, value, {
    path: '/',
    sameSite: 'Lax',
    maxAge: options.lifetimeSeconds ?? longLifetime,
    httpOnly: options.httpOnly ?? false,
    secure: options.secure,
    ...(options.domain !== undefined && { domain: options.domain }),
  });
}
