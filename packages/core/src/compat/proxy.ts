import { processEnvironment } from '../environment.ts';
import { proxyFrontendApi } from '../proxy/proxy-frontend-api.ts';
import { matchesProxyPath } from '../proxy/proxy-path.ts';

export type { ProxyError, ProxyErrorCode } from '../proxy/proxy-error.ts';
export { DEFAULT_PROXY_PATH, stripTrailingSlashes } from '../proxy/proxy-path.ts';
export { upstreamOfPublishableKey as fapiUrlFromPublishableKey } from '../proxy/upstream-url.ts';

export interface FrontendApiProxyOptions {
  /** Default `/__clerk`. */
  readonly proxyPath?: string;
  /** Default: `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string;
  /** Default: `CLERK_SECRET_KEY`. */
  readonly secretKey?: string;
  /** Default: `CLERK_FAPI_URL`, else the frontend API of the publishable key. */
  readonly fapiUrl?: string;
}

/**
 * Serves the frontend API under the application's own origin (protocol section 14). As `proxyFrontendApi` of the main entry,
 * but what a request says of its own origin and address is believed; see docs/compatibility.md.
 */
export function clerkFrontendApiProxy(
  request: Request,
  { fapiUrl, ...options }: FrontendApiProxyOptions = {},
): Promise<Response> {
  return proxyFrontendApi(
    request,
    {
      ...options,
      frontendApiUrl: fapiUrl,
      allowInsecureFrontendApiUrl: true,
      trustForwarded: true,
      clientIp: claimedAddress,
      maxRequestBytes: Number.POSITIVE_INFINITY,
    },
    processEnvironment(),
  );
}

/** Whether a request is for the proxy. */
export function matchProxyPath(request: { readonly url: string }, options?: { readonly proxyPath?: string }): boolean {
  return matchesProxyPath(new URL(request.url).pathname, options?.proxyPath);
}

function claimedAddress({ headers }: Request): string | undefined {
  return (
    headers.get('cf-connecting-ip') ??
    headers.get('x-real-ip') ??
    headers.get('x-forwarded-for')?.split(',')[0] ??
    undefined
  );
}
