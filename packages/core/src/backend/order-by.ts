/** The key to sort by: ascending as it is or with `+`, descending with `-`. */
export type OrderBy<Key extends string> = Key | `+${Key}` | `-${Key}`;
