import type { SessionIdentity } from '../auth/session-identity.ts';
import { Refusal } from '../jwt/refusal.ts';
import { isSessionCategory } from '../jwt/token-category.ts';
import { HANDSHAKE_PARAMETERS } from '../request/query.ts';
import type { HeaderLine } from '../response-patch.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { proveSignature } from '../tokens/prove-signature.ts';
import { verifySessionToken } from '../tokens/verify-session-token.ts';
import { type CookieDirectives, NO_DIRECTIVES, readCookieDirectives } from './cookie-directives.ts';
import { explainRefusal, secondsAhead } from './explain-refusal.ts';
import { HandshakeError } from './handshake-error.ts';
import { withoutParameters } from './handshake-url.ts';
import { type SignedInOutcome, type SignedOutOutcome, signedOut } from './outcome.ts';
import type { RequestFacts } from './request-facts.ts';

/** What a handshake that came with a request led to. */
export type HandshakeResolution =
  | { readonly status: 'resolved'; readonly outcome: SignedInOutcome | SignedOutOutcome }
  | {
      readonly status: 'failed';
      readonly message: string;
      /** Set where the request has to fail; else the cookies decide. */
      readonly error?: HandshakeError;
    };

/** How far clocks may be apart when a development machine completes a handshake, in milliseconds. */
const DEVELOPMENT_CLOCK_SKEW_MS = 86_400_000;

const OPEN_TO_THE_FRONTEND_API: readonly HeaderLine[] = [
  ['access-control-allow-origin', 'null'],
  ['access-control-allow-credentials', 'true'],
];

/** Completes the handshake that a request carries: protocol section 8.3. Never rejects. */
export async function resolveHandshake(request: RequestFacts): Promise<HandshakeResolution> {
  const resolution = await resolve(request);
  // In production only a failed handshake leads to the next.
  const mayLoop = resolution.status === 'failed' || !request.isProduction;
  if (mayLoop && !request.hasRedirectCount) request.instance.session.cookieRefusals.note(request.browser);
  return resolution;
}

async function resolve(request: RequestFacts): Promise<HandshakeResolution> {
  const { instance, isProduction } = request;
  const payload =
    request.handshakeNonce === undefined
      ? await readHandshakeToken(request)
      : await fetchPayload(request, request.handshakeNonce);
  if (payload instanceof Refusal) {
    return isProduction
      ? failed(request, payload)
      : { ...failed(request, payload), error: new HandshakeError(payload) };
  }

  const responseHeaders = [...OPEN_TO_THE_FRONTEND_API, ...payload.lines];
  const answer: { responseHeaders: HeaderLine[]; location?: string } = { responseHeaders };
  if (!isProduction) {
    answer.location = withoutParameters(request.publicUrl, HANDSHAKE_PARAMETERS);
    responseHeaders.push(['cache-control', 'no-store']);
  }
  if (payload.sessionToken === '') {
    return { status: 'resolved', outcome: { ...signedOut('session_token', 'session-token-missing'), ...answer } };
  }

  const token = instance.verifiedTokens.read(payload.sessionToken);
  const identity = await verifyBroughtToken(token, request);
  if (identity instanceof Refusal) return failed(request, identity);
  const { text, remembered } = token;
  return {
    status: 'resolved',
    outcome: { status: 'signed-in', tokenType: 'session_token', token: text, remembered, identity, ...answer },
  };
}

/** Only the signature and the category count: a handshake has no times of its own (step 3). */
async function readHandshakeToken(request: RequestFacts): Promise<CookieDirectives | Refusal> {
  const { instance } = request;
  const token = instance.verifiedTokens.read(request.handshakeToken ?? '');
  const { jwt } = token;
  if (jwt instanceof Refusal) return jwt;
  if (!isSessionCategory(jwt.header))
    return new Refusal('token-invalid', 'The token is of a category that carries no handshake.');
  const refusal = await proveSignature(token, jwt, instance.keys, instance.config.typeRule);
  if (refusal !== undefined) return refusal;
  const { handshake } = jwt.payload;
  return toDirectives(Array.isArray(handshake) ? handshake : [], request);
}

/** The backend exchanges a nonce for the payload. Where it does not, there is none (step 2). */
async function fetchPayload(request: RequestFacts, nonce: string): Promise<CookieDirectives | Refusal> {
  const { instance } = request;
  const { notices, payloads } = instance.session;
  if (instance.config.secretKey === undefined) {
    notices.tell('handshake-nonce', 'A handshake came as a nonce, but there is no secretKey to exchange it with.');
    return NO_DIRECTIVES;
  }
  // Anybody can send one, so that only what could be one costs a call.
  if (!/^[\x21-\x7e]{1,512}$/.test(nonce)) return NO_DIRECTIVES;
  return payloads.share([nonce], async () => {
    try {
      const signal = AbortSignal.timeout(instance.config.timeoutMs);
      const { directives } = await instance.backend.clients.getHandshakePayload({ nonce }, { signal });
      return toDirectives(directives, request);
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown error';
      notices.tell('handshake-nonce', `The payload of a handshake could not be fetched: ${problem}`);
      return NO_DIRECTIVES;
    }
  });
}

function toDirectives(directives: unknown, { names, instance }: RequestFacts): CookieDirectives | Refusal {
  return (
    readCookieDirectives(directives, names, instance.config.anyHandshakeCookie) ??
    new Refusal('token-invalid', 'The payload of the handshake is no list of cookies.')
  );
}

/** Steps 7 and 8. In development a wrong clock is told of and tolerated, since it is the developer's own. */
async function verifyBroughtToken(token: PresentedToken, request: RequestFacts): Promise<SessionIdentity | Refusal> {
  const { instance, now, isProduction } = request;
  const { sessionTokens, session } = instance;
  if (token.jwt instanceof Refusal) return token.jwt;
  if (token.type !== 'session_token' || !isSessionCategory(token.jwt.header)) {
    return new Refusal('token-invalid', 'The handshake brought a token that is no session token.');
  }
  const verdict = await verifySessionToken(token, sessionTokens, now);
  if (!(verdict instanceof Refusal)) return verdict;
  if (!isAboutTime(verdict)) {
    const cause = explainRefusal(verdict, token, request.instanceHost);
    return cause === undefined ? verdict : new Refusal(verdict.reason, `${verdict.message} ${cause}`);
  }
  const ahead = secondsAhead(token, now);
  const clock = `The clock of this server is about ${Math.abs(ahead)} s ${ahead < 0 ? 'ahead of' : 'behind'} the issuer's, or the handshake is an old one.`;
  if (isProduction) return new Refusal(verdict.reason, `${verdict.message} ${clock}`);
  session.notices.tell('clock', `${verdict.message} ${clock} In development it is accepted all the same.`);
  const claimsPolicy = { ...sessionTokens.claimsPolicy, clockSkewInMs: DEVELOPMENT_CLOCK_SKEW_MS };
  return verifySessionToken(token, { ...sessionTokens, claimsPolicy }, now);
}

function isAboutTime({ reason }: Refusal): boolean {
  return reason === 'token-expired' || reason === 'token-not-active-yet' || reason === 'token-iat-in-the-future';
}

function failed({ instance }: RequestFacts, { message, reason }: Refusal): HandshakeResolution & { status: 'failed' } {
  instance.session.notices.tell('handshake', `A handshake was not completed: ${message} (reason=${reason})`);
  return { status: 'failed', message };
}
