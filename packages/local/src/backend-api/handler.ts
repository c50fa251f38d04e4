import type { Context } from '../context.ts';
import type { OperationId } from '../contract/operation.ts';
import type { OperationTypes } from '../contract/operations.generated.ts';

/** Who calls: the holder of the instance's secret key, or a machine with its own. */
export type Caller =
  | { readonly kind: 'secret-key' }
  | { readonly kind: 'machine'; readonly machineId: string }
  | { readonly kind: 'anonymous' };

/** A request that has passed the checks of the contract. Parameters left out that have a default carry it. */
export interface Input<Id extends OperationId> {
  readonly path: OperationTypes[Id]['path'];
  readonly query: OperationTypes[Id]['query'];
  readonly body: OperationTypes[Id]['body'];
  readonly caller: Caller;
}

/** What an operation answers with when it succeeds. Lists are always the long form; the server shortens it where the contract says so. */
export type Answer<Id extends OperationId> = OperationTypes[Id]['answer'];

/** One operation. Anything but success is a thrown `ApiError`. */
export type Handler<Id extends OperationId> = (context: Context, input: Input<Id>) => Promise<Answer<Id>> | Answer<Id>;

/** A handler for every operation of the contract. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

const ownTransaction = Symbol('brings its own transaction');

/**
 * Marks a handler that brings its own transaction, or needs none. All other handlers that may write run in one: they
 * happen wholly or not at all. Password hashing must not hold it, and a verification that only reads need not pay for it.
 */
export function withoutTransaction<H extends object>(handler: H): H {
  return Object.assign(handler, { [ownTransaction]: true });
}

/** Whether {@link withoutTransaction} was said of the handler. */
export function needsNoTransaction(handler: object): boolean {
  return ownTransaction in handler;
}
