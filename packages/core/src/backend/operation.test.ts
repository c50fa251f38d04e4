import { expect, test } from 'vitest';
import { parseOperation } from './operation.ts';

const usual = {
  literals: ['/things'],
  ids: [],
  fields: [],
  params: 'none',
  body: 'none',
  queryFields: [],
  answer: 'resource',
  listKey: 'data',
  isPaginated: false,
  isPublic: false,
  isMachine: false,
  isRepeatable: false,
  isOnce: false,
};

test.each<[string, object]>([
  ['GET /things', { method: 'GET' }],
  ['GET /things params paginated list', { method: 'GET', params: 'after', isPaginated: true, answer: 'list' }],
  [
    'GET /things params list:rows machine',
    { method: 'GET', params: 'after', answer: 'list', listKey: 'rows', isMachine: true },
  ],
  ['DELETE /things', { method: 'DELETE' }],
  ['POST /things params', { method: 'POST', params: 'after', body: 'json' }],
  ['POST /things params body:array items', { method: 'POST', params: 'after', body: 'array', answer: 'items' }],
  ['PUT /things params body:form', { method: 'PUT', params: 'after', body: 'form' }],
  ['POST /things field:oneThing field:other', { method: 'POST', body: 'json', fields: ['oneThing', 'other'] }],
  [
    'POST /things params query:a_b repeatable',
    { method: 'POST', params: 'after', body: 'json', queryFields: ['a_b'], isRepeatable: true },
  ],
  ['GET /things params once', { method: 'GET', params: 'after', isOnce: true }],
  ['GET /things text public', { method: 'GET', answer: 'text', isPublic: true }],
  ['GET /things/{thingId}', { method: 'GET', literals: ['/things/', ''], ids: ['thingId'] }],
  [
    'PATCH /things/{thingId}/parts/{partId}/x all none',
    {
      method: 'PATCH',
      literals: ['/things/', '/parts/', '/x'],
      ids: ['thingId', 'partId'],
      params: 'all',
      body: 'json',
      answer: 'none',
    },
  ],
])('%s', (line, want) => {
  expect(parseOperation('things.do', line)).toEqual({ ...usual, id: 'things.do', ...want });
});
