import type { Instance } from './instance.ts';
import {
  type MachineOutcome,
  type Outcome,
  type SignedInOutcome,
  type SignedOutOutcome,
  signedOut,
} from './session/outcome.ts';
import type { Revocations } from './shared-cache/revocations.ts';

/**
 * Holds a decision against what has been revoked: the session and its user, or the machine token and its subject. Where the
 * shared cache cannot say, a session is looked up in the backend, and a machine token is refused until it can.
 */
export async function refuseRevoked(outcome: Outcome, revocations: Revocations, instance: Instance): Promise<Outcome> {
  if (outcome.status === 'signed-out' && outcome.verifyLater !== undefined) {
    const { verifyLater } = outcome;
    return { ...outcome, verifyLater: async () => refuseRevoked(await verifyLater(), revocations, instance) };
  }
  if (outcome.status !== 'signed-in') return outcome;
  const ids =
    'machine' in outcome
      ? [outcome.machine.id, outcome.machine.subject]
      : [outcome.identity.sessionId, outcome.identity.userId];
  switch (await revocations.check(ids.filter((id) => typeof id === 'string'))) {
    case 'valid':
      return outcome;
    case 'revoked':
      return signedOut(outcome.tokenType, 'token-invalid', 'What the token stands for has been revoked.');
    case 'unknown':
      return (await isKnownToBeGood(outcome, instance)) ? outcome : cannotTell(outcome);
  }
}

function cannotTell({ tokenType }: Outcome): SignedOutOutcome {
  return signedOut(tokenType, 'unexpected-error', 'Whether the token has been revoked could not be found out.');
}

/** Asks the backend in the cache's place. Of machine tokens it has no such record: those are refused meanwhile. */
async function isKnownToBeGood(outcome: SignedInOutcome | MachineOutcome, instance: Instance): Promise<boolean> {
  if ('machine' in outcome || outcome.identity.sessionId === null) return false;
  const { sessionId } = outcome.identity;
  // While the cache is away every request comes here: the backend hears once of those of one session.
  return instance.session.standings.share([sessionId], async () => {
    try {
      const signal = AbortSignal.timeout(instance.config.timeoutMs);
      return (await instance.backend.sessions.getSession(sessionId, { signal })).status === 'active';
    } catch {
      return false;
    }
  });
}
