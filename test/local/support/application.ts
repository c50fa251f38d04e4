import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AuthenticatorOptions, createAuthenticator, viewIncomingMessage } from '@keystile/core';
import type { LocalBackend } from '@keystile/local';
import { onTestFinished } from 'vitest';

/** An application that shows visitors what it knows of them. */
export interface Application {
  /** On `localhost`, while the backend is on 127.0.0.1: no cookie of one reaches the other. */
  readonly url: string;
}

/** Serves every path: to who is signed in the auth object as JSON, to others 401 and why. Closed when the test ends. */
export async function startApplication(
  backend: LocalBackend,
  options: Partial<AuthenticatorOptions> = {},
): Promise<Application> {
  const authenticator = await createAuthenticator({
    secretKey: backend.secretKey,
    publishableKey: backend.publishableKey,
    apiUrl: backend.url,
    ...options,
  });
  const server = createServer(async (request, response) => {
    try {
      const state = await authenticator.authenticateRequest(viewIncomingMessage(request));
      const { set, append, answer } = state.patch;
      for (const [name, value] of set) response.setHeader(name, value);
      for (const [name, value] of append) response.appendHeader(name, value);
      if (answer !== undefined) {
        response.writeHead(answer.status).end(answer.body ?? undefined);
        return;
      }
      const isSignedIn = state.status === 'signed-in';
      response.writeHead(isSignedIn ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isSignedIn ? state.toAuth() : { reason: state.status === 'signed-out' ? state.reason : '' }),
      );
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://localhost:${(server.address() as AddressInfo).port}` };
}
