import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import workspace from '../../vitest.config.ts';

// The tests themselves run on the Node that started them. What they test runs in the runtimes.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: workspace.resolve ?? {},
  test: { include: ['test/runtimes/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
});
