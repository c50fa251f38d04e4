/** JSON is kept as text, which SQLite and PostgreSQL store and return alike. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** As {@link toJson}, with null (and undefined) as an SQL null. */
export function toJsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** Reads what {@link toJson} wrote; the type is the writer's promise. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Reads what {@link toJsonOrNull} wrote. */
export function fromJsonOrNull<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

/** Flags are the integers 0 and 1 in both engines. */
export const toFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);
