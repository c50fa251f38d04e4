import type { SharedCache } from '../../../packages/core/src/shared-cache/index.ts';

export type Fault = 'none' | 'hang' | 'reject' | 'throw' | 'garbage' | 'empty';

interface Entry {
  readonly value: string;
  readonly until: number;
}

/** A shared cache in this process that does as it is told, and counts what it is asked. */
export class FaultCache implements SharedCache {
  readonly entries = new Map<string, Entry>();
  readonly asked: string[] = [];
  fault: Fault = 'none';
  garbage: unknown = 'garbage';
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async get(key: string): Promise<string | undefined> {
    this.asked.push('get');
    if (this.fault === 'garbage') return this.garbage as string;
    if (this.fault === 'empty') return undefined;
    await this.#fail();
    return this.#find(key);
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    this.asked.push('set');
    await this.#fail();
    this.entries.set(key, { value, until: this.#now() + ttlMs });
  }

  async add(key: string, value: string, ttlMs: number): Promise<boolean> {
    this.asked.push('add');
    await this.#fail();
    if (this.#find(key) !== undefined) return false;
    this.entries.set(key, { value, until: this.#now() + ttlMs });
    return true;
  }

  async delete(key: string): Promise<void> {
    this.asked.push('delete');
    await this.#fail();
    this.entries.delete(key);
  }

  /** Rewrites what is stored, as somebody with access to the store could. */
  tamper(change: (value: string, key: string) => string): void {
    for (const [key, { value, until }] of this.entries) this.entries.set(key, { value: change(value, key), until });
  }

  #find(key: string): string | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && this.#now() < entry.until ? entry.value : undefined;
  }

  #fail(): Promise<void> {
    if (this.fault === 'hang') return new Promise(() => {});
    if (this.fault === 'reject') return Promise.reject(new Error('connection lost: redis://user:canary@host'));
    if (this.fault === 'throw') throw new Error('client is closed');
    return Promise.resolve();
  }
}
