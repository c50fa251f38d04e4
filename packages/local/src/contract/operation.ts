import type { OperationTypes } from './operations.generated.ts';

/** The contract's id of an operation, for example `users.createUser`. */
export type OperationId = keyof OperationTypes;

/** The type of one value of a request. */
export interface FieldType {
  readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'any' | 'map' | 'object' | 'array' | 'file';
  readonly enum?: readonly string[];
  readonly format?: string;
  /** The members are user data: stored as sent, never looked at. */
  readonly opaque?: boolean;
  readonly items?: FieldType;
  readonly values?: FieldType;
  readonly fields?: readonly Field[];
}

/** Bounds that the contract states for a value. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A query parameter, or a member of a request body. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly limits?: Limits;
  /** On `order_by`: the names it may take, without the sign. */
  readonly sortKeys?: readonly string[];
}

/** What the server needs to know of an operation. */
export interface Operation {
  readonly id: OperationId;
  readonly group: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its parameters in braces: `/users/{user_id}`. */
  readonly path: string;
  /** The status of the answer when it succeeds. */
  readonly status: 200 | 201 | 202 | 204;
  /** The answer is a bare array unless the query says `paginated=true`. */
  readonly bareUnlessPaginated?: boolean;
  readonly pathEnums?: Readonly<Record<string, readonly string[]>>;
  readonly query: readonly Field[];
  readonly bodyKind: 'none' | 'json' | 'json-array' | 'multipart';
  readonly body: readonly Field[];
}
