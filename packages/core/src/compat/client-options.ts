import type { ClerkOptions } from './create-authenticate-request.ts';

/** Under which a client keeps what it was made with: no enumeration, and no log, comes across it. */
const OPTIONS = Symbol('options');

/** Has a client remember its options, for middleware that is given the client alone. */
export function keepClientOptions(client: object, options: ClerkOptions): void {
  Object.defineProperty(client, OPTIONS, { value: options });
}

/** The options that a client was made with; nothing if it is none of ours. */
export function clientOptions(client: object | undefined): ClerkOptions {
  return (client as { [OPTIONS]?: ClerkOptions } | undefined)?.[OPTIONS] ?? {};
}
