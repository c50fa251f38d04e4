import type { VerificationKey } from '../crypto/index.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { KeySource } from './key-source.ts';
import { ImportedKeys, type KeysById, parseJwks } from './parse-jwks.ts';

/** When a {@link RemoteKeySet} fetches, and for how long it trusts what it has. All in milliseconds. */
export interface KeySetTimes {
  /** Age from which the set is refreshed in the background, while it goes on being used. Default 5 min. */
  readonly refreshAfterMs: number;
  /** How long past that age a set is still used while the backend cannot be reached. Default 1 h; 0: not at all. */
  readonly staleGraceMs: number;
  /** Shortest time between two fetches caused by unknown key ids. Default 30 s. */
  readonly unknownKeyCooldownMs: number;
  /** Shortest time between two fetches after one failed. Default 1 s. */
  readonly failurePauseMs: number;
}

export const KEY_SET_TIMES: KeySetTimes = {
  refreshAfterMs: 5 * 60_000,
  staleGraceMs: 60 * 60_000,
  unknownKeyCooldownMs: 30_000,
  failurePauseMs: 1_000,
};

/**
 * Gets the JSON of a key set (with its own bounded retries), or says why it could not.
 *
 * @param kid - the key that is looked for, if it is for one's sake
 * @returns besides the set when it left the backend, in milliseconds; undefined: now
 */
export type FetchKeySet = (kid?: string) => Promise<{ readonly jwks: unknown; readonly fetchedAt?: number } | Refusal>;

/** A fetch that is under way. */
interface InFlight {
  readonly settled: Promise<Refusal | undefined>;
  readonly startedAt: number;
}

/**
 * A fetch has a shorter budget than this (protocol section 17, K6). One that takes longer was begun by a request that ended
 * before it, in a runtime that ends all of a request's work with it (Workers): it will never settle.
 */
const ABANDONED_AFTER_MS = 5_000;

/**
 * The JWK Set of an instance (RFC 7517), kept in memory.
 *
 * One fetch is in flight at a time, whoever waits for it. A set is refreshed before it is too old, in the background (or, in
 * runtimes that allow no such thing, by one request that waits for it, while the others go on); while the backend is down
 * the last good one serves for a bounded time. An unknown `kid` causes at most one fetch in a
 * cooldown, so forged tokens cannot make us flood the backend (protocol section 17, K1 to K8).
 */
export class RemoteKeySet implements KeySource {
  readonly #fetchKeySet: FetchKeySet;
  readonly #times: KeySetTimes;
  readonly #now: () => number;
  readonly #imported = new ImportedKeys();
  #keys: KeysById | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  /** Whether the set had left the backend before it was asked for. */
  #isSecondHand = false;
  readonly #worksInBackground: boolean;
  #inFlight: InFlight | undefined;
  #failure: { readonly refusal: Refusal; readonly at: number } | undefined;
  #unknownKeyFetchAt = Number.NEGATIVE_INFINITY;
  #generation = 0;

  /** @param worksInBackground - whether work goes on that nobody waits for; see `worksInBackground` in environment.ts */
  constructor(
    fetchKeySet: FetchKeySet,
    now: () => number,
    times: KeySetTimes = KEY_SET_TIMES,
    worksInBackground = true,
  ) {
    this.#worksInBackground = worksInBackground;
    this.#fetchKeySet = fetchKeySet;
    this.#times = times;
    this.#now = now;
  }

  current(kid: unknown): VerificationKey | undefined {
    if (this.#keys === undefined || typeof kid !== 'string') return undefined;
    const age = this.#age();
    if (age >= this.#times.refreshAfterMs) {
      if (age >= this.#times.refreshAfterMs + this.#times.staleGraceMs) return undefined;
      if (this.#mustWaitForRefresh()) return undefined;
      this.#refreshInBackground();
    }
    return this.#keys.get(kid);
  }

  resolve(kid: unknown): VerificationKey | Refusal | Promise<VerificationKey | Refusal> {
    if (typeof kid !== 'string') return new Refusal('jwk-kid-mismatch', 'The token names no key (kid).');
    const key = this.current(kid);
    if (key !== undefined) return key;
    if (this.#mustWaitForRefresh()) return this.#resolveAfterRefresh(kid);
    const isUsable = this.#keys !== undefined && this.#age() < this.#times.refreshAfterMs + this.#times.staleGraceMs;
    return isUsable ? this.#resolveUnknown(kid) : this.#resolveAfterFetch(kid);
  }

  forget(): void {
    // An answer that is under way may still list what is to be forgotten.
    this.#generation++;
    this.#inFlight = undefined;
    this.#keys = undefined;
    this.#fetchedAt = Number.NEGATIVE_INFINITY;
    this.#failure = undefined;
    this.#imported.keepOnly(new Map());
  }

  /** A clock that was set back must not prolong a set's life: it counts as old from when we notice. */
  #age(): number {
    const now = this.#now();
    if (now < this.#fetchedAt) this.#fetchedAt = now - this.#times.refreshAfterMs;
    return now - this.#fetchedAt;
  }

  /** Whether `pauseMs` have passed since `at`; true as well when the clock was set back. */
  #hasPassed(pauseMs: number, at: number): boolean {
    const elapsed = this.#now() - at;
    return elapsed < 0 || elapsed >= pauseMs;
  }

  /** The set is good but lacks this key: it may have been rotated in. */
  #resolveUnknown(kid: string): VerificationKey | Refusal | Promise<VerificationKey | Refusal> {
    if (this.#inFlight === undefined) {
      if (!this.#hasPassed(this.#times.unknownKeyCooldownMs, this.#unknownKeyFetchAt)) return unknownKey();
      this.#unknownKeyFetchAt = this.#now();
    }
    return this.#fetch(kid).then((failure) => this.#keys?.get(kid) ?? failure ?? this.#missed(kid));
  }

  /** Whether this request has to do what goes on in the background elsewhere: one at a time, and the others use what there is. */
  #mustWaitForRefresh(): boolean {
    if (this.#worksInBackground || this.#keys === undefined || this.#age() < this.#times.refreshAfterMs) return false;
    const isPaused = this.#failure !== undefined && !this.#hasPassed(this.#times.failurePauseMs, this.#failure.at);
    return !isPaused && !this.#isFetching();
  }

  /** The keys of before go on where the backend cannot be reached. */
  async #resolveAfterRefresh(kid: string): Promise<VerificationKey | Refusal> {
    const failure = await this.#fetch(kid);
    const isUsable = this.#age() < this.#times.refreshAfterMs + this.#times.staleGraceMs;
    const key = isUsable ? this.#keys?.get(kid) : undefined;
    return key ?? failure ?? this.#missed(kid);
  }

  async #resolveAfterFetch(kid: string): Promise<VerificationKey | Refusal> {
    const failure = await this.#fetchUnlessPaused(kid);
    return failure ?? this.#keys?.get(kid) ?? this.#missed(kid);
  }

  /**
   * The set lacks the key. Of one that has just left the backend, to ask again would be to ask the same, whatever the first
   * question was; one that another process fetched earlier may be older than the key.
   */
  #missed(kid: string): VerificationKey | Refusal | Promise<VerificationKey | Refusal> {
    if (this.#isSecondHand) return this.#resolveUnknown(kid);
    this.#unknownKeyFetchAt = this.#now();
    return unknownKey();
  }

  #refreshInBackground(): void {
    if (!this.#worksInBackground || this.#isFetching()) return;
    // Nobody waits, and a rejection that nobody handles would end the process.
    Promise.resolve(this.#fetchUnlessPaused()).catch(ignore);
  }

  #fetchUnlessPaused(kid?: string): Promise<Refusal | undefined> | Refusal {
    const failure = this.#failure;
    const isPaused =
      this.#inFlight === undefined && failure && !this.#hasPassed(this.#times.failurePauseMs, failure.at);
    return isPaused ? failure.refusal : this.#fetch(kid);
  }

  #fetch(kid: string | undefined): Promise<Refusal | undefined> {
    if (this.#inFlight !== undefined && this.#isFetching()) return this.#join(this.#inFlight, kid);
    const settled = this.#load(kid).finally(() => {
      if (this.#inFlight === inFlight) this.#inFlight = undefined;
    });
    const inFlight: InFlight = { settled, startedAt: this.#now() };
    this.#inFlight = inFlight;
    return settled;
  }

  /** Waits for another request's fetch, but not for ever. */
  async #join(inFlight: InFlight, kid: string | undefined): Promise<Refusal | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abandoned = new Promise<typeof ABANDONED>((resolve) => {
      timer = setTimeout(resolve, ABANDONED_AFTER_MS, ABANDONED);
    });
    const outcome = await Promise.race([inFlight.settled, abandoned]);
    clearTimeout(timer);
    if (outcome !== ABANDONED) return outcome;
    if (this.#inFlight === inFlight) this.#inFlight = undefined;
    return this.#fetch(kid);
  }

  #isFetching(): boolean {
    return this.#inFlight !== undefined && !this.#hasPassed(ABANDONED_AFTER_MS, this.#inFlight.startedAt);
  }

  async #load(kid: string | undefined): Promise<Refusal | undefined> {
    const generation = this.#generation;
    const askedAt = this.#now();
    const answer = await this.#fetchKeySet(kid);
    if (answer instanceof Refusal) return this.#fail(answer);
    const keys = await parseJwks(answer.jwks, this.#imported);
    if (generation !== this.#generation)
      return new Refusal('jwk-remote-failed-to-load', 'The keys were forgotten meanwhile.');
    // An empty or malformed set never replaces a good one.
    if (keys === undefined)
      return this.#fail(new Refusal('jwk-remote-failed-to-load', 'The backend answered no usable key set.'));
    // The whole set is replaced: a key that is no longer listed is gone at once.
    this.#imported.keepOnly(keys);
    this.#keys = keys;
    this.#fetchedAt = answer.fetchedAt ?? this.#now();
    this.#isSecondHand = this.#fetchedAt < askedAt;
    this.#failure = undefined;
    return undefined;
  }

  #fail(refusal: Refusal): Refusal {
    this.#failure = { refusal, at: this.#now() };
    return refusal;
  }
}

const ABANDONED = Symbol('abandoned');

function ignore(): void {}

/** Says nothing of the keys that there are. */
function unknownKey(): Refusal {
  return new Refusal(
    'jwk-kid-mismatch',
    'No key of the instance has the kid of the token: was it issued by another instance?',
  );
}
