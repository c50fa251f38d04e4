/** The kinds of token, as the wire names them. */
export const TOKEN_TYPES = ['session_token', 'api_key', 'm2m_token', 'oauth_token'] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type SessionTokenType = 'session_token';
export type MachineTokenType = Exclude<TokenType, SessionTokenType>;

/** Which kinds a route takes: one, several, or every one. An empty list takes nothing. */
export type AcceptsToken = TokenType | readonly TokenType[] | 'any';

/** Whether a route that accepts these kinds takes this one; without a wish only sessions are taken. */
export function isTokenTypeAccepted(type: TokenType, accepted: AcceptsToken = 'session_token'): boolean {
  if (accepted === 'any') return true;
  return typeof accepted === 'string' ? accepted === type : accepted.includes(type);
}
