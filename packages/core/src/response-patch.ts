/** One header line. */
export type HeaderLine = readonly [name: string, value: string];

/** A whole answer in the application's place. */
export interface Answer {
  readonly status: number;
  /** null: no body. */
  readonly body: string | null;
}

/**
 * What authentication wants of the response, in no framework's terms. An adapter carries it out and decides nothing:
 * set, append, merge `Vary`, and if there is an `answer`, send it and do not run the application.
 */
export interface ResponsePatch {
  /** Replace headers of the same name. */
  readonly set: readonly HeaderLine[];
  /** Are added beside those of the same name; each `set-cookie` stays a line of its own. */
  readonly append: readonly HeaderLine[];
  /** Request header names to merge into `Vary`. */
  readonly vary: readonly string[];
  readonly answer: Answer | undefined;
}

/** The patch of an ordinary request: nothing to do. Compare by identity to skip the work. */
export const NO_PATCH: ResponsePatch = Object.freeze({
  set: Object.freeze([]),
  append: Object.freeze([]),
  vary: Object.freeze([]),
  answer: undefined,
});

/** Marks an answer as one user's own (adapters section 9, row 5): no shared cache may keep it. */
export const PRIVATE_HEADERS: readonly HeaderLine[] = Object.freeze([['cache-control', 'private, no-store'] as const]);
export const PRIVATE_VARY: readonly string[] = Object.freeze(['Cookie', 'Authorization']);

/** The patch of an answer that was made for one user. */
export const PRIVATE_PATCH: ResponsePatch = Object.freeze({
  set: PRIVATE_HEADERS,
  append: Object.freeze([]),
  vary: PRIVATE_VARY,
  answer: undefined,
});
