import { LRUCache } from 'lru-cache';
import type { BackendClient } from '../backend/index.ts';
import { digest, type MaybePromise } from '../crypto/index.ts';
import type { MachineIdentity } from './machine-identity.ts';
import { isPossibleOpaqueToken, type PresentedToken } from './presented-token.ts';
import { MachineRefusal } from './verify-machine-token.ts';
import { verifyWithBackend } from './verify-with-backend.ts';

/** How often the backend is asked; see `CacheOptions` and `concurrentVerifications`. */
export interface OpaqueTokenOptions {
  readonly opaqueTokenTtlMs: number;
  readonly opaqueTokenNegativeTtlMs: number;
  readonly opaqueTokens: number;
  /** How many tokens may be asked about at one time. */
  readonly concurrency: number;
  /**
   * Whether a call outlives the request that began it; see `worksInBackground` in environment.ts. Where it does not, nobody
   * else may wait for it, and no call is counted, since not each comes to its end. Default true.
   */
  readonly worksInBackground?: boolean;
}

/** Verdicts that several processes share. Neither method rejects. */
export interface SharedOpaqueVerdicts {
  recall(token: PresentedToken): Promise<MachineIdentity | MachineRefusal | undefined>;
  remember(token: PresentedToken, verdict: MachineIdentity | MachineRefusal, ttlMs: number): Promise<void>;
}

interface Remembered {
  readonly verdict: MachineIdentity | MachineRefusal;
  readonly until: number;
}

/**
 * Asks the backend what an opaque token is worth.
 *
 * However many requests carry one token, one call for it is in flight (in runtimes that end calls with their requests, one
 * for each request). Verdicts are remembered only where the options say
 * so, because a remembered token outlives its revocation: good ones no longer than the token itself, bad ones shortly, and
 * never a failure to reach the backend. The memory holds hashes, not tokens.
 */
export class OpaqueTokenVerifier {
  readonly #backend: () => BackendClient;
  readonly #options: OpaqueTokenOptions;
  readonly #shared: SharedOpaqueVerdicts | undefined;
  #remembered: LRUCache<string, Remembered> | undefined;
  #inFlight = new Map<string, Promise<MachineIdentity | MachineRefusal>>();

  /**
   * @param backend - built when the first opaque token arrives
   * @param shared - asked before the backend, where verdicts may be remembered at all
   */
  constructor(backend: () => BackendClient, options: OpaqueTokenOptions, shared?: SharedOpaqueVerdicts) {
    this.#backend = backend;
    this.#options = options;
    this.#shared = shared;
    this.#remembered = createMemory(options);
  }

  verify(token: PresentedToken, now: number): MaybePromise<MachineIdentity | MachineRefusal> {
    if (!isPossibleOpaqueToken(token.text)) {
      return new MachineRefusal('token-invalid', 'The token has not the shape of one: it was not sent to the backend.');
    }
    return this.#remembered === undefined ? this.#ask(token, now) : this.#recall(this.#remembered, token, now);
  }

  /** Forgets every verdict, also those that are under way: they reach whoever waits for them, and nobody after. */
  forget(): void {
    this.#remembered = createMemory(this.#options);
    this.#inFlight = new Map();
  }

  async #recall(
    remembered: LRUCache<string, Remembered>,
    token: PresentedToken,
    now: number,
  ): Promise<MachineIdentity | MachineRefusal> {
    const hash = await digest('SHA-256', token.text);
    const key = `${token.type}.${btoa(String.fromCharCode(...hash))}`;
    const known = remembered.get(key);
    // An entry that lies too far ahead was made before the clock was set back.
    if (known !== undefined && now < known.until && known.until - now <= this.#longestTtlMs()) {
      token.remembered = true;
      return known.verdict;
    }
    const verdict = await this.#ask(token, now);
    const until = now + this.#ttlMs(verdict, now);
    if (until > now) remembered.set(key, { verdict, until });
    return verdict;
  }

  #ttlMs(verdict: MachineIdentity | MachineRefusal, now: number): number {
    if (verdict instanceof MachineRefusal) {
      return verdict.code === 'token-invalid' ? this.#options.opaqueTokenNegativeTtlMs : 0;
    }
    const { opaqueTokenTtlMs } = this.#options;
    return verdict.expiration === null ? opaqueTokenTtlMs : Math.min(opaqueTokenTtlMs, verdict.expiration - now);
  }

  #longestTtlMs(): number {
    return Math.max(this.#options.opaqueTokenTtlMs, this.#options.opaqueTokenNegativeTtlMs);
  }

  #ask(token: PresentedToken, now: number): MaybePromise<MachineIdentity | MachineRefusal> {
    if (this.#options.worksInBackground === false) return this.#askOthers(token, now);
    const inFlight = this.#inFlight.get(token.text);
    if (inFlight !== undefined) return inFlight;
    if (this.#inFlight.size >= this.#options.concurrency) return OVERLOADED;
    const calls = this.#inFlight;
    const asked = this.#askOthers(token, now).finally(() => {
      calls.delete(token.text);
    });
    calls.set(token.text, asked);
    return asked;
  }

  async #askOthers(token: PresentedToken, now: number): Promise<MachineIdentity | MachineRefusal> {
    if (this.#shared === undefined || this.#remembered === undefined) return verifyWithBackend(token, this.#backend);
    const known = await this.#shared.recall(token);
    if (known !== undefined) return known;
    const verdict = await verifyWithBackend(token, this.#backend);
    await this.#shared.remember(token, verdict, this.#ttlMs(verdict, now));
    return verdict;
  }
}

function createMemory(options: OpaqueTokenOptions): LRUCache<string, Remembered> | undefined {
  const { opaqueTokenTtlMs, opaqueTokenNegativeTtlMs, opaqueTokens } = options;
  const remembers = opaqueTokenTtlMs > 0 || opaqueTokenNegativeTtlMs > 0;
  return remembers && opaqueTokens > 0 ? new LRUCache({ max: opaqueTokens }) : undefined;
}

/** A flood of made-up tokens must not become as many open calls. Nothing is said about the token, so nothing is remembered. */
const OVERLOADED = new MachineRefusal(
  'unexpected-error',
  'Too many machine tokens are being verified (concurrentVerifications): this one was not sent to the backend.',
);
