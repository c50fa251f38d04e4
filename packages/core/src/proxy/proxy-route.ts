import { type Environment, readText } from '../environment.ts';
import { ConfigurationError } from '../errors.ts';
import { readPublicOrigin } from '../request/public-url.ts';
import { viewRequest } from '../request/request-view.ts';
import { readClientIp } from './client-ip.ts';
import { answerProxyError } from './proxy-error.ts';
import type { FrontendApiProxyOptions } from './proxy-frontend-api.ts';
import { toUpstreamHeaders } from './proxy-headers.ts';
import { matchesProxyPath, toProxyPath } from './proxy-path.ts';
import { assertUpstreamUrl, upstreamOfPublishableKey } from './upstream-url.ts';

/** Where a request goes, and with what. */
export interface ProxyRoute {
  /** The base URL of the frontend API. */
  readonly upstream: URL;
  readonly target: string;
  /** The public URL of the proxy. */
  readonly proxyUrl: URL;
  readonly headers: Headers;
}

/**
 * Finds the way of a request to the frontend API (protocol section 14, steps 1 to 8), or the answer to one that has none.
 * @throws ConfigurationError naming the option that is missing or malformed
 */
export function toProxyRoute(
  request: Request,
  options: FrontendApiProxyOptions,
  environment: Environment,
): ProxyRoute | Response {
  const publishableKey = options.publishableKey || readText(environment, 'CLERK_PUBLISHABLE_KEY');
  const secretKey = options.secretKey || readText(environment, 'CLERK_SECRET_KEY');
  if (publishableKey === undefined) throw missing('publishableKey', 'CLERK_PUBLISHABLE_KEY');
  if (secretKey === undefined) throw missing('secretKey', 'CLERK_SECRET_KEY');

  const proxyPath = toProxyPath(options.proxyPath);
  const { pathname, search } = new URL(request.url);
  if (!matchesProxyPath(pathname, proxyPath)) {
    return answerProxyError(400, 'proxy_path_mismatch', `The path of the request is not below ${proxyPath}.`);
  }
  const upstream = assertUpstreamUrl(
    options.frontendApiUrl || readText(environment, 'CLERK_FAPI_URL') || upstreamOfPublishableKey(publishableKey),
    options.allowInsecureFrontendApiUrl ?? false,
  );
  // Joined as text: resolved against the base, `//host` in the path would name another host.
  const base = upstream.href.endsWith('/') ? upstream.href.slice(0, -1) : upstream.href;
  const target = `${base}${pathname.slice(proxyPath.length) || '/'}${search}`;
  if (!URL.canParse(target) || new URL(target).host !== upstream.host) {
    return answerProxyError(400, 'proxy_request_failed', 'The path of the request leads to another host.');
  }
  const trustForwarded = options.trustForwarded ?? false;
  const policy = { publicOrigin: options.publicOrigin, trustForwarded };
  const proxyUrl = new URL(readPublicOrigin(viewRequest(request), policy) + proxyPath);
  const clientIp = readClientIp(request, options.clientIp, trustForwarded);
  return { upstream, target, proxyUrl, headers: toUpstreamHeaders(request.headers, { proxyUrl, secretKey, clientIp }) };
}

function missing(option: string, variable: string): ConfigurationError {
  return new ConfigurationError(option, `is missing: pass it, or set ${variable}.`);
}
