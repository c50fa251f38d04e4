import {
  protectedResourceMetadata as describeProtectedResource,
  PROTECTED_RESOURCE_PATH,
  type ProtectedResourceOptions,
} from '@keystile/core/adapter';
import type { RequestHandler } from 'express';
import { applyPatch } from './apply-patch.ts';
import { assertContext } from './request-context.ts';

export { PROTECTED_RESOURCE_PATH };

/**
 * Tells OAuth clients, MCP clients among them, which authorization server issues the tokens that this application takes
 * (RFC 9728). Guards point to it with `resourceMetadata`.
 *
 * ```ts
 * app.use(PROTECTED_RESOURCE_PATH, protectedResourceMetadata({ scopesSupported: ['profile'] }));
 * app.post('/mcp', requireAuth({ acceptsToken: 'oauth_token', resourceMetadata: `${PROTECTED_RESOURCE_PATH}/mcp` }), mcp);
 * ```
 *
 * Needs `authMiddleware()` before it.
 */
export function protectedResourceMetadata(options: ProtectedResourceOptions = {}): RequestHandler {
  return function protectedResourceMetadata(req, res) {
    const { view, authenticator } = assertContext(req, 'protectedResourceMetadata');
    applyPatch(res, describeProtectedResource(view, authenticator.config, options));
  };
}
