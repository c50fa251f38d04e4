import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests read the sources, so that a change shows without a build. The entries of each package are its `exports`.
const alias = [
  { find: '#path-to-regexp', replacement: root('packages/core/node_modules/path-to-regexp/dist.es2015/index.js') },
  { find: '#crypto', replacement: root('packages/core/src/crypto/node.ts') },
  ...readdirSync(root('packages')).flatMap((name) => [
    { find: new RegExp(`^@keystile/${name}/contract/(.*)$`), replacement: root(`packages/${name}/contract/$1`) },
    {
      find: new RegExp(`^@keystile/${name}/(webhooks|compat)$`),
      replacement: root(`packages/${name}/src/$1/index.ts`),
    },
    { find: new RegExp(`^@keystile/${name}/(.+)$`), replacement: root(`packages/${name}/src/$1.ts`) },
    { find: new RegExp(`^@keystile/${name}$`), replacement: root(`packages/${name}/src/index.ts`) },
  ]),
];

export default defineConfig({
  resolve: { alias },
  test: {
    pool: 'threads',
    // All cores: much of the time goes to waiting for servers, browsers and databases.
    maxWorkers: '100%',
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'integration', include: ['test/**/*.test.ts'], exclude: ['test/browser/**', 'test/runtimes/**'] },
      },
      {
        // What decides about signatures, once more on WebCrypto, as runtimes other than Node and Bun have it.
        extends: true,
        resolve: { alias: [{ find: '#crypto', replacement: root('packages/core/src/crypto/web.ts') }] },
        test: {
          name: 'web-crypto',
          include: [
            'packages/core/src/{jwt,jwks,tokens}/**/*.test.ts',
            'packages/core/src/{authenticate,verify-token}.test.ts',
            'test/security/matrix.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
