import { createAuth } from '@keystile/next';
import { auth, options } from '../../../lib/application.ts';

/** Whatever is fetched here is kept for everybody, unless the call itself says otherwise. */
export const fetchCache = 'default-cache';

const clients = {
  byDefault: createAuth(options),
  leftToNext: createAuth({ ...options, fetch: (input, init) => fetch(input, init) }),
  asked: createAuth({ ...options, fetch: (input, init) => fetch(input, { ...init, cache: 'force-cache' }) }),
};

/** The visitor's first name, as each client has it. */
export async function GET(): Promise<Response> {
  const { userId } = await auth.protect();
  const names = Object.entries(clients).map(async ([name, { backendClient }]) => {
    const backend = await backendClient();
    return [name, (await backend.users.getUser(userId)).firstName];
  });
  return Response.json(Object.fromEntries(await Promise.all(names)));
}
