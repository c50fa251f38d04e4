import type { Config } from '../config.ts';
import { instanceHost, toFrontendApiUrl } from '../keys/frontend-api.ts';
import { stripTrailingSlashes } from '../proxy/proxy-path.ts';
import { readPublicOrigin } from '../request/public-url.ts';
import type { RequestView } from '../request/request-view.ts';
import type { HeaderLine, ResponsePatch } from '../response-patch.ts';

/** What an application tells OAuth clients about itself as a protected resource (RFC 9728 section 2). */
export interface ProtectedResourceOptions {
  /**
   * The identifier of the resource: a URL, or a path on the public origin. Default: what stands behind the well-known path, so
   * that `/.well-known/oauth-protected-resource/mcp` describes `/mcp`.
   */
  readonly resource?: string | undefined;
  /** The issuers whose access tokens are taken. Default: the instance itself. */
  readonly authorizationServers?: readonly string[] | undefined;
  /** The scopes that clients may ask for. Default: not told. */
  readonly scopesSupported?: readonly string[] | undefined;
  /** A name for people. */
  readonly resourceName?: string | undefined;
  /** A page for developers. */
  readonly resourceDocumentation?: string | undefined;
}

/** Where the metadata of a resource is: this path, put in front of the resource's own (RFC 9728 section 3). */
export const PROTECTED_RESOURCE_PATH = '/.well-known/oauth-protected-resource';

/** Anybody may read it, scripts of any origin too. */
const OPEN: readonly HeaderLine[] = [['access-control-allow-origin', '*']];
const METHODS = 'GET, HEAD, OPTIONS';

/** The whole answer to a request for the metadata of a protected resource. */
export function protectedResourceMetadata(
  view: RequestView,
  config: Config,
  options: ProtectedResourceOptions = {},
): ResponsePatch {
  switch (view.method) {
    case 'GET':
    case 'HEAD':
      return answer(
        200,
        [['content-type', 'application/json'], ...OPEN],
        JSON.stringify(describe(view, config, options)),
      );
    case 'OPTIONS':
      return answer(
        204,
        [['access-control-allow-methods', METHODS], ['access-control-allow-headers', '*'], ...OPEN],
        null,
      );
    default:
      return answer(405, [['allow', METHODS]], null);
  }
}

function describe(view: RequestView, config: Config, options: ProtectedResourceOptions): Record<string, unknown> {
  return {
    resource: resourceOf(view, config, options),
    authorization_servers: options.authorizationServers ?? [toFrontendApiUrl(instanceHost(config))],
    bearer_methods_supported: ['header'],
    scopes_supported: options.scopesSupported,
    resource_name: options.resourceName,
    resource_documentation: options.resourceDocumentation,
  };
}

function resourceOf(view: RequestView, config: Config, { resource }: ProtectedResourceOptions): string {
  const origin = readPublicOrigin(view, config);
  const path = resource ?? pathBehindWellKnown(view.target);
  return path.startsWith('/') || path === '' ? origin + path : path;
}

function pathBehindWellKnown(target: string): string {
  const [path = ''] = target.split('?', 1);
  const at = path.indexOf(PROTECTED_RESOURCE_PATH);
  return at === -1 ? '' : stripTrailingSlashes(path.slice(at + PROTECTED_RESOURCE_PATH.length));
}

function answer(status: number, set: readonly HeaderLine[], body: string | null): ResponsePatch {
  return { set, append: [], vary: [], answer: { status, body } };
}
