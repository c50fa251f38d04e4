import { type Environment, processEnvironment } from '@keystile/core/adapter';
import type { Context } from 'hono';
import { env, getRuntimeKey } from 'hono/adapter';

const NO_BINDINGS: Environment = {};

/**
 * Where this runtime keeps the environment: a request's bindings on Workers, one environment for the process elsewhere,
 * which is looked up once.
 */
export function createEnvironmentReader(): (c: Context) => Environment {
  const runtime = getRuntimeKey();
  if (runtime === 'workerd' || runtime === 'other') return (c) => (c.env as Environment | undefined) ?? NO_BINDINGS;
  let environment: Environment | undefined;
  return (c) => {
    environment ??= runtime === 'node' ? processEnvironment() : env<Record<string, unknown>>(c, runtime);
    return environment;
  };
}
