import type { Handlers } from './handler.ts';
import { jwks } from './jwks.ts';

/** The Backend API, a line per group. */
export const handlers = {
  ...jwks,
} satisfies Partial<Handlers>;
