import { expect } from 'vitest';
import { OWN_COOKIE, ROUTES } from '../application.ts';
import { createCachingProxy } from '../caching-proxy.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { PAGE } from './state-to-response.ts';

/** What a shared cache must not give to others (security cases, SC-101). */
export const sharedCaches: readonly ConformanceCase[] = [
  {
    id: 'SC-101-guard',
    title: 'a cache gives nobody the page of another, nor a refusal to somebody who may',
    setup: 'production',
    async run({ url, fixture: { production } }) {
      const proxy = createCachingProxy(url);
      const visit = (headers: Readonly<Record<string, string>>) => proxy.send('/guarded/session', { headers });
      const cookieOf = (sub: string): { cookie: string } => ({
        cookie: `__session=${production.session({ sub })}; __client_uat=1`,
      });
      expect((await visit({})).status).toBe(401);
      expect((await visit(cookieOf('user_a'))).json).toMatchObject({ userId: 'user_a' });
      expect((await visit(cookieOf('user_b'))).json).toMatchObject({ userId: 'user_b' });
      const authorization = `Bearer ${production.session({ sub: 'user_c' })}`;
      expect((await visit({ authorization })).json).toMatchObject({ userId: 'user_c' });
      expect((await visit({})).status).toBe(401);
    },
  },
  {
    id: 'SC-101-handshake',
    title: 'a cache keeps no page that brought somebody a session',
    setup: 'production',
    async run({ url, fixture: { production } }) {
      const proxy = createCachingProxy(url);
      const session = `__session=${production.session()}; Path=/; Secure`;
      const handshake = production.jwt({ handshake: [session, '__client_uat=1; Path=/; Secure'] });
      const cookie = `__clerk_handshake=${handshake}`;
      const first = await proxy.send(ROUTES.cookies, { headers: { ...PAGE, cookie } });
      expect(first.cookies).toContain(session);
      const other = await proxy.send(ROUTES.cookies, { headers: PAGE });
      expect(other.text).toBe('page');
      expect(other.cookies).toEqual([OWN_COOKIE]);
      // The page of nobody may be kept, as the application says.
      expect(await proxy.send(ROUTES.cookies, { headers: PAGE })).toBe(other);
    },
  },
];
