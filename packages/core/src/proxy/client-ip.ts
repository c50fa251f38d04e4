import type { PublicUrlPolicy } from '../request/public-url.ts';

/** The address of the browser, or how to tell it from a request. */
export type ClientIp = string | ((request: Request) => string | undefined);

/**
 * The address to name to the frontend API, which limits rates by it. What a caller says of itself counts only where the
 * configuration vouches for it (P1 of protocol section 17): by `clientIp`, or by `trustForwarded`, and then the last
 * address of `x-forwarded-for` is meant, which the server in front wrote itself.
 */
export function readClientIp(
  request: Request,
  clientIp: ClientIp | undefined,
  trustForwarded: PublicUrlPolicy['trustForwarded'],
): string | undefined {
  if (clientIp !== undefined) return asAddress(typeof clientIp === 'function' ? clientIp(request) : clientIp);
  if (trustForwarded === false) return undefined;
  return asAddress(request.headers.get('x-forwarded-for')?.split(',').at(-1));
}

/** An IPv4 or IPv6 address, as far as a look at its letters tells. */
function asAddress(text: string | undefined): string | undefined {
  const address = text?.trim();
  return address !== undefined && /^[0-9A-Fa-f.:]{2,45}$/.test(address) ? address : undefined;
}
