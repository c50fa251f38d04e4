import { type Environment, readSwitch, readText } from '../environment.ts';
import type { PublishableKey } from './publishable-key.ts';

/** Where the frontend API is proxied when nobody configured it. */
export const AUTO_PROXY_PATH = '/__clerk';

/** What decides about it. */
export const AUTO_PROXY_VARIABLES = [
  'CLERK_DISABLE_AUTO_PROXY',
  'VERCEL_TARGET_ENV',
  'VERCEL_PROJECT_PRODUCTION_URL',
] as const;

/**
 * The proxy that a production deployment on a shared `.vercel.app` host gets by itself, since no DNS record for the frontend
 * API can exist there (protocol section 1.2). A path: it belongs to each request's public origin.
 *
 * @returns undefined where the frontend API has a host of its own
 */
export function readAutoProxy(
  environment: Environment,
  publishableKey: PublishableKey | undefined,
): string | undefined {
  if (publishableKey?.instanceType !== 'production') return undefined;
  if (readSwitch(environment, 'CLERK_DISABLE_AUTO_PROXY') === true) return undefined;
  if (readText(environment, 'VERCEL_TARGET_ENV') !== 'production') return undefined;
  const host = readText(environment, 'VERCEL_PROJECT_PRODUCTION_URL')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  return host?.endsWith('.vercel.app') ? AUTO_PROXY_PATH : undefined;
}
