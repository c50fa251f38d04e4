import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BackendUnderTest, startForTest } from '../backend-api/start-for-test.ts';
import type { Field, FieldType, Operation } from '../contract/operation.ts';
import { operations } from '../contract/operations.generated.ts';

const runs = Number(process.env.KEYSTILE_RUNS ?? 12);

const nasty = [
  '',
  ' ',
  "'; DROP TABLE users;--",
  '%',
  '_',
  '\\',
  '\0',
  '\ud800',
  '🙂'.repeat(200),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  'x'.repeat(10_000),
  '-1',
  '1e309',
  'user_x',
  'org_x',
  'org:admin',
  'a@example.com',
  'https://example.com/cb',
];

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...nasty,
    null,
    0,
    -1,
    1.5,
    1e15,
    Number.MAX_SAFE_INTEGER,
    true,
    false,
    [],
    {},
    [[]],
    [null],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Mostly what the contract asks for, so that the handlers are reached; at times something else. */
function valueFor(type: FieldType): fc.Arbitrary<unknown> {
  const fitting = (): fc.Arbitrary<unknown> => {
    if (type.enum !== undefined) return fc.constantFrom(...type.enum);
    switch (type.kind) {
      case 'string':
        return type.format === 'date-time'
          ? fc.constant('2030-01-01T00:00:00Z')
          : fc.oneof(fc.constantFrom(...nasty), fc.string());
      case 'integer':
      case 'number':
        return fc.oneof(fc.integer({ min: -10, max: 10_000 }), fc.constantFrom(0, 2 ** 31, 2 ** 53 - 1));
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(type.items === undefined ? junk : valueFor(type.items), { maxLength: 4 });
      case 'map':
        return fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'sub', 'org:admin')),
          type.values === undefined ? junk : valueFor(type.values),
          { maxKeys: 4 },
        );
      case 'object':
        return membersOf(type.fields ?? []);
      case 'any':
      case 'file':
        return junk;
    }
  };
  return fc.oneof({ weight: 9, arbitrary: fitting() }, { weight: 1, arbitrary: junk });
}

function membersOf(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return fc.record(Object.fromEntries(fields.map(({ name, type }) => [name, valueFor(type)])), {
    requiredKeys: required,
  });
}

const queryOf = (fields: readonly Field[]) =>
  fc
    .record(
      Object.fromEntries(
        fields.map(({ name }) => [
          name,
          fc.oneof(fc.constantFrom(...nasty), fc.constantFrom('1', 'true', '-created_at', '500')),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((values) => new URLSearchParams(Object.entries(values) as [string, string][]).toString());

/** Things that exist, so that paths lead somewhere. */
async function populate({ call }: BackendUnderTest): Promise<string[]> {
  const { body: user } = await call('POST', '/users', { username: 'target', email_address: ['target@example.com'] });
  const { body: organization } = await call('POST', '/organizations', { name: 'Target', created_by: user.id });
  const { body: machine } = await call('POST', '/machines', { name: 'target' });
  const { body: session } = await call('POST', '/sessions', { user_id: user.id });
  const { body: roles } = await call('GET', '/organization_roles');
  const { body: subscription } = await call('GET', `/users/${user.id}/billing/subscription`);
  const ids = [user, organization, machine, session, roles.data[0], subscription.subscription_items[0]].map(
    ({ id }) => id,
  );
  return [...ids, user.primary_email_address_id, 'role_set:default', 'email', 'invitation'];
}

async function bombard(backend: BackendUnderTest, operation: Operation, ids: readonly string[]): Promise<void> {
  const params = operation.path.match(/\{\w+\}/g) ?? [];
  const request = fc.record({
    path: fc.tuple(...params.map(() => fc.constantFrom(...ids, ...nasty))),
    query: queryOf(operation.query),
    body:
      operation.bodyKind === 'json-array'
        ? fc.array(membersOf(operation.body), { maxLength: 3 })
        : membersOf(operation.body),
  });
  const hasBody = operation.method !== 'GET' && operation.bodyKind !== 'none';
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, body }) => {
      let index = 0;
      const target = operation.path.replaceAll(/\{\w+\}/g, () => encodePath(path[index++] ?? ''));
      const answer = await backend.call(operation.method, `${target}?${query}`, hasBody ? body : undefined);
      expect([operation.id, answer.status < 500]).toEqual([operation.id, true]);
      if (answer.status < 400 || answer.status === 404) return;
      expect(answer.body.errors[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    }),
    { numRuns: runs },
  );
}

/** A lone surrogate cannot be in a URL. */
const encodePath = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, 'x'));

const groups = [...new Set(operations.map(({ group }) => group))];

test.each(groups)(
  'SC-129 whatever is sent to %s, the answer is never a fault of ours',
  async (group) => {
    const backend = await startForTest();
    const ids = await populate(backend);
    for (const operation of operations.filter((one) => one.group === group)) await bombard(backend, operation, ids);
    // The instance is whole afterwards.
    expect((await backend.call('GET', '/jwks')).body.keys).toHaveLength(1);
    expect((await backend.call('POST', '/users', { username: 'afterwards' })).status).toBe(200);
  },
  120_000,
);
