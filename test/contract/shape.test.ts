import { expect, test } from 'vitest';
import { contract, type Schema, type Shape } from './contract.ts';
import { findDifferences } from './shape.ts';

const schemas: Record<string, Schema> = {
  Pet: {
    objectType: 'pet',
    fields: {
      object: { kind: 'string' },
      name: { kind: 'string' },
      nick: { kind: 'string', nullable: true },
      tag: { kind: 'string', optional: true },
      owner: { ref: 'Owner', nullable: true },
    },
    clientFields: { chip: { kind: 'integer' } },
  },
  Dog: { extends: 'Pet', objectType: 'pet', fields: { barks: { kind: 'boolean' } } },
  Owner: { fields: { id: { kind: 'string' } } },
};

const pet = { object: 'pet', name: 'a', nick: null, owner: null };
const string: Shape = { kind: 'string' };

test.each<[string, unknown, Shape, string[]]>([
  ['a text', 'a', string, []],
  ['the empty text', '', string, []],
  ['a number for a text', 1, string, ['$: 1 in place of a string']],
  ['null', null, string, ['$: null, but not declared nullable']],
  ['null that is declared', null, { kind: 'string', nullable: true }, []],
  ['null for anything', null, { kind: 'any' }, []],
  ['nothing for a text', undefined, string, ['$: nothing in place of a string']],
  ['a value of an enumeration', 'a', { kind: 'string', enum: ['a'] }, []],
  ['a value that is none of it', 'b', { kind: 'string', enum: ['a'] }, ['$: "b" is none of a']],
  ['a date', '2026-01-01T00:00:00Z', { kind: 'string', format: 'date-time' }, []],
  ['no date', 'soon', { kind: 'string', format: 'date-time' }, ['$: "soon" in place of a date']],
  ['an integer', 1, { kind: 'integer' }, []],
  ['half of one', 0.5, { kind: 'integer' }, ['$: 0.5 in place of an integer']],
  ['a number', 0.5, { kind: 'number' }, []],
  ['a text for a number', '1', { kind: 'number' }, ['$: "1" in place of a number']],
  ['a number for a boolean', 0, { kind: 'boolean' }, ['$: 0 in place of a boolean']],
  ['nothing', undefined, { kind: 'none' }, []],
  ['something for nothing', {}, { kind: 'none' }, ['$: an object where nothing is declared']],
  ['an open map', { any_key: 1 }, { kind: 'map' }, []],
  ['an array for a map', [], { kind: 'map' }, ['$: an array in place of an object']],
  ['a map of texts', { a: 1 }, { kind: 'map', values: string }, ['$.a: 1 in place of a string']],
  ['an array', ['a', 1], { kind: 'array', items: string }, ['$[1]: 1 in place of a string']],
  ['an object for an array', {}, { kind: 'array', items: string }, ['$: an object in place of an array']],
  ['a list', { data: ['a'], total_count: 1 }, { kind: 'list', items: string }, []],
  ['a list under another name', { rows: [], total_count: 0 }, { kind: 'list', items: string, itemsKey: 'rows' }, []],
  ['a list without a total', { data: [] }, { kind: 'list', items: string }, ['$.total_count: missing']],
  [
    'a list with more',
    { data: [], total_count: 0, next: 1 },
    { kind: 'list', items: string },
    ['$.next: not declared'],
  ],
  ['the first of two', 'a', { kind: 'oneOf', options: [string, { kind: 'integer' }] }, []],
  ['the second of two', 1, { kind: 'oneOf', options: [string, { kind: 'integer' }] }, []],
  ['neither', true, { kind: 'oneOf', options: [string, { kind: 'integer' }] }, ['$: true in place of a string']],
  ['a resource', pet, { ref: 'Pet' }, []],
  ['a resource with what may be absent', { ...pet, tag: 't', chip: 1 }, { ref: 'Pet' }, []],
  ['a resource with more', { ...pet, extra: 1 }, { ref: 'Pet' }, ['$.extra: not declared']],
  ['a resource with less', { object: 'pet', nick: null, owner: null }, { ref: 'Pet' }, ['$.name: missing']],
  [
    'null where it is not declared',
    { ...pet, name: null },
    { ref: 'Pet' },
    ['$.name: null, but not declared nullable'],
  ],
  ['another tag', { ...pet, object: 'cat' }, { ref: 'Pet' }, ['$.object: "cat" in place of pet']],
  [
    'a resource inside',
    { ...pet, owner: { id: 1, age: 2 } },
    { ref: 'Pet' },
    ['$.owner.age: not declared', '$.owner.id: 1 in place of a string'],
  ],
  ['an extended resource', { ...pet, barks: true }, { ref: 'Dog' }, []],
  ['an extended resource with less', pet, { ref: 'Dog' }, ['$.barks: missing']],
  ['a member named like an inherited one', { ...pet, constructor: 1 }, { ref: 'Pet' }, ['$.constructor: not declared']],
])('%s', (_, value, shape, want) => {
  expect(findDifferences(value, shape, schemas)).toEqual(want);
});

test('every shape of the contract can be compared', () => {
  for (const { returns } of contract.operations) {
    for (const shape of [returns.shape, returns.whenPaginated]) {
      if (shape !== undefined) expect(() => findDifferences(undefined, shape, contract.schemas)).not.toThrow();
    }
  }
  for (const name of Object.keys(contract.schemas)) {
    expect(findDifferences({}, { ref: name }, contract.schemas).every((line) => line.endsWith('missing'))).toBe(true);
  }
});
