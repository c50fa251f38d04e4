import { expect, it } from 'vitest';
import { resolveConfig } from '../config.ts';
import { toPublishableKey } from '../keys/publishable-key.ts';
import type { RequestView } from '../request/request-view.ts';
import {
  PROTECTED_RESOURCE_PATH,
  type ProtectedResourceOptions,
  protectedResourceMetadata,
} from './protected-resource-metadata.ts';

const config = resolveConfig({ publishableKey: toPublishableKey('clerk.app.example', 'production') }, {});
const local = resolveConfig({ publishableKey: toPublishableKey('127.0.0.1:4400', 'development') }, {});

function view(target: string, method = 'GET'): RequestView {
  return {
    method,
    target,
    origin: 'https://api.example',
    header: (name) => (name === 'host' ? 'api.example' : undefined),
    headers: () => [],
  };
}

function describeResource(target: string, options?: ProtectedResourceOptions, of = config): unknown {
  const { answer } = protectedResourceMetadata(view(target), of, options);
  return JSON.parse(answer?.body ?? '');
}

it.each([
  ['the root', '/.well-known/oauth-protected-resource', {}, 'https://api.example'],
  ['what stands behind the path', '/.well-known/oauth-protected-resource/mcp/v1', {}, 'https://api.example/mcp/v1'],
  ['it without query and last slash', '/.well-known/oauth-protected-resource/mcp/?x=1', {}, 'https://api.example/mcp'],
  ['a path that is given', '/.well-known/oauth-protected-resource', { resource: '/mcp' }, 'https://api.example/mcp'],
  ['a URL that is given', '/elsewhere', { resource: 'https://other.example/x' }, 'https://other.example/x'],
  ['nothing of a stranger path', '//evil.test/x', {}, 'https://api.example'],
])('describes %s', (_what, target, options, resource) => {
  expect(describeResource(target, options)).toMatchObject({ resource });
});

it('names the instance as the authorization server, and what it was told', () => {
  expect(describeResource('/.well-known/oauth-protected-resource')).toEqual({
    resource: 'https://api.example',
    authorization_servers: ['https://clerk.app.example'],
    bearer_methods_supported: ['header'],
  });
  expect(describeResource('/x', {}, local)).toMatchObject({ authorization_servers: ['http://127.0.0.1:4400'] });
  expect(
    describeResource('/x', {
      authorizationServers: ['https://login.example'],
      scopesSupported: ['profile'],
      resourceName: 'Files',
      resourceDocumentation: 'https://docs.example',
    }),
  ).toEqual({
    resource: 'https://api.example',
    authorization_servers: ['https://login.example'],
    bearer_methods_supported: ['header'],
    scopes_supported: ['profile'],
    resource_name: 'Files',
    resource_documentation: 'https://docs.example',
  });
});

it('SC-013 reads a path of slashes in linear time', () => {
  const startedAt = performance.now();
  for (let i = 0; i < 20; i++) describeResource(`${PROTECTED_RESOURCE_PATH}/${'/'.repeat(30_000)}x`);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it.each([
  ['GET', 200],
  ['HEAD', 200],
  ['OPTIONS', 204],
  ['POST', 405],
])('answers %s with %i', (method, status) => {
  const { answer, set } = protectedResourceMetadata(view('/', method), config);
  expect(answer?.status).toBe(status);
  expect(Object.fromEntries(set)['access-control-allow-origin']).toBe(status === 405 ? undefined : '*');
});
