import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page } from './page.ts';
import { paginate } from './paginate.ts';
import type { RequestOptions } from './request-options.ts';

interface Row {
  readonly id: string;
}

interface ListParams {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly query?: string | undefined;
}

/** A list on a server, which `change` may alter after each page it gives out. */
function createList(ids: readonly string[], change: (rows: string[], page: number) => void = () => {}) {
  const rows = [...ids];
  const asked: { limit: number | undefined; offset: number | undefined }[] = [];
  const list = async (params: ListParams = {}, options?: RequestOptions): Promise<Page<Row>> => {
    options?.signal?.throwIfAborted();
    const { limit = 10, offset = 0 } = params;
    asked.push({ limit, offset });
    const data = rows.slice(offset, offset + limit).map((id) => ({ id }));
    const page = { data, totalCount: rows.length };
    change(rows, asked.length);
    return page;
  };
  return { list, asked, rows };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `row_${index}`);

async function collect(rows: AsyncIterable<Row>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

describe('a list that does not change', () => {
  test.each([
    [0, 10],
    [1, 10],
    [9, 10],
    [10, 10],
    [11, 10],
    [19, 10],
    [20, 10],
    [100, 7],
    [5, 2],
    [5, 1],
    [5, 500],
  ])('of %i rows in pages of %i is handed out once and in order', async (count, limit) => {
    const { list } = createList(numbered(count));
    expect(await collect(paginate(list, { limit }))).toEqual(numbered(count));
  });

  test('stops at the total, without asking for an empty page', async () => {
    const { list, asked } = createList(numbered(19));
    await collect(paginate(list, { limit: 10 }));
    expect(asked).toEqual([
      { limit: 10, offset: 0 },
      { limit: 10, offset: 9 },
    ]);
  });

  test('begins at an offset', async () => {
    const { list } = createList(numbered(30));
    expect(await collect(paginate(list, { limit: 10, offset: 25 }))).toEqual(numbered(30).slice(25));
  });

  test('hands the other parameters and the options to every page', async () => {
    const { list } = createList(numbered(4));
    const given: unknown[] = [];
    const options = { timeoutMs: 5 };
    const method = (params: ListParams, callOptions?: RequestOptions) => {
      given.push([params.query, callOptions]);
      return list(params, callOptions);
    };
    await collect(paginate(method, { limit: 2, query: 'a' }, options));
    expect(given).toEqual([
      ['a', options],
      ['a', options],
      ['a', options],
    ]);
  });

  test('fetches no page that nobody asks for', async () => {
    const { list, asked } = createList(numbered(100));
    for await (const { id } of paginate(list, { limit: 10 })) if (id === 'row_5') break;
    expect(asked).toHaveLength(1);
  });

  test('rows without an id are told apart by what they hold', async () => {
    const rows = [{ provider: 'a' }, { provider: 'b' }, { provider: 'c' }, { provider: 'd' }];
    const list = async ({ limit = 10, offset = 0 }: ListParams): Promise<Page<{ provider: string }>> => ({
      data: rows.slice(offset, offset + limit),
      totalCount: rows.length,
    });
    const seen: string[] = [];
    for await (const { provider } of paginate(list, { limit: 2 })) seen.push(provider);
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a backend that gives one row at a time leads to the end, too', async () => {
    const { list } = createList(numbered(5));
    const single = (params: ListParams, options?: RequestOptions) => list({ ...params, limit: 1 }, options);
    expect(await collect(paginate(single, {}))).toEqual(numbered(5));
  });

  test('a backend that ignores the offset is asked once', async () => {
    let asked = 0;
    const list = async (_: ListParams): Promise<Page<Row>> => {
      asked += 1;
      return { data: numbered(30).map((id) => ({ id })), totalCount: 30 };
    };
    expect(await collect(paginate(list, { limit: 10 }))).toEqual(numbered(30));
    expect(asked).toBe(1);
  });

  test('a total that promises too much ends with the rows', async () => {
    const list = async ({ offset = 0 }: ListParams): Promise<Page<Row>> => ({
      data: offset === 0 ? [{ id: 'a' }, { id: 'b' }] : [],
      totalCount: 99,
    });
    expect(await collect(paginate(list, { limit: 2 }))).toEqual(['a', 'b']);
  });
});

describe('a list that changes meanwhile', () => {
  test('rows deleted behind the walk cost it none', async () => {
    const { list } = createList(numbered(30), (rows, page) => {
      if (page === 1) rows.splice(0, 4);
    });
    expect(await collect(paginate(list, { limit: 10 }))).toEqual(numbered(30));
  });

  test('deleting each row as it comes', async () => {
    const { list, rows } = createList(numbered(95));
    const seen: string[] = [];
    for await (const { id } of paginate(list, { limit: 10 })) {
      seen.push(id);
      rows.splice(rows.indexOf(id), 1);
    }
    expect(seen).toEqual(numbered(95));
    expect(rows).toEqual([]);
  });

  test('more rows deleted than a page holds', async () => {
    const { list } = createList(numbered(100), (rows, page) => {
      if (page === 5) rows.splice(0, 35);
    });
    expect(await collect(paginate(list, { limit: 10 }))).toEqual(numbered(100));
  });

  test('rows inserted at the front repeat none', async () => {
    const { list } = createList(numbered(30), (rows, page) => {
      rows.unshift(`new_${page}`);
    });
    expect(await collect(paginate(list, { limit: 10 }))).toEqual(numbered(30));
  });

  test('whatever is deleted and inserted, every row that stays is handed out, and none twice', async () => {
    const change = fc.record({
      deleted: fc.array(fc.nat(200), { maxLength: 30 }),
      inserted: fc.array(fc.nat(200), { maxLength: 10 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(change, { maxLength: 10 }),
        async (count, limit, changes) => {
          const { list, rows } = createList(numbered(count), (current, page) => {
            const { deleted = [], inserted = [] } = changes[page - 1] ?? {};
            for (const at of deleted) if (at < current.length) current.splice(at, 1);
            for (const [index, at] of inserted.entries())
              current.splice(Math.min(at, current.length), 0, `new_${page}_${index}`);
          });
          const seen = await collect(paginate(list, { limit }));
          expect(new Set(seen).size).toBe(seen.length);
          const stayed = numbered(count).filter((id) => rows.includes(id));
          expect(stayed.filter((id) => !seen.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('ending early', () => {
  test('a failure of the method is that of the walk', async () => {
    const list = async (_: ListParams): Promise<Page<Row>> => Promise.reject(new Error('down'));
    await expect(collect(paginate(list, {}))).rejects.toThrow('down');
  });

  test('an aborted walk hands out no further row', async () => {
    const { list } = createList(numbered(30));
    const controller = new AbortController();
    const seen: string[] = [];
    const walk = async () => {
      for await (const { id } of paginate(list, { limit: 10 }, { signal: controller.signal })) {
        seen.push(id);
        if (seen.length === 3) controller.abort();
      }
    };
    await expect(walk()).rejects.toMatchObject({ code: 'backend-aborted' });
    expect(seen).toHaveLength(3);
  });
});
