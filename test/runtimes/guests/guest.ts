/** A program that runs inside of a runtime: what it is told from outside makes a handler of requests. */
export interface Guest {
  fetch(request: Request, env?: object, context?: unknown): Response | Promise<Response>;
}

/** What every file of this folder exports. `setup` is JSON. */
export type CreateGuest = (setup: never) => Guest;
