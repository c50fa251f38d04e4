import type { Verification } from '../contract/wire.generated.ts';
import { fromJsonOrNull, toJson } from '../store/json-column.ts';

/** The state that the verification column of an identification holds. */
export interface StoredVerification {
  readonly status: 'unverified' | 'verified' | 'failed' | 'expired';
  readonly strategy: string;
  readonly attempts?: number | null;
  /** Epoch milliseconds. */
  readonly expire_at?: number | null;
}

/** What is stored for something that the Backend API declared verified. */
export const verifiedByAdmin: string = toJson({
  status: 'verified',
  strategy: 'admin',
  attempts: null,
  expire_at: null,
});

/** The wire form of a verification column. */
export function toVerification(column: string | null): Verification | null {
  const stored = fromJsonOrNull<StoredVerification>(column);
  if (stored === null) return null;
  return {
    object: `verification_${stored.strategy}`,
    status: stored.status,
    strategy: stored.strategy,
    attempts: stored.attempts ?? null,
    expire_at: stored.expire_at ?? null,
  };
}

/** Whether a verification column says verified. */
export function isVerified(column: string | null): boolean {
  return fromJsonOrNull<StoredVerification>(column)?.status === 'verified';
}
