import { describe, expect, test } from 'vitest';
import { type Answered, type BackendUnderTest, firstError, startForTest } from '../backend-api/start-for-test.ts';

const clients = 64;

/** What so many clients are answered who all send at once. */
const atOnce = (send: (client: number) => Promise<Answered>): Promise<Answered[]> =>
  Promise.all(Array.from({ length: clients }, (_, client) => send(client)));

async function createUser(backend: BackendUnderTest): Promise<string> {
  return (await backend.call('POST', '/users', { username: 'somebody' })).body.id;
}

describe(`SC-130 ${clients} clients at once`, () => {
  test.each([
    ['an e-mail address', { email_address: ['Same@Example.com'] }, 'email_address'],
    ['a user name', { username: 'Same_Name' }, 'username'],
    ['an external id', { external_id: 'same', username: undefined, skip_user_requirement: true }, 'external_id'],
  ])('of those who want %s one gets it, and the others hear why not', async (_, body, param) => {
    const backend = await startForTest();
    const answers = await atOnce(() => backend.call('POST', '/users', body));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refusals = answers.filter(({ status }) => status !== 200).map(firstError);
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toEqual(
      new Set([JSON.stringify({ status: 422, code: 'form_identifier_exists', param })]),
    );
    expect((await backend.call('GET', '/users/count')).body.total_count).toBe(1);
  });

  test('each adds a member of metadata, and all are there', async () => {
    const backend = await startForTest();
    const id = await createUser(backend);
    const answers = await atOnce((client) =>
      backend.call('PATCH', `/users/${id}/metadata`, { public_metadata: { [`client${client}`]: client } }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(clients).fill(200));
    const { public_metadata } = (await backend.call('GET', `/users/${id}`)).body;
    expect(public_metadata).toEqual(Object.fromEntries(answers.map((_, client) => [`client${client}`, client])));
  });

  test('an organization takes no more members than it has room for', async () => {
    const backend = await startForTest();
    const users = await atOnce((client) => backend.call('POST', '/users', { username: `member-${client}` }));
    const organization = (await backend.call('POST', '/organizations', { name: 'Small', max_allowed_memberships: 7 }))
      .body;
    const answers = await atOnce((client) =>
      backend.call('POST', `/organizations/${organization.id}/memberships`, {
        user_id: users[client]?.body.id,
        role: 'org:member',
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    const members = await backend.call('GET', `/organizations/${organization.id}/memberships`);
    expect(members.body.total_count).toBe(7);
  });

  test('a balance is the sum of what was booked, each key once', async () => {
    const backend = await startForTest();
    const id = await createUser(backend);
    const answers = await atOnce((client) =>
      backend.call('POST', `/users/${id}/billing/credits`, {
        action: 'increase',
        amount: 10,
        idempotency_key: `key-${client % 32}`,
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(clients).fill(200));
    const balance = await backend.call('GET', `/users/${id}/billing/credits`);
    expect(balance.body.balance.amount).toBe(320);
  });

  test('a key is revoked once', async () => {
    const backend = await startForTest();
    const key = (await backend.call('POST', '/api_keys', { name: 'once', subject: await createUser(backend) })).body;
    const answers = await atOnce(() => backend.call('POST', `/api_keys/${key.id}/revoke`, {}));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ status }) => status))).toEqual(new Set([400]));
  });
});
