import type { RequestAuth } from './dist/compat/index.d.ts';

/** Types `req.auth` as `/compat` has it. The main entry types it by itself, and otherwise: refer to this file or to that. */
declare global {
  namespace Express {
    interface Request {
      auth: RequestAuth;
    }
  }
}
