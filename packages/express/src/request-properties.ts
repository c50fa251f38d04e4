import type { IncomingMessage } from 'node:http';
import { KeystileError } from '@keystile/core';
import { assertContext } from './request-context.ts';

/** Shared by all requests: nothing is made for one before it is read. */
const AUTH: PropertyDescriptor = {
  get(this: IncomingMessage) {
    return assertContext(this, 'req.auth').state.toAuth({});
  },
  set: refuse('auth'),
  configurable: true,
};
const BACKEND: PropertyDescriptor = {
  get(this: IncomingMessage) {
    return assertContext(this, 'req.backend').authenticator.backend;
  },
  set: refuse('backend'),
  configurable: true,
};

/** Puts `req.auth` and `req.backend` on a request, in place of what another library may have left there. */
export function defineRequestProperties(req: IncomingMessage): void {
  // One by one: `defineProperties` copies its descriptors and takes twice as long.
  Object.defineProperty(req, 'auth', AUTH);
  Object.defineProperty(req, 'backend', BACKEND);
}

/** Another library that replaced them in silence would sign people in or out behind the application's back. */
function refuse(name: string): () => never {
  return () => {
    throw new KeystileError(
      'request-property-taken',
      `req.${name} is set by authMiddleware() and something tried to replace it: have that library use another property.`,
      { status: 500 },
    );
  };
}
