import {
  protectedResourceMetadata as describeProtectedResource,
  type ProtectedResourceOptions,
  toResponse,
  viewRequest,
} from '@keystile/core/adapter';
import type { Application } from '../application.ts';

/** The handlers of a route. */
export interface MetadataHandlers {
  readonly GET: (request: Request) => Promise<Response>;
  readonly OPTIONS: (request: Request) => Promise<Response>;
}

/**
 * Tells OAuth clients, MCP clients among them, which authorization server issues the tokens that this application takes
 * (RFC 9728). Guards point to it with `resourceMetadata`.
 *
 * ```ts
 * // app/.well-known/oauth-protected-resource/[...resource]/route.ts
 * export const { GET, OPTIONS } = protectedResourceMetadata({ scopesSupported: ['profile'] });
 * ```
 */
export type ProtectedResourceMetadata = (options?: ProtectedResourceOptions) => MetadataHandlers;

export function createProtectedResourceMetadata(application: Application): ProtectedResourceMetadata {
  return (options) => {
    const answer = async (request: Request): Promise<Response> =>
      toResponse(describeProtectedResource(viewRequest(request), application.setup.authenticator.config, options));
    return { GET: answer, OPTIONS: answer };
  };
}
