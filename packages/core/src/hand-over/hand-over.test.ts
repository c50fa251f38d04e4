import { describe, expect, it } from 'vitest';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import { type AdapterAuthenticator, createAdapterAuthenticator } from '../authenticator.ts';
import type { RequestView } from '../request/request-view.ts';
import { type HandedOver, handOver, takeOver } from './hand-over.ts';

const NOW = 1_700_000_000_000;
const instance = createTestInstance({ type: 'production', now: () => NOW });

const createAuthenticator = (options = {}): AdapterAuthenticator =>
  createAdapterAuthenticator(
    { publishableKey: instance.publishableKey, jwtKey: instance.jwtKey, now: () => NOW, ...options },
    {},
  );
const authenticator = createAuthenticator();

const viewOf = (headers: Readonly<Record<string, string>>): RequestView => ({
  method: 'GET',
  origin: 'http://app.test',
  target: '/',
  header: (name) => headers[name],
  headers: () => Object.entries(headers),
});

/** Over a wire that carries JSON. */
const send = (handedOver: HandedOver | undefined): HandedOver => JSON.parse(JSON.stringify(handedOver));

const machine = {
  tokenType: 'api_key',
  id: 'key_1',
  subject: 'user_bob',
  scopes: ['jobs:write'],
  name: 'ci',
  claims: null,
} as const;

describe('handOver and takeOver', () => {
  it('carry a session with all that it may do', async () => {
    const token = instance.session({ v: 2, o: { id: 'org_1', slg: 'acme', rol: 'admin' }, act: { sub: 'user_root' } });
    const state = await authenticator.authenticateView(viewOf({ authorization: `Bearer ${token}` }), 'any');
    const taken = takeOver(send(handOver(state)), createAuthenticator().instance, NOW);
    const { debug: _, has, getToken, ...auth } = taken.toAuth({}) ?? {};
    expect(auth).toEqual({ ...state.toAuth({}), debug: undefined, has: undefined, getToken: undefined });
    expect(auth).toMatchObject({ userId: 'user_alice', orgRole: 'org:admin', actor: { sub: 'user_root' } });
    expect(has?.({ role: 'admin' })).toBe(true);
    expect(await getToken?.()).toBe(token);
  });

  it('carry a machine', () => {
    const handedOver = send({ kind: 'machine', token: 'ak_x', machine: { ...machine, expiration: null } });
    const auth = takeOver(handedOver, authenticator.instance, NOW).toAuth({ acceptsToken: 'api_key' });
    expect(auth).toMatchObject({ isAuthenticated: true, id: 'key_1', userId: 'user_bob', scopes: ['jobs:write'] });
  });

  it('carry why nobody is signed in, and a browser of unknown state as nobody', async () => {
    const signedOut = await authenticator.authenticateView(viewOf({}), 'any');
    const handshake = await authenticator.authenticateView(
      viewOf({ cookie: '__client_uat=1700000000', accept: 'text/html', 'sec-fetch-dest': 'document' }),
      'any',
    );
    expect([signedOut.status, handshake.status]).toEqual(['signed-out', 'handshake']);
    for (const state of [signedOut, handshake]) {
      const taken = takeOver(send(handOver(state)), authenticator.instance, NOW);
      expect(taken).toMatchObject({ status: 'signed-out', reason: state.reason });
      expect(taken.toAuth({})).toMatchObject({ userId: null, isAuthenticated: false });
    }
  });

  it('leave a machine token alone that waits for its verification', async () => {
    const lazy = createAuthenticator({ machineTokens: 'lazy', secretKey: instance.secretKey });
    expect(handOver(await lazy.authenticateView(viewOf({ authorization: 'Bearer ak_12345' }), 'any'))).toBeUndefined();
  });

  it.each([
    ['expired on the way', { exp: NOW / 1000 - 5 }, {}, 'token-expired'],
    ['is not valid yet', { nbf: NOW / 1000 + 60 }, {}, 'token-not-active-yet'],
    [
      'is for another party',
      { azp: 'https://evil.test' },
      { authorizedParties: ['https://app.test'] },
      'token-invalid-authorized-parties',
    ],
    ['has no subject', { sub: 1 }, {}, 'token-verification-failed'],
  ])('SC-061 refuse a session whose token %s', (_, claims, options, reason) => {
    const handedOver: HandedOver = { kind: 'session', token: instance.session(claims) };
    expect(takeOver(handedOver, createAuthenticator(options).instance, NOW)).toMatchObject({
      status: 'signed-out',
      reason,
    });
  });

  it.each([
    ['no JWT', 'x', 'token-invalid'],
    ['a template’s', instance.session({}, { cat: 'cl_B7d4PD222AAA' }), 'token-type-mismatch'],
    ['a machine’s', instance.session({}, { cat: 'cl_B7d4PD333AAA' }), 'token-type-mismatch'],
  ])('refuse a session token that is %s', (_, token, reason) => {
    expect(takeOver({ kind: 'session', token }, authenticator.instance, NOW)).toMatchObject({
      status: 'signed-out',
      reason,
    });
  });

  it.each([
    [NOW - 5001, 'signed-out'],
    [NOW - 5000, 'signed-out'],
    [NOW - 4999, 'signed-in'],
  ])('refuse a machine token that expired on the way: %d', (expiration, status) => {
    const handedOver: HandedOver = { kind: 'machine', token: 'ak_x', machine: { ...machine, expiration } };
    expect(takeOver(handedOver, authenticator.instance, NOW).status).toBe(status);
  });
});
