/** The part of the operation table that belongs to a resource, and its name in the client. */
export interface ResourceTable<Name extends string = string> {
  readonly name: Name;
  /** The line of each method; see `parseOperation`. */
  readonly methods: Readonly<Record<string, string>>;
}
