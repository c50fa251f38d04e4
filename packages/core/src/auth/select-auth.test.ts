import { expect, test } from 'vitest';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import type { AcceptsToken, TokenType } from '../tokens/token-type.ts';
import type { AuthObject } from './auth-object.ts';
import { createInvalidTokenAuth, createMachineAuth, createUnauthenticatedMachineAuth } from './create-machine-auth.ts';
import { createSignedInAuth, createSignedOutAuth } from './create-session-auth.ts';
import { selectAuth } from './select-auth.ts';
import { readSessionIdentity, type SessionIdentity } from './session-identity.ts';

const debug = () => ({});
const identity = readSessionIdentity({ sub: 'user_1', sid: 'sess_1' }) as SessionIdentity;
const machine = (tokenType: string, subject: string) =>
  createMachineAuth(
    { tokenType, id: 'x', subject, scopes: [], claims: null, name: 'n', clientId: 'c' } as unknown as MachineIdentity,
    'token',
    debug,
  );

const OBJECTS: Record<TokenType, AuthObject> = {
  session_token: createSignedInAuth(identity, 'token', async () => 'issued', debug),
  api_key: machine('api_key', 'user_2'),
  m2m_token: machine('m2m_token', 'mch_1'),
  oauth_token: machine('oauth_token', 'user_3'),
};
const TYPES = Object.keys(OBJECTS) as TokenType[];

test("'any' changes nothing", () => {
  for (const auth of [...Object.values(OBJECTS), createInvalidTokenAuth()]) expect(selectAuth(auth, 'any')).toBe(auth);
});

test.each(TYPES)('section 6.3: %s is handed over unchanged where it is accepted', (type) => {
  expect(selectAuth(OBJECTS[type], type)).toBe(OBJECTS[type]);
  expect(selectAuth(OBJECTS[type], [type])).toBe(OBJECTS[type]);
  expect(selectAuth(OBJECTS[type], TYPES)).toBe(OBJECTS[type]);
});

test.each(TYPES)('SC-030 section 6.3: %s becomes the empty object of what is accepted instead', (type) => {
  for (const other of TYPES.filter((candidate) => candidate !== type)) {
    const selected = selectAuth(OBJECTS[type], other);
    expect(selected).toMatchObject({ tokenType: other, isAuthenticated: false });
    for (const id of ['userId', 'subject', 'machineId', 'orgId', 'sessionId'] as const) {
      if (id in selected) expect(selected[id as 'userId' & keyof typeof selected]).toBeNull();
    }
    expect(selectAuth(OBJECTS[type], [other])).toMatchObject({ tokenType: null, isAuthenticated: false });
  }
  expect(selectAuth(OBJECTS[type], [])).toMatchObject({ tokenType: null });
});

test('SC-030 without a wish nothing but a session is handed over', () => {
  expect(selectAuth(OBJECTS.session_token)).toBe(OBJECTS.session_token);
  for (const type of ['api_key', 'm2m_token', 'oauth_token'] as const) {
    expect(selectAuth(OBJECTS[type])).toMatchObject({
      tokenType: 'session_token',
      userId: null,
      isAuthenticated: false,
    });
  }
});

test.each<[accepts: AcceptsToken, tokenType: string | null]>([
  [['api_key'], null],
  ['api_key', 'api_key'],
  ['session_token', 'session_token'],
])('an object of no kind, where %j is accepted', (accepts, tokenType) => {
  expect(selectAuth(createInvalidTokenAuth(), accepts)).toMatchObject({ tokenType, isAuthenticated: false });
});

test('an unauthenticated object of an accepted kind stays what it is', () => {
  for (const auth of [createSignedOutAuth('pending', debug), createUnauthenticatedMachineAuth('api_key', debug)]) {
    expect(selectAuth(auth, [auth.tokenType])).toBe(auth);
  }
});
