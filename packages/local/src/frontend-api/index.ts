import { Hono } from 'hono';
import type { Context } from '../context.ts';

/** The frontend API and the pages of a browser. */
export function createFrontendApi(_context: Context): Hono {
  return new Hono();
}
