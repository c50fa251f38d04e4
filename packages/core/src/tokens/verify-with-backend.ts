import { type BackendClient, BackendError } from '../backend/index.ts';
import { deepFreeze } from '../deep-freeze.ts';
import type { MachineIdentity } from './machine-identity.ts';
import type { PresentedToken } from './presented-token.ts';
import { readActor, readAudience } from './read-machine-claims.ts';
import { MachineRefusal } from './verify-machine-token.ts';

/**
 * Asks the backend about one opaque token (protocol section 6.5; the kind of introspection that RFC 7662 describes). Never
 * rejects: being unable to ask is a refusal, too.
 *
 * @param backend - builds or hands over the client; a missing key fails here, not when the authenticator is built
 */
export async function verifyWithBackend(
  token: PresentedToken,
  backend: () => BackendClient,
): Promise<MachineIdentity | MachineRefusal> {
  try {
    return readVerdict(token, await ask(token, backend()));
  } catch (error) {
    return toRefusal(error);
  }
}

function ask({ text, type }: PresentedToken, backend: BackendClient): Promise<object> {
  switch (type) {
    case 'api_key':
      return backend.apiKeys.verify(text);
    case 'oauth_token':
      return backend.idPOAuthAccessToken.verify(text);
    default:
      return backend.m2m.verify({ token: text });
  }
}

/** Outside data still: the types of the client say what the contract promises, not what an answer holds. */
interface Answer {
  readonly id?: unknown;
  readonly subject?: unknown;
  readonly scopes?: unknown;
  readonly claims?: unknown;
  readonly name?: unknown;
  readonly clientId?: unknown;
  readonly act?: unknown;
  readonly aud?: unknown;
  readonly expiration?: unknown;
  readonly revoked?: unknown;
  readonly expired?: unknown;
}

function readVerdict(token: PresentedToken, answer: Answer): MachineIdentity | MachineRefusal {
  // A 200 can still mean no, and an answer that is odd about it does not mean yes.
  if (answer.revoked || answer.expired) {
    return new MachineRefusal('token-invalid', 'The token is revoked or expired.');
  }
  const { id, subject } = answer;
  if (typeof id !== 'string' || typeof subject !== 'string') {
    return new MachineRefusal('unexpected-error', 'The backend answered no token.');
  }
  const common = { id, subject, scopes: texts(answer.scopes), expiration: toMilliseconds(answer.expiration) };
  switch (token.type) {
    case 'api_key':
      return deepFreeze({ tokenType: 'api_key', ...common, name: text(answer.name), claims: claims(answer.claims) });
    case 'oauth_token': {
      const client = { clientId: text(answer.clientId), actor: readActor(answer.act) };
      return deepFreeze({ tokenType: 'oauth_token', ...common, ...client, audience: readAudience(answer.aud) });
    }
    default:
      return deepFreeze({ tokenType: 'm2m_token', ...common, claims: claims(answer.claims) });
  }
}

function toRefusal(error: unknown): MachineRefusal {
  const status = error instanceof BackendError ? error.status : undefined;
  switch (status) {
    case 401:
      return new MachineRefusal(
        'secret-key-invalid',
        'The backend refused the secret key: is it the key of this instance?',
        status,
      );
    case 404:
      return new MachineRefusal('token-invalid', 'The backend does not know the token, or has revoked it.', status);
    default:
      return new MachineRefusal(
        'unexpected-error',
        status === undefined ? 'The backend could not be asked about the token.' : `The backend answered ${status}.`,
        status,
      );
  }
}

/** The wire has these times in milliseconds or in seconds; no token lives until the year 5138 or ended before 1973. */
function toMilliseconds(time: unknown): number | null {
  if (typeof time !== 'number' || !Number.isFinite(time)) return null;
  return Math.abs(time) < 1e11 ? time * 1000 : time;
}

function claims(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function texts(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
