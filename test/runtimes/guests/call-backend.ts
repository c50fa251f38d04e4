import { BackendError, createBackendClient, paginate } from '@keystile/core';

/** What came out of each call, one line a call; `outcome`s do not depend on ids, so all runtimes give the same. */
export async function callBackend(keys: { readonly apiUrl: string; readonly secretKey: string }): Promise<string> {
  const { users, organizations, sessions } = createBackendClient(keys);
  const email = `${crypto.randomUUID()}@example.test`;
  const lines: string[] = [];
  const call = async <T>(
    what: string,
    request: () => Promise<T>,
    show: (value: T) => unknown,
  ): Promise<T | undefined> => {
    try {
      const value = await request();
      lines.push(`${what}: ${show(value)}`);
      return value;
    } catch (error) {
      const { status, code } = error as BackendError;
      lines.push(`${what}: ${error instanceof BackendError ? `${status} ${code}` : error}`);
      return undefined;
    }
  };

  const user = await call(
    'create',
    () => users.createUser({ emailAddress: [email], firstName: 'Zoë 🜁', publicMetadata: { a: { b: 0 } } }),
    ({ firstName }) => firstName,
  );
  if (user === undefined) return lines.join('\n');
  await call(
    'get',
    () => users.getUser(user.id),
    ({ publicMetadata }) => JSON.stringify(publicMetadata),
  );
  await call(
    'find',
    () => users.getUserList({ emailAddress: [email], offset: 0 }),
    ({ totalCount }) => totalCount,
  );
  await call(
    'update',
    () => users.updateUser(user.id, { lastName: '' }),
    ({ lastName }) => JSON.stringify(lastName),
  );
  await call(
    'merge',
    () => users.updateUserMetadata(user.id, { publicMetadata: { c: null, a: { d: 1 } } }),
    (merged) => JSON.stringify(merged.publicMetadata),
  );
  await call(
    'page',
    () => countPages(users),
    (count) => count > 0,
  );
  await call(
    'unknown',
    () => users.getUser('user_unknown'),
    () => 'found',
  );
  await call(
    'id with a slash',
    () => users.getUser('../users'),
    () => 'found',
  );
  await call(
    'invalid',
    () => users.createUser({ emailAddress: ['not an address'] }),
    () => 'created',
  );
  await call(
    'organization',
    () => organizations.createOrganization({ name: 'Ünï', createdBy: user.id }),
    ({ name }) => name,
  );
  await call(
    'sessions',
    () => sessions.getSessionList({ userId: user.id }),
    ({ totalCount }) => totalCount,
  );
  await call(
    'delete',
    () => users.deleteUser(user.id),
    ({ deleted }) => deleted,
  );
  await call(
    'deleted',
    () => users.getUser(user.id),
    () => 'found',
  );
  return lines.join('\n');
}

async function countPages(users: ReturnType<typeof createBackendClient>['users']): Promise<number> {
  let count = 0;
  for await (const _user of paginate(users.getUserList, { limit: 2 })) if (++count === 3) break;
  return count;
}
