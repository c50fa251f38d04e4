/** How an answer is read. `resource` is a JSON object; `items` a JSON array. */
export type AnswerKind = 'resource' | 'list' | 'items' | 'count' | 'text' | 'none' | 'verbatim';

/** One operation, as its line in the operation table says. */
export interface Operation {
  /** As the caller knows it, for example `users.getUser`. */
  readonly id: string;
  readonly method: string;
  /** The path between its parameters: for `/users/{userId}/ban`, `['/users/', '/ban']`. */
  readonly literals: readonly string[];
  /** The path's parameters. */
  readonly ids: readonly string[];
  /** Arguments of their own that become fields of the body. */
  readonly fields: readonly string[];
  /** Whether a `params` argument follows the ids (`after`), holds them (`all`), or is absent. */
  readonly params: 'none' | 'after' | 'all';
  readonly body: 'none' | 'json' | 'array' | 'form';
  /** Wire names of the parameters that travel in the query in spite of a body. */
  readonly queryFields: readonly string[];
  readonly answer: AnswerKind;
  /** Where a list's rows are. */
  readonly listKey: string;
  /** Sends `paginated=true`, for which the backend answers `{ data, total_count }`. */
  readonly isPaginated: boolean;
  /** Needs no secret. */
  readonly isPublic: boolean;
  /** Authenticates with the machine's secret key where there is one. */
  readonly isMachine: boolean;
  /** Carries an idempotency key in its body. */
  readonly isRepeatable: boolean;
  /** An answered request must not be sent again. */
  readonly isOnce: boolean;
}

/**
 * Reads a line of the operation table: method, path, and words for all that differs from the usual, for example
 * `GET /sessions params paginated list`.
 */
export function parseOperation(id: string, line: string): Operation {
  const [method = '', path = '', ...words] = line.split(' ');
  const parts = path.split(/[{}]/);
  const valuesOf = (word: string): string[] =>
    words.filter((candidate) => candidate.startsWith(`${word}:`)).map((candidate) => candidate.slice(word.length + 1));
  const has = (word: string): boolean => words.includes(word);
  const [listKey] = valuesOf('list');
  const [body] = valuesOf('body');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return {
    id,
    method,
    literals: parts.filter((_, index) => index % 2 === 0),
    ids: parts.filter((_, index) => index % 2 === 1),
    fields: valuesOf('field'),
    params: has('all') ? 'all' : has('params') ? 'after' : 'none',
    body: !hasBody ? 'none' : body === 'array' || body === 'form' ? body : 'json',
    queryFields: valuesOf('query'),
    answer: listKey !== undefined ? 'list' : (ANSWERS.find(has) ?? 'resource'),
    listKey: listKey ?? 'data',
    isPaginated: has('paginated'),
    isPublic: has('public'),
    isMachine: has('machine'),
    isRepeatable: has('repeatable'),
    isOnce: has('once'),
  };
}

const ANSWERS = ['list', 'items', 'count', 'text', 'none', 'verbatim'] as const;
