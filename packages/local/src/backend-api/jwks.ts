import type { Handlers } from './handler.ts';

export const jwks = {
  'jwks.getJwks': ({ signingKey }) => ({ keys: [signingKey.jwk] }),
} satisfies Partial<Handlers>;
