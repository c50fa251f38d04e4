import type {
  ApiKeyAuth,
  AuthFor,
  AuthObject as CoreAuthObject,
  InvalidTokenAuth,
  M2MTokenAuth,
  MachineAuth,
  OAuthTokenAuth,
  SessionAuth,
  SignedInAuth,
  SignedOutAuth,
  UnauthenticatedApiKeyAuth,
  UnauthenticatedM2MTokenAuth,
  UnauthenticatedOAuthTokenAuth,
} from '../auth/auth-object.ts';
import type { AcceptsToken, MachineTokenType, TokenType } from '../tokens/token-type.ts';

export type AuthObject = CoreAuthObject;
export type SessionAuthObject = SessionAuth;
export type SignedInAuthObject = SignedInAuth;
export type SignedOutAuthObject = SignedOutAuth;
export type InvalidTokenAuthObject = InvalidTokenAuth;
export type MachineAuthObject<Type extends MachineTokenType = MachineTokenType> = Extract<
  MachineAuth,
  { tokenType: Type }
>;
export type AuthenticatedMachineObject<Type extends MachineTokenType = MachineTokenType> = Extract<
  ApiKeyAuth | M2MTokenAuth | OAuthTokenAuth,
  { tokenType: Type }
>;
export type UnauthenticatedMachineObject<Type extends MachineTokenType = MachineTokenType> = Extract<
  UnauthenticatedApiKeyAuth | UnauthenticatedM2MTokenAuth | UnauthenticatedOAuthTokenAuth,
  { tokenType: Type }
>;

/** The objects that a kind of token can yield: sessions, or the machines of that kind. */
export type InferAuthObjectFromToken<
  Type extends TokenType,
  Session = SessionAuthObject,
  Machine = MachineAuthObject<Extract<Type, MachineTokenType>>,
> = Type extends 'session_token' ? Session : Machine;

/** The same for a list of kinds. */
export type InferAuthObjectFromTokenArray<
  Types extends readonly TokenType[],
  Session = SessionAuthObject,
  Machine = MachineAuthObject<Extract<Types[number], MachineTokenType>>,
> = 'session_token' extends Types[number]
  ? Types[number] extends 'session_token'
    ? Session
    : Session | Machine
  : Machine;

export interface PendingSessionOptions {
  /** Whether a session that is not complete yet counts as none; default true. */
  readonly treatPendingAsSignedOut?: boolean;
}

/** How a getter chooses among what a request may be. */
export interface AuthOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined>
  extends PendingSessionOptions {
  readonly acceptsToken?: Accepts;
}

type Returned<ReturnsPromise extends boolean, Value> = ReturnsPromise extends true ? Promise<Value> : Value;

/** A getter of the auth object of a request. */
export type GetAuthFn<RequestType, ReturnsPromise extends boolean = false> = <
  const Accepts extends AcceptsToken | undefined = undefined,
>(
  request: RequestType,
  options?: AuthOptions<Accepts>,
) => Returned<ReturnsPromise, AuthFor<Accepts>>;

/** The same where the request is known anyway, with what else the getter carries (`protect` and the like). */
export type GetAuthFnNoRequest<SessionExtras extends object = object, ReturnsPromise extends boolean = false> = <
  const Accepts extends AcceptsToken | undefined = undefined,
>(
  options?: AuthOptions<Accepts>,
) => Returned<
  ReturnsPromise,
  AuthFor<Accepts> extends infer Auth ? (Auth extends SessionAuth ? Auth & SessionExtras : Auth) : never
>;
