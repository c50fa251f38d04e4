import { BackendError } from './backend-error.ts';
import type { Page } from './page.ts';
import type { RequestOptions } from './request-options.ts';

const DEFAULT_PAGE_SIZE = 100;
/** Each page repeats a row of the one before, so that a page of one row would lead nowhere. */
const LEAST_PAGE_SIZE = 2;
/** Ends the search for a known row with a backend whose pages do not fit together. */
const MOST_ROUNDS_IN_VAIN = 3;

interface PageParams {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/**
 * Walks a list row by row, fetching pages as they are needed.
 *
 * Rows that are deleted meanwhile move the others forward, and a walk by offset alone would miss as many. So every page
 * begins with the last row of the one before; if it does not, the walk goes back until it meets a row that it knows. No
 * row is handed out twice. Rows that are inserted meanwhile are met or not, as the order of the list has it. To know
 * them again, the ids of all rows that were handed out are kept until the walk ends.
 *
 * @param method - a method that takes `limit` and `offset`, for example `backend.users.getUserList`
 * @param params - its parameters; `limit` is the size of a page (default 100), `offset` where to begin
 * @throws BackendError as the method does
 * @example
 * for await (const user of paginate(backend.users.getUserList, { limit: 500 })) console.log(user.id);
 */
export async function* paginate<Row, Params extends PageParams | undefined>(
  method: (params: Params, options?: RequestOptions) => Promise<Page<Row>>,
  params: NonNullable<NoInfer<Params>>,
  options?: RequestOptions,
): AsyncGenerator<Row, void, undefined> {
  const { limit: pageSize = DEFAULT_PAGE_SIZE, offset: begin = 0 } = params;
  const limit = Math.max(LEAST_PAGE_SIZE, pageSize);
  const seen = new Set<string>();
  let offset = begin;
  let isOverlapping = false;
  // Where the last gap was, and how often the walk has come back to one without meeting a new row.
  let gapAt = Number.POSITIVE_INFINITY;
  let roundsInVain = 0;
  for (;;) {
    const { data, totalCount } = await method({ ...params, limit, offset } as Params, options);
    const [first] = data;
    const isGap = isOverlapping && offset > begin && (first === undefined || !seen.has(keyOf(first)));
    if (isGap && roundsInVain < MOST_ROUNDS_IN_VAIN) {
      if (offset >= gapAt) roundsInVain += 1;
      gapAt = offset;
      offset = Math.max(begin, offset - limit + 1);
      continue;
    }
    for (const row of data) {
      const key = keyOf(row);
      if (seen.has(key)) continue;
      seen.add(key);
      gapAt = Number.POSITIVE_INFINITY;
      roundsInVain = 0;
      assertNotAborted(options?.signal);
      yield row;
    }
    if (data.length === 0 || offset + data.length >= totalCount) return;
    isOverlapping = data.length > 1;
    offset += Math.max(1, data.length - 1);
  }
}

/** Rows without an id, such as OAuth access tokens, are told apart by all that they hold. */
function keyOf(row: unknown): string {
  const id = (row as { readonly id?: unknown }).id;
  return typeof id === 'string' ? id : JSON.stringify(row);
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new BackendError('backend-aborted', 'paginate', 'aborted by the signal that the caller gave.');
}
