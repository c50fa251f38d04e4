import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startForTest } from '../backend-api/start-for-test.ts';
import { DEMO_SEED } from '../index.ts';
import { tableNames } from '../store/schema.generated.ts';

describe('a snapshot', () => {
  test('SC-133 brings back every table, whatever came since', async () => {
    const backend = await startForTest({ seed: DEMO_SEED });
    const before = await backend.controls.snapshot();
    await backend.controls.reset({});
    expect((await backend.call('GET', '/users')).body).toEqual([]);
    await backend.controls.restore(before);
    expect(await backend.controls.snapshot()).toEqual(before);
    const filled = before.tables.map(({ name }) => name);
    expect(filled).toEqual(tableNames.filter((name) => filled.includes(name)));
    expect(filled.length).toBeGreaterThan(15);
  });

  test('of another backend is refused, and nothing is touched', async () => {
    const [one, two] = [await startForTest({ seed: DEMO_SEED }), await startForTest()];
    const foreign = await one.controls.snapshot();
    const before = await two.controls.snapshot();
    await expect(two.controls.restore(foreign)).rejects.toMatchObject({ code: 'option-invalid' });
    expect(await two.controls.snapshot()).toEqual(before);
  });

  test('is restored wholly or not at all', async () => {
    const backend = await startForTest({ seed: DEMO_SEED });
    const before = await backend.controls.snapshot();
    const broken = {
      ...before,
      tables: before.tables.map((table) =>
        table.name === 'organization_memberships' ? { ...table, rows: [{ id: 'orgmem_broken' }] } : table,
      ),
    };
    await expect(backend.controls.restore(broken)).rejects.toThrow();
    expect(await backend.controls.snapshot()).toEqual(before);
  });
});

describe('SC-133 reset', () => {
  test('keeps who listens to events and where webhooks go', async () => {
    const backend = await startForTest({ seed: DEMO_SEED });
    const endpoint = await backend.webhooks.addEndpoint({ url: 'http://127.0.0.1:9/hook' });
    const heard: string[] = [];
    backend.context.onEvent(({ type }) => heard.push(type));
    for (let time = 1; time <= 2; time++) {
      await backend.controls.reset();
      heard.length = 0;
      await backend.call('POST', '/users', { username: `after-${time}` });
      expect(heard).toEqual(['user.created']);
      expect(await backend.webhooks.endpoints()).toMatchObject([{ id: endpoint.id }]);
    }
  });

  test('in the middle of a delivery does not end the deliveries after it', async () => {
    let answer = (_: Response) => {};
    const sent: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      sent.push(JSON.parse(String(init?.body)).type);
      return sent.length === 1
        ? new Promise<Response>((resolve) => {
            answer = resolve;
          })
        : new Response();
    };
    const backend = await startForTest({ fetch });
    await backend.webhooks.addEndpoint({ url: 'http://127.0.0.1:9/hook' });
    const failures = vi.spyOn(console, 'error');
    onTestFinished(() => failures.mockRestore());
    await backend.call('POST', '/users', { username: 'before' });
    await vi.waitUntil(() => sent.length === 1);
    await backend.controls.reset();
    answer(new Response());
    await backend.call('POST', '/users', { username: 'after-it' });
    await backend.webhooks.settled();
    expect(sent).toEqual(['user.created', 'user.created']);
    expect(failures).not.toHaveBeenCalled();
  });

  test('leaves nothing of what was there, and the seed as it was', async () => {
    const backend = await startForTest({ seed: DEMO_SEED });
    const describeState = async () => {
      const { tables } = await backend.controls.snapshot();
      return tables.map(({ name, rows }) => `${name}: ${rows.length}`);
    };
    const before = await describeState();
    await backend.call('POST', '/users', { username: 'somebody' });
    await backend.call('PATCH', '/instance', { test_mode: false });
    await backend.call('POST', '/machines', { name: 'machine' });
    await backend.controls.reset();
    expect(await describeState()).toEqual(before);
  });
});

describe('a limit on requests', () => {
  test.each([
    ['of the hosted service', 'hosted', 100],
    ['of its own', { requests: 3, windowInSeconds: 60 }, 3],
  ] as const)('%s can be set at the start', async (_, requestLimit, allowed) => {
    const backend = await startForTest({ requestLimit });
    backend.clock.freeze(1_800_000_000_000);
    const statuses = [];
    for (let index = 0; index <= allowed; index++) statuses.push((await backend.call('GET', '/users/count')).status);
    expect(statuses.slice(0, -1)).toEqual(Array(allowed).fill(200));
    expect(statuses.at(-1)).toBe(429);
  });
});
