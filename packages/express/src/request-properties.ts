import type { IncomingMessage } from 'node:http';
import { KeystileError } from '@keystile/core';
import { contextOf } from './request-context.ts';

/** On a request that the middleware has not seen, as if there were no such properties. */
const PROPERTIES: PropertyDescriptorMap = {
  auth: {
    get(this: IncomingMessage) {
      return contextOf(this)?.state.toAuth({});
    },
    set: setterOf('auth'),
    configurable: true,
  },
  backend: {
    get(this: IncomingMessage) {
      return contextOf(this)?.authenticator.backend;
    },
    set: setterOf('backend'),
    configurable: true,
  },
};

/** The prototypes whose requests have the properties. */
const defined = new WeakSet<object>();

/**
 * Sees to it that `req.auth` and `req.backend` say what the context of the request says.
 *
 * They are defined once, on what all requests of an application inherit from: to define them on each request takes longer
 * than to authenticate it.
 */
export function defineRequestProperties(req: IncomingMessage): void {
  // What another library has left on the request itself would hide those that it inherits.
  const isHidden = Object.hasOwn(req, 'auth') || Object.hasOwn(req, 'backend');
  if (isHidden) Object.defineProperties(req, PROPERTIES);
  else if (!defined.has(Object.getPrototypeOf(req))) defineForAll(req);
}

function defineForAll(req: IncomingMessage): void {
  const prototype = applicationPrototype(req);
  if (prototype === undefined) {
    Object.defineProperties(req, PROPERTIES);
    return;
  }
  if (!defined.has(prototype)) Object.defineProperties(prototype, PROPERTIES);
  defined.add(prototype).add(Object.getPrototypeOf(req));
}

/**
 * The `app.request` of the outermost application: in a mounted one, and back in the other, a request inherits from others.
 * undefined outside of Express.
 */
function applicationPrototype(req: IncomingMessage): object | undefined {
  let outermost: object | undefined;
  let next: object = Object.getPrototypeOf(req);
  while (Object.hasOwn(next, 'app')) {
    outermost = next;
    next = Object.getPrototypeOf(next);
  }
  return outermost;
}

/** Another library that replaced them in silence would sign people in or out behind the application's back. */
function setterOf(name: string): (this: IncomingMessage, value: unknown) => void {
  return function set(value) {
    if (contextOf(this) === undefined) {
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      return;
    }
    throw new KeystileError(
      'request-property-taken',
      `req.${name} is set by authMiddleware() and something tried to replace it: have that library use another property.`,
      { status: 500 },
    );
  };
}
