import { KeystileError } from '../errors.ts';
import type { Refusal, RefusalReason } from '../jwt/refusal.ts';

/**
 * A handshake reached a development instance and does not verify (protocol section 8.4): the request fails, since only a
 * developer can do something about it. Production instances go on with the cookies in its place.
 */
export class HandshakeError extends KeystileError<'handshake-refused'> {
  override readonly name = 'HandshakeError';
  /** Why the handshake's token was refused. */
  readonly reason: RefusalReason;

  constructor(refusal: Refusal) {
    const advice = ADVICE[refusal.reason] ?? '';
    super('handshake-refused', `The handshake was refused: ${refusal.message}${advice} (reason=${refusal.reason})`, {
      status: 500,
      cause: refusal.cause,
    });
    this.reason = refusal.reason;
  }
}

const KEYS_EXCHANGED =
  ' The keys of two instances seem to be mixed: check that publishableKey, secretKey and jwtKey belong together, then clear the cookies of this site.';

const ADVICE: Partial<Record<RefusalReason, string>> = {
  'token-invalid-signature': KEYS_EXCHANGED,
  'jwk-kid-mismatch': KEYS_EXCHANGED,
};
