import type { Caller } from './caller.ts';

/** The part of `AsyncLocalStorage` that is used. */
interface Storage {
  run<Result>(caller: Caller, call: () => Result): Result;
  getStore(): Caller | undefined;
}

/**
 * Whom the application's proxy function is serving, so that what it calls knows it too. Next puts `AsyncLocalStorage` among
 * the globals of both its runtimes; where there is none, only the function's own arguments tell.
 */
export class ProxyScope {
  readonly #storage: Storage | undefined;

  constructor() {
    const { AsyncLocalStorage } = globalThis as { AsyncLocalStorage?: new () => Storage };
    this.#storage = AsyncLocalStorage && new AsyncLocalStorage();
  }

  run<Result>(caller: Caller, call: () => Result): Result {
    return this.#storage === undefined ? call() : this.#storage.run(caller, call);
  }

  get caller(): Caller | undefined {
    return this.#storage?.getStore();
  }
}
