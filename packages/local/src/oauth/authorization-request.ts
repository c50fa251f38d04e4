import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { OAuthError } from './oauth-error.ts';
import type { Parameters } from './parameters.ts';
import { isCodeChallenge } from './pkce.ts';
import { narrowScopes, splitScopes } from './scopes.ts';

/** Who asks for an authorization, and where the answer goes. Both are known to be right. */
export interface Asking {
  readonly application: Row<'oauth_applications'>;
  readonly redirectUri: string;
  /** Whether the request named it, and the token request has to as well. */
  readonly redirectUriGiven: boolean;
  readonly state: string | undefined;
}

/** What is asked for. */
export interface AuthorizationRequest extends Asking {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly prompts: readonly string[];
}

/**
 * Reads who asks. As long as that is in doubt nobody is sent anywhere: redirect URIs are compared to the letter, with port and
 * case, and one may be left out only where a single one is registered (RFC 9700 section 2.1, RFC 6749 section 3.1.2.3).
 *
 * @throws {OAuthError} to be shown to the visitor, never sent to the redirect URI.
 */
export async function readAsking({ db }: Context, parameters: Parameters): Promise<Asking> {
  const clientId = parameters.get('client_id');
  const application =
    clientId === undefined
      ? undefined
      : await db.selectFrom('oauth_applications').selectAll().where('client_id', '=', clientId).executeTakeFirst();
  if (application === undefined) throw new OAuthError('invalid_client', 'There is no application with this client_id.');
  const registered = fromJson<string[]>(application.redirect_uris);
  const given = parameters.get('redirect_uri');
  const redirectUri = given ?? (registered.length === 1 ? registered[0] : undefined);
  if (redirectUri === undefined)
    throw new OAuthError(
      'invalid_request',
      'redirect_uri is missing, and the application has not registered exactly one.',
    );
  if (!registered.includes(redirectUri)) {
    throw new OAuthError(
      'invalid_request',
      'The redirect_uri is not registered for this application. It is compared to the letter.',
    );
  }
  return { application, redirectUri, redirectUriGiven: given !== undefined, state: parameters.get('state') };
}

/**
 * Reads what is asked for.
 *
 * @throws {OAuthError} to be sent to the redirect URI.
 */
export function readAuthorizationRequest(asking: Asking, parameters: Parameters): AuthorizationRequest {
  const { application, state } = asking;
  if (parameters.get('response_type') !== 'code')
    throw new OAuthError('unsupported_response_type', 'response_type must be code.');
  // Never the fragment: what is in it stays in histories and is read by scripts (RFC 9700 section 4.1.2).
  if ((parameters.get('response_mode') ?? 'query') !== 'query')
    throw new OAuthError('invalid_request', 'response_mode must be query.');
  if (parameters.get('request') !== undefined || parameters.get('request_uri') !== undefined) {
    throw new OAuthError('invalid_request', 'Request objects are not supported.');
  }
  const codeChallenge = readChallenge(application, parameters);
  const nonce = parameters.get('nonce');
  // RFC 9700 section 2.1.1: one of the three has to tie the answer to the browser that asked.
  if (state === undefined && nonce === undefined && codeChallenge === undefined) {
    throw new OAuthError(
      'invalid_request',
      'Send a state, or use PKCE: nothing else keeps a forged answer from the client.',
    );
  }
  return {
    ...asking,
    scopes: narrowScopes(parameters.get('scope'), splitScopes(application.scopes)),
    resources: parameters.resources,
    nonce,
    codeChallenge,
    prompts: (parameters.get('prompt') ?? '').split(' ').filter(Boolean),
  };
}

function readChallenge(application: Row<'oauth_applications'>, parameters: Parameters): string | undefined {
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) throw new OAuthError('invalid_request', 'code_challenge is missing.');
    if (application.public === 1 || application.pkce_required === 1) {
      throw new OAuthError('invalid_request', 'This application must use PKCE: code_challenge is missing.');
    }
    return undefined;
  }
  // Without a method the specification means `plain`, which protects nothing.
  if (method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256.');
  if (!isCodeChallenge(challenge))
    throw new OAuthError('invalid_request', 'code_challenge must be the 43 characters of a SHA-256.');
  return challenge;
}
