import { expect, test } from 'vitest';
import { type AcceptsToken, isTokenTypeAccepted, TOKEN_TYPES } from './token-type.ts';

test.each<[accepted: AcceptsToken | undefined, taken: readonly string[]]>([
  [undefined, ['session_token']],
  ['session_token', ['session_token']],
  ['api_key', ['api_key']],
  ['m2m_token', ['m2m_token']],
  ['oauth_token', ['oauth_token']],
  ['any', TOKEN_TYPES],
  [[], []],
  [['api_key'], ['api_key']],
  [
    ['session_token', 'oauth_token'],
    ['session_token', 'oauth_token'],
  ],
  [TOKEN_TYPES, TOKEN_TYPES],
  ['api' as AcceptsToken, []],
  ['api_keys' as AcceptsToken, []],
  [['any'] as unknown as AcceptsToken, []],
])('section 6.3: acceptsToken %j takes %j', (accepted, taken) => {
  expect(TOKEN_TYPES.filter((type) => isTokenTypeAccepted(type, accepted))).toEqual(taken);
});
