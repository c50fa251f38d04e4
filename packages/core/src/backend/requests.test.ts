import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBackendClient } from './create-backend-client.ts';
import * as RESOURCES from './generated/operations.generated.ts';
import { parseOperation } from './operation.ts';

// What leaves for given arguments. The client is real; `fetch` writes down what it is given.

interface Sent {
  method: string;
  path: string;
  query: string;
  headers: Headers;
  body: unknown;
}

const ANSWERS: Record<string, string> = { '/users/count': '{"object":"total_count","total_count":1}' };

function createRecorder(options: { answer?: string; contentType?: string } = {}) {
  const sent: Sent[] = [];
  const recordingFetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : (init.body ?? undefined);
    const headers = new Headers(init.headers);
    sent.push({ method: init.method ?? 'GET', path: url.pathname, query: url.search.slice(1), headers, body });
    const answer =
      ANSWERS[url.pathname.replace('/v1', '')] ?? options.answer ?? '{"object":"thing","data":[],"total_count":0}';
    return new Response(answer, { headers: { 'content-type': options.contentType ?? 'application/json' } });
  };
  const backend = createBackendClient({
    secretKey: 'sk_test_1',
    machineSecretKey: 'ak_machine',
    fetch: recordingFetch,
  });
  return { backend, sent };
}

type Backend = ReturnType<typeof createRecorder>['backend'];

const file = new Blob(['png'], { type: 'image/png' });

interface Row {
  readonly name: string;
  readonly call: (backend: Backend) => Promise<unknown>;
  readonly answer?: string;
  readonly want: string;
  readonly query?: string;
  readonly body?: unknown;
}

const REQUESTS: readonly Row[] = [
  { name: 'an id', call: (b) => b.users.getUser('user_1'), want: 'GET /v1/users/user_1' },
  {
    name: 'an id that needs encoding',
    call: (b) => b.roleSets.getRoleSet('role_set:a/b'),
    want: 'GET /v1/role_sets/role_set%3Aa%2Fb',
  },
  {
    name: 'two ids',
    call: (b) => b.machines.deleteScope('mch_1', 'mch_2'),
    want: 'DELETE /v1/machines/mch_1/scopes/mch_2',
  },
  {
    name: 'an id and a field',
    call: (b) => b.machines.createScope('mch_1', 'mch_2'),
    want: 'POST /v1/machines/mch_1/scopes',
    body: { to_machine_id: 'mch_2' },
  },
  {
    name: 'a field',
    call: (b) => b.apiKeys.verify('ak_1'),
    want: 'POST /v1/api_keys/verify',
    body: { secret: 'ak_1' },
  },
  {
    name: 'an OAuth access token',
    call: (b) => b.idPOAuthAccessToken.verify('oat_1'),
    want: 'POST /v1/oauth_applications/access_tokens/verify',
    body: { access_token: 'oat_1' },
  },
  {
    name: 'an id, then parameters',
    call: (b) =>
      b.users.updateUser('user_1', {
        firstName: 'A',
        lastName: undefined,
        publicMetadata: { camelKey: { snake_key: 1 } },
      }),
    want: 'PATCH /v1/users/user_1',
    body: { first_name: 'A', public_metadata: { camelKey: { snake_key: 1 } } },
  },
  {
    name: "the ecosystem's ID in capitals",
    call: (b) => b.users.updateUser('user_1', { primaryEmailAddressID: 'idn_1', profileImageID: 'img_1' }),
    want: 'PATCH /v1/users/user_1',
    body: { primary_email_address_id: 'idn_1', profile_image_id: 'img_1' },
  },
  {
    name: "the ecosystem's names with underscores",
    call: (b) => b.domains.add({ name: 'a.test', is_satellite: true, proxy_url: null }),
    want: 'POST /v1/domains',
    body: { name: 'a.test', is_satellite: true, proxy_url: null },
  },
  {
    name: 'ids among the parameters',
    call: (b) =>
      b.organizations.updateOrganizationMembership({ organizationId: 'org_1', userId: 'user_1', role: 'org:admin' }),
    want: 'PATCH /v1/organizations/org_1/memberships/user_1',
    body: { role: 'org:admin' },
  },
  {
    name: 'an id of the path and one of the body',
    call: (b) =>
      b.organizations.createOrganizationMembership({ organizationId: 'org_1', userId: 'user_1', role: 'org:admin' }),
    want: 'POST /v1/organizations/org_1/memberships',
    body: { user_id: 'user_1', role: 'org:admin' },
  },
  {
    name: 'a password to verify',
    call: (b) => b.users.verifyPassword({ userId: 'user_1', password: 'x' }),
    want: 'POST /v1/users/user_1/verify_password',
    body: { password: 'x' },
  },
  { name: 'no parameters: no body', call: (b) => b.users.banUser('user_1'), want: 'POST /v1/users/user_1/ban' },
  {
    name: 'empty parameters: no body',
    call: (b) => b.waitlistEntries.invite('w_1', {}),
    want: 'POST /v1/waitlist_entries/w_1/invite',
  },
  {
    name: 'parameters that are undefined: no body',
    call: (b) => b.waitlistEntries.invite('w_1', { ignoreExisting: undefined }),
    want: 'POST /v1/waitlist_entries/w_1/invite',
  },
  {
    name: 'dates',
    call: (b) => b.users.createUser({ createdAt: new Date(0), emailAddress: ['a@b.test'] }),
    want: 'POST /v1/users',
    body: { created_at: '1970-01-01T00:00:00.000Z', email_address: ['a@b.test'] },
  },
  {
    name: 'names below the top',
    call: (b) =>
      b.enterpriseConnections.updateEnterpriseConnection('ent_1', {
        saml: { idpSsoUrl: 'https://idp.test', attributeMapping: { userId: 'uid' }, loginHint: { mode: 'off' } },
        customAttributes: [{ name: 'A', key: 'a', ssoPath: 'p', multiValued: true }],
      }),
    want: 'PATCH /v1/enterprise_connections/ent_1',
    body: {
      saml: { idp_sso_url: 'https://idp.test', attribute_mapping: { user_id: 'uid' }, login_hint: { mode: 'off' } },
      custom_attributes: [{ name: 'A', key: 'a', sso_path: 'p', multi_valued: true }],
    },
  },
  {
    name: 'an array as body',
    call: (b) => b.invitations.createInvitationBulk([{ emailAddress: 'a@b.test', publicMetadata: { aB: 1 } }]),
    answer: '[]',
    want: 'POST /v1/invitations/bulk',
    body: [{ email_address: 'a@b.test', public_metadata: { aB: 1 } }],
  },
  {
    name: 'an empty array as body',
    call: (b) => b.waitlistEntries.createBulk([]),
    answer: '[]',
    want: 'POST /v1/waitlist_entries/bulk',
    body: [],
  },
  {
    name: 'an id, then an array as body',
    call: (b) =>
      b.organizations.createOrganizationInvitationBulk('org_1', [{ emailAddress: 'a@b.test', role: 'org:member' }]),
    want: 'POST /v1/organizations/org_1/invitations/bulk',
    body: [{ email_address: 'a@b.test', role: 'org:member' }],
  },
  {
    name: 'a list that answers pages when asked',
    call: (b) => b.sessions.getSessionList({ userId: 'user_1', limit: 0 }),
    want: 'GET /v1/sessions',
    query: 'user_id=user_1&limit=0&paginated=true',
  },
  {
    name: 'the same without parameters',
    call: (b) => b.redirectUrls.getRedirectUrlList(),
    want: 'GET /v1/redirect_urls',
    query: 'paginated=true',
  },
  {
    name: 'an enumeration of texts true and false',
    call: (b) => b.organizations.getOrganizationDomainList({ organizationId: 'org_1', verified: false }),
    want: 'GET /v1/organizations/org_1/domains',
    query: 'verified=false',
  },
  {
    name: 'one of one or many',
    call: (b) =>
      b.organizations.getOrganizationInvitationList({ organizationId: 'org_1', status: ['pending', 'revoked'] }),
    want: 'GET /v1/organizations/org_1/invitations',
    query: 'status=pending&status=revoked',
  },
  {
    name: 'a DELETE with parameters',
    call: (b) => b.billing.cancelSubscriptionItem('subi_1', { endNow: false }),
    want: 'DELETE /v1/billing/subscription_items/subi_1',
    query: 'end_now=false',
  },
  {
    name: 'a POST with a part of its parameters in the query',
    call: (b) =>
      b.sessions.refreshSession('sess_1', {
        expiredToken: 'e',
        refreshToken: 'r',
        requestOrigin: 'https://app.test',
        requestHeaders: { 'X-Forwarded_For': ['1'] },
        suffixedCookies: false,
      }),
    want: 'POST /v1/sessions/sess_1/refresh',
    query: 'suffixed_cookies=false',
    body: {
      expired_token: 'e',
      refresh_token: 'r',
      request_origin: 'https://app.test',
      request_headers: { 'X-Forwarded_For': ['1'] },
    },
  },
  {
    name: 'the same by its wire names',
    call: (b) => b.sessions.refreshSession('sess_1', { expired_token: 'e', refresh_token: 'r', request_origin: 'o' }),
    want: 'POST /v1/sessions/sess_1/refresh',
    body: { expired_token: 'e', refresh_token: 'r', request_origin: 'o' },
  },
  {
    name: 'an organization by its id',
    call: (b) => b.organizations.getOrganization({ organizationId: 'org_1' }),
    want: 'GET /v1/organizations/org_1',
  },
  {
    name: 'an organization by its slug',
    call: (b) => b.organizations.getOrganization({ slug: 'acme', includeMembersCount: true }),
    want: 'GET /v1/organizations/acme',
    query: 'include_members_count=true',
  },
  { name: 'a session token', call: (b) => b.sessions.getToken('sess_1'), want: 'POST /v1/sessions/sess_1/tokens' },
  {
    name: 'a session token with a lifetime',
    call: (b) => b.sessions.getToken('sess_1', undefined, 60),
    want: 'POST /v1/sessions/sess_1/tokens',
    body: { expires_in_seconds: 60 },
  },
  {
    name: 'a token from a template',
    call: (b) => b.sessions.getToken('sess_1', 'hasura', 60),
    want: 'POST /v1/sessions/sess_1/tokens/hasura',
    body: { expires_in_seconds: 60 },
  },
  {
    name: 'a provider without its prefix',
    call: (b) => b.users.getUserOauthAccessToken('user_1', 'google'),
    want: 'GET /v1/users/user_1/oauth_access_tokens/oauth_google',
    query: 'paginated=true',
  },
  {
    name: 'a provider with its prefix',
    call: (b) => b.users.getUserOauthAccessToken('user_1', 'oauth_google', { limit: 1 }),
    want: 'GET /v1/users/user_1/oauth_access_tokens/oauth_google',
    query: 'limit=1&paginated=true',
  },
  {
    name: 'the payload of a handshake',
    call: (b) => b.clients.getHandshakePayload({ nonce: 'n/1' }),
    want: 'GET /v1/clients/handshake_payload',
    query: 'nonce=n%2F1',
  },
  {
    name: 'the interstitial page',
    call: (b) => b.interstitial.getInterstitial({ frontendApi: 'clerk.a.test', useDomainForScript: false }),
    want: 'GET /v1/public/interstitial',
    query: 'frontend_api=clerk.a.test&use_domain_for_script=false',
  },
  {
    name: 'a list of machine-to-machine tokens',
    call: (b) => b.m2m.list({ subject: 'mch_1' }),
    answer: '{"m2m_tokens":[],"total_count":0}',
    want: 'GET /v1/m2m_tokens',
    query: 'subject=mch_1',
  },
  { name: 'a deprecated alias', call: (b) => b.domains.deleteDomain('dmn_1'), want: 'DELETE /v1/domains/dmn_1' },
];

test.each(REQUESTS)('$name: $want', async ({ call, answer, want, query = '', body }) => {
  const { backend, sent } = createRecorder(answer === undefined ? {} : { answer });
  await call(backend);
  expect(sent).toHaveLength(1);
  const [request] = sent;
  expect(`${request?.method} ${request?.path}`).toBe(want);
  expect(request?.query).toBe(query);
  expect(request?.body).toEqual(body);
});

test('a list of users comes with its total, counted by the same filters', async () => {
  const { backend, sent } = createRecorder({ answer: '[{"object":"user","id":"user_1"}]' });
  const page = await backend.users.getUserList({ limit: 5, offset: 10, orderBy: '-created_at', banned: false });
  expect(sent.map(({ path, query }) => `${path}?${query}`)).toEqual([
    '/v1/users?limit=5&offset=10&order_by=-created_at&banned=false',
    '/v1/users/count?banned=false',
  ]);
  expect(page.totalCount).toBe(1);
  expect(page.data.map((user) => user.id)).toEqual(['user_1']);
});

describe('headers', () => {
  test('of a request with JSON', async () => {
    const { backend, sent } = createRecorder();
    await backend.users.createUser({ firstName: 'A' });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'Bearer sk_test_1',
      'clerk-api-version': '2025-11-10',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^@keystile\/core@\d+\.\d+\.\d+/),
    });
  });

  test('a form says its own type', async () => {
    const { backend, sent } = createRecorder();
    await backend.organizations.updateOrganizationLogo('org_1', { file, uploaderUserId: 'user_1' });
    const [request] = sent;
    expect(request?.headers.has('content-type')).toBe(false);
    const form = request?.body as FormData;
    expect([...form.keys()]).toEqual(['file', 'uploader_user_id']);
    expect(form.get('uploader_user_id')).toBe('user_1');
    expect(await (form.get('file') as File).text()).toBe('png');
  });

  test('an idempotency key', async () => {
    const { backend, sent } = createRecorder();
    await backend.users.createUser({}, { idempotencyKey: 'key-1' });
    expect(sent[0]?.headers.get('idempotency-key')).toBe('key-1');
  });

  test.each<[string, (backend: Backend) => Promise<unknown>, string]>([
    ['the machine key of the client', (b) => b.m2m.verify({ token: 'mt_1' }), 'ak_machine'],
    ['that of the call', (b) => b.m2m.verify({ token: 'mt_1' }, { machineSecretKey: 'ak_call' }), 'ak_call'],
    [
      'that of the call before that among the parameters',
      (b) => b.m2m.verify({ token: 'mt_1', machineSecretKey: 'ak_params' }, { machineSecretKey: 'ak_call' }),
      'ak_call',
    ],
    ['that among the parameters', (b) => b.m2m.verify({ token: 'mt_1', machineSecretKey: 'ak_params' }), 'ak_params'],
  ])('m2m authenticates with %s', async (_, call, want) => {
    const { backend, sent } = createRecorder();
    await call(backend);
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${want}`);
    expect(sent[0]?.body).toEqual({ token: 'mt_1' });
  });

  test('a machine key is for m2m alone', async () => {
    const { backend, sent } = createRecorder();
    await backend.machines.get('mch_1', { machineSecretKey: 'ak_call' });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer sk_test_1');
  });

  test('what is public is asked for without the secret', async () => {
    const { backend, sent } = createRecorder();
    await backend.interstitial.getInterstitial();
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });
});

describe('refused before any request', () => {
  const wrong = (value: unknown) => value as never;
  test.each<[string, (backend: Backend) => Promise<unknown>, RegExp]>([
    ['an absent id', (b) => b.users.getUser(wrong(undefined)), /userId/],
    ['an id that is a number', (b) => b.users.getUser(wrong(1)), /userId/],
    ['an absent id among the parameters', (b) => b.users.verifyTOTP(wrong({ code: '1' })), /userId/],
    ['absent parameters that hold an id', (b) => b.users.verifyTOTP(wrong(undefined)), /userId/],
    ['an absent organization', (b) => b.organizations.getOrganization(wrong({})), /organizationId/],
    ['an empty slug', (b) => b.organizations.getOrganization({ slug: '' }), /organizationId/],
    ['a blank provider', (b) => b.users.getUserOauthAccessToken('user_1', ' '), /provider/],
    ['parameters that are a text', (b) => b.users.createUser(wrong('a')), /params/],
    ['parameters that are an array', (b) => b.users.createUser(wrong([])), /params/],
    ['elements that are an object', (b) => b.invitations.createInvitationBulk(wrong({})), /params must be an array/],
    ['options that are a number', (b) => b.users.getUser('user_1', wrong(0)), /options/],
    ['options that are null', (b) => b.users.getUser('user_1', wrong(null)), /options/],
    ['a timeout of nothing', (b) => b.users.getUser('user_1', { timeoutMs: 0 }), /timeoutMs/],
    ['a timeout beyond timers', (b) => b.users.getUser('user_1', { timeoutMs: 2 ** 31 }), /timeoutMs/],
    [
      'an idempotency key with a line break',
      (b) => b.users.createUser({}, { idempotencyKey: 'a\r\nb: c' }),
      /idempotencyKey/,
    ],
    [
      'a machine key with a line break',
      (b) => b.m2m.verify({ token: 't' }, { machineSecretKey: 'a\r\nb' }),
      /machineSecretKey/,
    ],
    ['a filter that is an object', (b) => b.users.getUserList({ query: wrong({ $ne: 1 }) }), /query/],
    ['a body that has no form in JSON', (b) => b.users.createUser({ publicMetadata: { big: 1n } }), /JSON/],
  ])('%s', async (_, call, message) => {
    const { backend, sent } = createRecorder();
    await expect(call(backend)).rejects.toMatchObject({
      name: 'BackendError',
      code: 'backend-invalid-request',
      status: undefined,
      tries: 0,
      message: expect.stringMatching(message),
    });
    expect(sent.filter(({ path }) => path !== '/v1/users/count')).toEqual([]);
  });

  test('metadata that contains itself', async () => {
    const { backend, sent } = createRecorder();
    const publicMetadata: Record<string, unknown> = {};
    publicMetadata.self = publicMetadata;
    await expect(backend.users.createUser({ publicMetadata })).rejects.toMatchObject({
      code: 'backend-invalid-request',
    });
    expect(sent).toEqual([]);
  });
});

interface ContractOperation {
  id: string;
  method: string;
  path: string;
  pathParams: string[];
}

const contract = JSON.parse(readFileSync(new URL('../../contract/backend-api.json', import.meta.url), 'utf8')) as {
  operations: ContractOperation[];
};

/** Calls an operation by its id, with the same id in every place of its path. */
function callWithIds(backend: Backend, { id }: ContractOperation, pathId: unknown): Promise<unknown> {
  const [resource = '', method = ''] = id.split('.');
  const table = Object.values(RESOURCES).find(({ name }) => name === resource);
  const operation = parseOperation(id, table?.methods[method] ?? '');
  const methods = backend[resource as keyof Backend] as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  >;
  const params = operation.body === 'array' ? [] : {};
  const ids = operation.ids.map(() => pathId);
  const fields = operation.fields.map(() => 'x');
  const args =
    operation.params === 'all'
      ? [Object.fromEntries(operation.ids.map((name) => [name, pathId]))]
      : [...ids, ...(id === 'sessions.getToken' ? [undefined] : []), ...fields, params];
  return (methods[method]?.(...args) ?? Promise.reject(new Error(`${id} is missing`))).catch((error: unknown) => error);
}

describe('all operations of the contract', () => {
  test.each(contract.operations)('$id sends $method $path', async (operation) => {
    const { backend, sent } = createRecorder();
    await callWithIds(backend, operation, 'oauth_1');
    const path = `/v1${operation.path.replace(/\{\w+\}/g, 'oauth_1')}`;
    expect(sent.map((request) => `${request.method} ${request.path}`)).toContain(`${operation.method} ${path}`);
  });

  const withIds = contract.operations.filter(({ pathParams }) => pathParams.length > 0);
  const pieces = fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    '%',
    '%2e',
    '%2f',
    '%252e',
    '?',
    '#',
    '&',
    'a',
    ' ',
    '\u0000',
    '\r\n',
    'é',
    '\ud800',
  );
  const hostile = fc.oneof(
    fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
    fc.anything(),
  );

  test('SC-106 no id leads an operation to another path, or sends an empty one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withIds), hostile, async (operation, pathId) => {
        const { backend, sent } = createRecorder();
        const result = await callWithIds(backend, operation, pathId);
        if (sent.length === 0) {
          expect(result).toMatchObject({ code: 'backend-invalid-request', tries: 0 });
          return;
        }
        const template = `/v1${operation.path}`.split('/');
        const segments = sent[0]?.path.split('/') ?? [];
        expect(segments).toHaveLength(template.length);
        for (const [index, part] of template.entries()) {
          const segment = decodeURIComponent(segments[index] ?? '');
          if (part.startsWith('{')) expect([pathId, `oauth_${String(pathId)}`]).toContain(segment);
          else expect(segment).toBe(part);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
