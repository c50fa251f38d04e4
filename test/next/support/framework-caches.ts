import { createBackendClient } from '@keystile/core';
import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchange } from '../../conformance/exchange.ts';
import type { RunningApplication } from '../../conformance/harness.ts';
import { type NextVariant, startNextApplication } from '../../conformance/harnesses/next-server.ts';

const FIRST_NAMES = ['Alice', 'Bob', 'Carol', 'Dave'];
const REQUESTS = 60;

/** What Next remembers, for one request or for everybody: nothing of ours, unless it is told to. */
export function testFrameworkCaches(variant: NextVariant): void {
  let backend: LocalBackend;
  let server: RunningApplication;
  let ids: readonly string[];
  beforeAll(async () => {
    backend = await startLocalBackend({
      seed: { users: FIRST_NAMES.map((firstName) => ({ email: `${firstName}@example.test`, firstName })) },
    });
    ids = backend.seeded?.users.map(({ id }) => id) ?? [];
    const { publishableKey, secretKey, url: apiUrl } = backend;
    server = await startNextApplication({ options: { publishableKey, secretKey, apiUrl }, webhookSecret: '' }, variant);
  });
  afterAll(async () => {
    await server.close();
    await backend.close();
  });

  const open = async (path: string, userId?: string) =>
    exchange(server.url, path, {
      headers: userId === undefined ? {} : { authorization: `Bearer ${await backend.mint.session({ userId })}` },
    });
  const rename = (userId: string, firstName: string) =>
    createBackendClient({ secretKey: backend.secretKey, apiUrl: backend.url }).users.updateUser(userId, { firstName });

  it('auth() and the others explain in a cached function what to do, and keep nobody’s answer for the next', async () => {
    const thrown = Array(4).fill('auth-in-cached-function');
    for (const userId of [ids[0], ids[1], undefined]) {
      const { json } = await open('/caches/functions', userId);
      expect(json).toEqual({ userId: userId ?? null, byDirective: thrown, byFunction: thrown });
    }
  });

  it('what is remembered for a request never reaches another one', async () => {
    const visitors = Array.from({ length: REQUESTS }, (_, index) => index % (ids.length + 1));
    const answers = await Promise.all(
      visitors.map(async (visitor) => ({ visitor, text: (await open('/caches/memo', ids[visitor])).text })),
    );
    for (const { visitor, text } of answers) {
      const id = ids[visitor] ?? null;
      const seen = JSON.parse(/<pre>(.*?)<\/pre>/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? 'null');
      expect(seen).toEqual({
        ids: [id, id, id],
        ...(id !== null && { firstName: FIRST_NAMES[visitor] }),
        isSame: true,
      });
    }
  });

  it('a page that asks who is there is rendered for each request, whatever its revalidate says', async () => {
    const { headers } = await open('/caches/memo', ids[0]);
    expect(headers['cache-control']).toMatch(/private.*no-store/);
    expect(headers['x-nextjs-cache']).toBeUndefined();
  });

  it('answers of the Backend API are stored by Next only where a client was told to', async () => {
    const [userId = ''] = ids;
    const before = { byDefault: 'Alice', leftToNext: 'Alice', asked: 'Alice' };
    expect((await open('/caches/backend', userId)).json).toEqual(before);
    await rename(userId, 'Alicia');
    expect((await open('/caches/backend', userId)).json).toEqual({ ...before, byDefault: 'Alicia' });
    expect((await open('/caches/memo', userId)).text).toContain('Alicia');
    // Stored is what the user may know of herself, and of nobody else.
    expect((await open('/caches/backend', ids[1])).json).toEqual({ byDefault: 'Bob', leftToNext: 'Bob', asked: 'Bob' });
  });
}
