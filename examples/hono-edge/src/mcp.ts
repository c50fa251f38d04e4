import { type AuthEnv, PROTECTED_RESOURCE_PATH, requireAuth } from '@keystile/hono';
import { Hono } from 'hono';

/** A request of JSON-RPC 2.0. One without an id wants no answer. */
interface RpcRequest {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly name?: string };
}

const WHOAMI = {
  name: 'whoami',
  description: 'Tells for which user the agent acts.',
  inputSchema: { type: 'object', properties: {} },
};

/**
 * The least of a Model Context Protocol server: one tool. A client without a token learns from the challenge where the
 * metadata of this resource is, and from that where users allow it to act.
 */
export const mcp = new Hono<AuthEnv>().post(
  '/',
  requireAuth({
    acceptsToken: 'oauth_token',
    scopes: 'profile',
    resourceMetadata: `${PROTECTED_RESOURCE_PATH}/mcp`,
  }),
  async (c) => {
    const { id, method, params } = await c.req.json<RpcRequest>();
    if (id === undefined) return c.body(null, 202);
    const answer = (result: object) => c.json({ jsonrpc: '2.0', id, result });
    switch (method) {
      case 'initialize':
        return answer({
          protocolVersion: '2025-06-18',
          capabilities: { tools: {} },
          serverInfo: { name: 'keystile-example', version: '0.1.0' },
        });
      case 'tools/list':
        return answer({ tools: [WHOAMI] });
      case 'tools/call':
        if (params?.name === WHOAMI.name) return answer({ content: [{ type: 'text', text: c.var.auth.userId }] });
    }
    return c.json({ jsonrpc: '2.0', id, error: { code: -32601, message: 'There is no such method or tool.' } });
  },
);
