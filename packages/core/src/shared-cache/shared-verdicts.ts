import { deepFreeze } from '../deep-freeze.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { MachineRefusal } from '../tokens/verify-machine-token.ts';
import type { Revocations } from './revocations.ts';
import type { SealedEntries } from './sealed-entries.ts';

/**
 * The backend's verdicts on opaque tokens, shared by a fleet. The cache holds neither a token nor a name that leads to one:
 * entries are named by a MAC. A good verdict is used only while its token's id is known not to be revoked.
 */
export class SharedVerdicts {
  readonly #entries: SealedEntries;
  readonly #revocations: Revocations;

  constructor(entries: SealedEntries, revocations: Revocations) {
    this.#entries = entries;
    this.#revocations = revocations;
  }

  /** What another process was told of this token; undefined: ask the backend. */
  async recall({ text, type }: PresentedToken): Promise<MachineIdentity | MachineRefusal | undefined> {
    const lookup = await this.#entries.read(KIND, `${type}\n${text}`);
    if (lookup.state !== 'found') return undefined;
    const { refused, identity } = lookup.value as SharedVerdict;
    if (refused !== undefined) return new MachineRefusal('token-invalid', refused.message, refused.status);
    if (identity === undefined) return undefined;
    const answer = await this.#revocations.check([identity.id]);
    return answer === 'valid' ? deepFreeze(identity) : undefined;
  }

  /** Tells the others. Only of `token-invalid` among the refusals: not being able to ask says nothing of the token. */
  async remember(
    { text, type }: PresentedToken,
    verdict: MachineIdentity | MachineRefusal,
    ttlMs: number,
  ): Promise<void> {
    if (ttlMs <= 0) return;
    let value: SharedVerdict = {};
    if (!(verdict instanceof MachineRefusal)) value = { identity: verdict };
    else if (verdict.code === 'token-invalid')
      value = { refused: { message: verdict.message, status: verdict.status } };
    else return;
    await this.#entries.write(KIND, `${type}\n${text}`, value, ttlMs);
  }
}

interface SharedVerdict {
  readonly identity?: MachineIdentity;
  readonly refused?: { readonly message: string; readonly status?: number | undefined };
}

const KIND = 'opaque';
