import { LocalBackendError } from '../errors.ts';
import type { SeedData } from './seed-data.ts';

type Check = (value: unknown, where: string) => void;

const string: Check = (value, where) => {
  if (typeof value !== 'string' || value === '') fail(where, 'must be a non-empty string');
};
const boolean: Check = (value, where) => {
  if (typeof value !== 'boolean') fail(where, 'must be true or false');
};
const count: Check = (value, where) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) fail(where, 'must be a whole number, 0 or more');
};
const record: Check = (value, where) => {
  if (!isRecord(value)) fail(where, 'must be an object');
};
const list =
  (item: Check): Check =>
  (value, where) => {
    if (!Array.isArray(value)) return fail(where, 'must be a list');
    value.forEach((element, index) => {
      item(element, `${where}[${index}]`);
    });
  };
const oneOrMore: Check = (value, where) => (Array.isArray(value) ? list(string)(value, where) : string(value, where));
const shape =
  (fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, where) => {
    if (!isRecord(value)) return fail(where, 'must be an object');
    for (const name of required) if (value[name] === undefined) fail(`${where}.${name}`, 'is missing');
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check === undefined)
        fail(`${where}.${name}`, `is not known here; known are ${Object.keys(fields).join(', ')}`);
      else if (member !== undefined) check(member, `${where}.${name}`);
    }
  };

const oneOf =
  (...values: readonly string[]): Check =>
  (value, where) => {
    if (typeof value !== 'string' || !values.includes(value)) fail(where, `must be one of ${values.join(', ')}`);
  };

const metadata = { publicMetadata: record, privateMetadata: record };

const seed = shape({
  users: list(
    shape({
      id: string,
      externalId: string,
      username: string,
      email: oneOrMore,
      phone: oneOrMore,
      password: string,
      firstName: string,
      lastName: string,
      banned: boolean,
      ...metadata,
      unsafeMetadata: record,
    }),
  ),
  permissions: list(shape({ key: string, name: string, description: string }, ['key'])),
  roles: list(shape({ key: string, name: string, description: string, permissions: list(string) }, ['key'])),
  organizations: list(
    shape(
      {
        id: string,
        name: string,
        slug: string,
        maxAllowedMemberships: count,
        members: list(shape({ user: string, role: string }, ['user'])),
        ...metadata,
      },
      ['name'],
    ),
  ),
  machines: list(
    shape({ id: string, name: string, scopes: list(string), secretKey: string, defaultTokenTtl: count }, ['name']),
  ),
  apiKeys: list(
    shape(
      { name: string, subject: string, secret: string, scopes: list(string), claims: record, expiresInSeconds: count },
      ['name', 'subject'],
    ),
  ),
  oauthApplications: list(
    shape(
      {
        id: string,
        name: string,
        clientId: string,
        clientSecret: string,
        redirectUris: list(string),
        scopes: string,
        public: boolean,
        pkceRequired: boolean,
        consentScreenEnabled: boolean,
      },
      ['name'],
    ),
  ),
  jwtTemplates: list(shape({ name: string, claims: record, lifetime: count }, ['name', 'claims'])),
  plans: list(
    shape(
      {
        name: string,
        slug: string,
        payerType: oneOf('user', 'org'),
        amount: count,
        annualMonthlyAmount: count,
        currency: string,
        description: string,
        freeTrialDays: count,
        features: list(string),
      },
      ['name', 'slug', 'payerType', 'amount'],
    ),
  ),
  subscriptions: list(
    shape({ payer: string, plan: string, period: oneOf('month', 'annual'), trial: boolean }, ['payer', 'plan']),
  ),
});

/**
 * Checks the shape of seed data, for example a parsed file.
 *
 * @throws {LocalBackendError} `seed-invalid`, naming the member.
 */
export function assertSeedData(value: unknown): asserts value is SeedData {
  seed(value, 'seed');
}

function fail(where: string, why: string): void {
  throw new LocalBackendError('seed-invalid', `${where} ${why}.`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
