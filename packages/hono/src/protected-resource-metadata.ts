import {
  protectedResourceMetadata as describeProtectedResource,
  PROTECTED_RESOURCE_PATH,
  type ProtectedResourceOptions,
  toResponse,
} from '@keystile/core/adapter';
import type { Handler } from 'hono';
import { assertContext } from './request-context.ts';

export { PROTECTED_RESOURCE_PATH };

/**
 * Tells OAuth clients, MCP clients among them, which authorization server issues the tokens that this application takes
 * (RFC 9728). Guards point to it with `resourceMetadata`.
 *
 * ```ts
 * app.all(`${PROTECTED_RESOURCE_PATH}/*`, protectedResourceMetadata({ scopesSupported: ['profile'] }));
 * app.post('/mcp', requireAuth({ acceptsToken: 'oauth_token', resourceMetadata: `${PROTECTED_RESOURCE_PATH}/mcp` }), mcp);
 * ```
 *
 * Needs `authMiddleware()` before it.
 */
export function protectedResourceMetadata(options: ProtectedResourceOptions = {}): Handler {
  return function protectedResourceMetadata(c) {
    const { view, authenticator } = assertContext(c, 'protectedResourceMetadata');
    return toResponse(describeProtectedResource(view, authenticator.config, options));
  };
}
