import { readFileSync } from 'node:fs';

/** A type in the contract's terms; see `conventions.typeKinds` there. */
export interface Shape {
  readonly kind?: string;
  readonly ref?: string;
  readonly nullable?: boolean;
  /** May be absent from an answer. */
  readonly optional?: boolean;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly items?: Shape;
  readonly itemsKey?: string;
  readonly values?: Shape;
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly options?: readonly Shape[];
}

export interface Schema {
  readonly fields: Readonly<Record<string, Shape>>;
  /** Fields that only a later version of the API sends. */
  readonly clientFields?: Readonly<Record<string, Shape>>;
  readonly extends?: string;
  readonly objectType?: string;
  readonly otherObjectTypes?: readonly string[];
}

export interface ContractOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly returns: { readonly status: number; readonly shape: Shape; readonly whenPaginated?: Shape };
}

export interface Contract {
  readonly operations: readonly ContractOperation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

export const contract = JSON.parse(
  readFileSync(new URL('../../packages/core/contract/backend-api.json', import.meta.url), 'utf8'),
) as Contract;
