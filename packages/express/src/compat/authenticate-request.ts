import type { IncomingMessage } from 'node:http';
import { processEnvironment, readText, viewIncomingMessage } from '@keystile/core/adapter';
import type { ClerkClient } from '@keystile/core/compat';
import type { AuthenticateRequestOptions, RequestState } from '@keystile/core/compat/internal';

export interface AuthenticateRequestParams {
  readonly clerkClient: ClerkClient;
  /** Of Express, or Node's own: one that asks for an upgrade, for example. */
  readonly request: IncomingMessage;
  readonly options?: AuthenticateRequestOptions;
}

/** Says who makes a request, with whatever kind of token. Keys that are not given are read from the environment. */
export function authenticateRequest({
  clerkClient,
  request,
  options = {},
}: AuthenticateRequestParams): Promise<RequestState> {
  const read = (name: string): string | undefined => readText(processEnvironment(), name);
  return clerkClient.authenticateRequest(toBodilessRequest(request), {
    ...options,
    secretKey: options.secretKey || read('CLERK_SECRET_KEY'),
    publishableKey: options.publishableKey || read('CLERK_PUBLISHABLE_KEY'),
    machineSecretKey: options.machineSecretKey || read('CLERK_MACHINE_SECRET_KEY'),
    jwtKey: options.jwtKey || read('CLERK_JWT_KEY'),
    acceptsToken: 'any',
  });
}

function toBodilessRequest(message: IncomingMessage): Request {
  const view = viewIncomingMessage(message);
  const headers = new Headers();
  for (const [name, value] of view.headers()) headers.append(name, value);
  return new Request(view.origin + view.target, { method: view.method, headers });
}
