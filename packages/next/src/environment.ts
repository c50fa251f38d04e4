import type { Environment } from '@keystile/core/adapter';

/**
 * The variables of this package, under the names by which core reads them. Each is spelled out: `NEXT_PUBLIC_` ones are
 * replaced by their values when the application is built, and a variable may exist at that time alone.
 */
export function readEnvironment(): Environment {
  const { env } = process;
  return {
    CLERK_PUBLISHABLE_KEY: process.env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY || env.CLERK_PUBLISHABLE_KEY,
    CLERK_SECRET_KEY: env.CLERK_SECRET_KEY,
    CLERK_MACHINE_SECRET_KEY: env.CLERK_MACHINE_SECRET_KEY,
    CLERK_JWT_KEY: env.CLERK_JWT_KEY,
    CLERK_API_URL: env.CLERK_API_URL,
    CLERK_API_VERSION: env.CLERK_API_VERSION,
    CLERK_DOMAIN: process.env.NEXT_PUBLIC_CLERK_DOMAIN || env.CLERK_DOMAIN,
    CLERK_PROXY_URL: process.env.NEXT_PUBLIC_CLERK_PROXY_URL || env.CLERK_PROXY_URL,
    CLERK_IS_SATELLITE: process.env.NEXT_PUBLIC_CLERK_IS_SATELLITE || env.CLERK_IS_SATELLITE,
    CLERK_SIGN_IN_URL: process.env.NEXT_PUBLIC_CLERK_SIGN_IN_URL || env.CLERK_SIGN_IN_URL,
    CLERK_SIGN_UP_URL: process.env.NEXT_PUBLIC_CLERK_SIGN_UP_URL || env.CLERK_SIGN_UP_URL,
    CLERK_ENCRYPTION_KEY: env.CLERK_ENCRYPTION_KEY,
    CLERK_FAPI_URL: env.CLERK_FAPI_URL,
    CLERK_WEBHOOK_SIGNING_SECRET: env.CLERK_WEBHOOK_SIGNING_SECRET,
  };
}
