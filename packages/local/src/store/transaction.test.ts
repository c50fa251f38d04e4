import { describe, expect, onTestFinished, test } from 'vitest';
import { databaseForTest } from './database-for-test.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

async function open(): Promise<Store> {
  const { location, drop } = databaseForTest();
  const store = await openStore(location);
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  return store;
}

const machine = (id: string, default_token_ttl = 0) => ({
  id,
  name: id,
  default_token_ttl,
  created_at: 1,
  updated_at: 1,
});

const names = async ({ db }: Store) =>
  (await db.selectFrom('machines').select('name').orderBy('name').execute()).map(({ name }) => name);

describe('a transaction', () => {
  test('that reads, thinks and writes loses no update of another', async () => {
    const store = await open();
    await store.db.insertInto('machines').values(machine('counter')).execute();
    const increments = Array.from({ length: 64 }, () =>
      store.transaction(async (tx) => {
        const row = await tx.selectFrom('machines').select('default_token_ttl').executeTakeFirstOrThrow();
        await new Promise((resolve) => setImmediate(resolve));
        await tx
          .updateTable('machines')
          .set({ default_token_ttl: row.default_token_ttl + 1 })
          .execute();
      }),
    );
    await Promise.all(increments);
    const { default_token_ttl } = await store.db
      .selectFrom('machines')
      .select('default_token_ttl')
      .executeTakeFirstOrThrow();
    expect(default_token_ttl).toBe(64);
  });

  test('that throws leaves nothing, and those that wait for it go on', async () => {
    const store = await open();
    const [failed, done] = await Promise.allSettled([
      store.transaction(async (tx) => {
        await tx.insertInto('machines').values(machine('undone')).execute();
        throw new Error('no');
      }),
      store.transaction((tx) => tx.insertInto('machines').values(machine('done')).execute()),
    ]);
    expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled']);
    expect(await names(store)).toEqual(['done']);
  });

  test('that breaks a unique index fails as a whole, with the code that tells it', async () => {
    const store = await open();
    await store.db.insertInto('machines').values(machine('taken')).execute();
    const twice = store.transaction(async (tx) => {
      await tx.insertInto('machines').values(machine('first')).execute();
      await tx.insertInto('machines').values(machine('taken')).execute();
    });
    await expect(twice).rejects.toMatchObject({
      code: expect.stringMatching(/^(SQLITE_CONSTRAINT_PRIMARYKEY|23505)$/),
    });
    expect(await names(store)).toEqual(['taken']);
  });

  test('of which the other half is not there yet is not seen by a read', async () => {
    const store = await open();
    let seen: Promise<string[]> | undefined;
    await store.transaction(async (tx) => {
      await tx.insertInto('machines').values(machine('one')).execute();
      seen = names(store);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await tx.insertInto('machines').values(machine('two')).execute();
    });
    expect([[], ['one', 'two']]).toContainEqual(await seen);
  });
});
