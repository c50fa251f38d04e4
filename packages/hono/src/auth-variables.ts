import type { Authenticator, MachineAuth, SessionAuth } from '@keystile/core';

/** A typed client of the Backend API. */
export type BackendClient = Authenticator['backend'];

/**
 * What `c.var.auth` may hold: the session of the visitor or, behind a guard that takes machines, the machine that it let
 * pass. A guard's own routes see the exact type; elsewhere `getAuth(c)` gives the session.
 */
export type RequestAuth = SessionAuth | Extract<MachineAuth, { isAuthenticated: true }>;

/** What a request carries once `authMiddleware()` has seen it. */
export interface AuthVariables {
  auth: RequestAuth;
  /** The client of the Backend API for the instance of this request. */
  backend: BackendClient;
}

/** The environment type of an application that uses `authMiddleware()`, for `new Hono<AuthEnv>()`. */
export interface AuthEnv {
  Variables: AuthVariables;
}
