import { describe, expect, it } from 'vitest';
import { QUERY, readQuery } from './query.ts';

describe('readQuery', () => {
  it.each([
    ['no query', '/page', undefined],
    ['empty query', '/page?', undefined],
    ['nothing of ours', '/page?a=1&b=2', undefined],
    ['ours in the path', '/__clerk_synced', undefined],
    ['ours', '/page?a=1&__clerk_synced=true', 'true'],
    ['ours, without a value', '/page?__clerk_synced', ''],
    ['ours, the name encoded', '/page?%5F%5Fclerk_synced=true', 'true'],
    ['ours, fully encoded', '/page?__c%6Cerk_synced=true', 'true'],
    ['another encoded', '/page?x=%20', null],
    ['of several the first', '/page?__clerk_synced=a&__clerk_synced=b', 'a'],
    ['a second question mark', '/page?a=?__clerk_synced=true', null],
  ])('%s', (_, target, want) => {
    const query = readQuery(target);
    expect(query === undefined ? undefined : query.get(QUERY.synced)).toBe(want);
  });
});
