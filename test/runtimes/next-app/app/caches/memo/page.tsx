import { cache } from 'react';
import { auth, currentUser } from '../../../lib/application.ts';

/** Next would keep the page for everybody, if nothing in it depended on the request. */
export const revalidate = 3600;

const remembered = cache(async () => (await auth()).userId);

export default async function MemoPage() {
  const [first, second, user, again] = await Promise.all([remembered(), remembered(), currentUser(), currentUser()]);
  const seen = { ids: [first, second, user?.id ?? null], firstName: user?.firstName, isSame: user === again };
  return <pre>{JSON.stringify(seen)}</pre>;
}
