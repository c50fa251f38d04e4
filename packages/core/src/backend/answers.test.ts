import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackendError } from './backend-error.ts';
import { createBackendClient } from './create-backend-client.ts';
import type { BackendClient } from './generated/client.generated.ts';
import type { UserJSON } from './generated/wire.generated.ts';

/** A client whose every request is answered with this text, or with what it was sent. */
function createClient(answer: string | ((sent: string) => string)) {
  const answerFetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    const text = typeof answer === 'string' ? answer : answer(String(init.body));
    return new Response(text, { headers: { 'content-type': 'application/json' } });
  };
  return createBackendClient({ secretKey: 'sk_test_1', fetch: answerFetch });
}

const userWire = {
  object: 'user',
  id: 'user_1',
  first_name: 'Ada',
  last_name: 'Lovelace',
  primary_email_address_id: 'idn_2',
  primary_phone_number_id: null,
  primary_web3_wallet_id: 'idn_9',
  email_addresses: [
    { object: 'email_address', id: 'idn_1', email_address: 'one@a.test' },
    { object: 'email_address', id: 'idn_2', email_address: 'two@a.test' },
  ],
  phone_numbers: [{ object: 'phone_number', id: 'idn_3', phone_number: '+15555550100' }],
  web3_wallets: [],
  external_accounts: [{ object: 'external_account', id: 'eac_1', provider_user_id: '108' }],
  public_metadata: { some_key: { inner_key: 1 }, someKey: 2 },
  unsafe_metadata: {},
};

describe('a resource', () => {
  test('has its names in camelCase at every depth, except in the data of the user', async () => {
    const user = await createClient(JSON.stringify(userWire)).users.getUser('user_1');
    expect(user.emailAddresses[0]?.emailAddress).toBe('one@a.test');
    expect(user.publicMetadata).toEqual({ some_key: { inner_key: 1 }, someKey: 2 });
    expect(Object.keys(user).filter((name) => name.includes('_'))).toEqual([]);
  });

  test('keeps fields that nobody declared', async () => {
    const backend = createClient('{"object":"user","id":"u","brand_new":{"inner_field":[{"deep_field":1}]},"x-y":2}');
    expect(await backend.users.getUser('u')).toMatchObject({ brandNew: { innerField: [{ deepField: 1 }] }, 'x-y': 2 });
  });

  test('is plain and serialisable', async () => {
    const user = await createClient(JSON.stringify(userWire)).users.getUser('user_1');
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
    expect(Object.keys(user)).not.toContain('raw');
    expect(structuredClone(user)).toEqual(JSON.parse(JSON.stringify(user)));
  });

  test('gives what the backend sent as raw, also on resources inside it', async () => {
    const user = await createClient(JSON.stringify(userWire)).users.getUser('user_1');
    expect(user.raw).toEqual(userWire);
    expect(user.emailAddresses[1]?.raw).toEqual(userWire.email_addresses[1]);
    expect(user.raw satisfies UserJSON).toBe(user.raw);
  });

  test('SC-110 a member named __proto__ changes no prototype', async () => {
    const backend = createClient(
      '{"object":"user","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"public_metadata":{"__proto__":{"isAdmin":true}}}',
    );
    const user = await backend.users.getUser('u');
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
    expect('isAdmin' in user).toBe(false);
    expect(Object.getPrototypeOf(user.publicMetadata)).toBe(Object.prototype);
    expect('isAdmin' in {}).toBe(false);
  });
});

describe('computed properties', () => {
  const computedOf = async (wire: object) => {
    const { fullName, primaryEmailAddress, primaryPhoneNumber, primaryWeb3Wallet } = await createClient(
      JSON.stringify({ object: 'user', ...wire }),
    ).users.getUser('user_1');
    return { fullName, primaryEmailAddress, primaryPhoneNumber, primaryWeb3Wallet };
  };

  test('of a user', async () => {
    expect(await computedOf(userWire)).toEqual({
      fullName: 'Ada Lovelace',
      primaryEmailAddress: { object: 'email_address', id: 'idn_2', emailAddress: 'two@a.test' },
      primaryPhoneNumber: null,
      primaryWeb3Wallet: null,
    });
  });

  test.each([
    [{ first_name: 'Ada', last_name: null }, 'Ada'],
    [{ first_name: null, last_name: 'Lovelace' }, 'Lovelace'],
    [{ first_name: '', last_name: '' }, null],
    [{ first_name: null, last_name: null }, null],
    [{}, null],
  ])('the full name of %j is %j', async (wire, want) => {
    expect((await computedOf(wire)).fullName).toBe(want);
  });

  test("of an external account, by the ecosystem's name", async () => {
    const user = await createClient(JSON.stringify(userWire)).users.getUser('user_1');
    expect(user.externalAccounts[0]?.externalId).toBe('108');
  });

  test("of an OAuth application, by the ecosystem's name", async () => {
    const application = await createClient('{"object":"oauth_application","public":true}').oauthApplications.get(
      'oa_1',
    );
    expect(application.isPublic).toBe(true);
  });

  test('of users inside a list', async () => {
    const [user] = await createClient(JSON.stringify([userWire])).users.banUsers({ userIds: ['user_1'] });
    expect(user?.fullName).toBe('Ada Lovelace');
  });
});

describe('a list', () => {
  test('is a page of resources', async () => {
    const backend = createClient(
      '{"data":[{"object":"organization","id":"org_1","public_metadata":{"a_b":1}}],"total_count":7}',
    );
    const page = await backend.organizations.getOrganizationList();
    expect(page).toEqual({
      data: [{ object: 'organization', id: 'org_1', publicMetadata: { a_b: 1 } }],
      totalCount: 7,
    });
    expect(page.data[0]?.raw).toMatchObject({ public_metadata: { a_b: 1 } });
  });

  test('of machine-to-machine tokens has the same form', async () => {
    const backend = createClient(
      '{"m2m_tokens":[{"object":"machine_to_machine_token","claims":{"a_b":1}}],"total_count":1}',
    );
    expect(await backend.m2m.list({ subject: 'mch_1' })).toEqual({
      data: [{ object: 'machine_to_machine_token', claims: { a_b: 1 } }],
      totalCount: 1,
    });
  });
});

test('a count is a number', async () => {
  expect(await createClient('{"object":"total_count","total_count":0}').users.getCount()).toBe(0);
});

test('a JWK Set keeps the names of its RFC', async () => {
  const keySet = { keys: [{ kty: 'RSA', key_ops: ['verify'], 'x5t#S256': 'x' }] };
  expect(await createClient(JSON.stringify(keySet)).jwks.getJwks()).toEqual(keySet);
});

test('any metadata comes back as it was given, and travels as it was given', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (metadata) => {
      let sent = '';
      const backend = createClient((body) => {
        sent = body;
        return `{"object":"user","id":"user_1","public_metadata":${JSON.stringify(JSON.parse(body).public_metadata)}}`;
      });
      const user = await backend.users.updateUserMetadata('user_1', { publicMetadata: metadata });
      expect(JSON.stringify(user.publicMetadata)).toBe(JSON.stringify(metadata));
      expect(sent).toBe(`{"public_metadata":${JSON.stringify(metadata)}}`);
    }),
    { numRuns: 300 },
  );
});

test('SC-110 whatever the backend answers, a call resolves or rejects with a BackendError, and nothing is polluted', async () => {
  const calls: readonly ((backend: BackendClient) => Promise<unknown>)[] = [
    (backend) => backend.users.getUser('user_1'),
    (backend) => backend.users.getUserList(),
    (backend) => backend.organizations.getOrganizationList(),
    (backend) => backend.m2m.list({ subject: 'mch_1' }),
    (backend) => backend.invitations.createInvitationBulk([]),
    (backend) => backend.instance.update({}),
    (backend) => backend.jwks.getJwks(),
    (backend) => backend.interstitial.getInterstitial(),
  ];
  const name = fc.constantFrom(
    '__proto__',
    'constructor',
    'object',
    'data',
    'total_count',
    'errors',
    'meta',
    'public_metadata',
    'a_b',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, 0, 'user', true),
      fc.array(tie('tree')),
      tie('members'),
    ),
    members: fc.array(fc.tuple(name, tie('tree'))).map((entries) => new Map(entries as [string, unknown][])),
  }));
  // A Map writes its __proto__ as a member, which an object could not hold.
  const write = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (!(value instanceof Map)) return JSON.stringify(value);
    return `{${[...value].map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`).join(',')}}`;
  };
  const body = fc.oneof(tree.map(write), fc.string());
  const status = fc.constantFrom(200, 201, 202, 302, 400, 404, 422, 429, 500, 503);
  const contentType = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/html', '');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), body, status, contentType, async (call, text, code, type) => {
      const answer = async () => new Response(text, { status: code, headers: { 'content-type': type } });
      const backend = createBackendClient({ secretKey: 'sk_test_1', fetch: answer, maxRetries: 0 });
      const error = await call(backend).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined) expect(error).toBeInstanceOf(BackendError);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as { a_b?: unknown }).a_b).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});
