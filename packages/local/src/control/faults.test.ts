import { describe, expect, test } from 'vitest';
import { type BackendUnderTest, startForTest } from '../backend-api/start-for-test.ts';
import type { Fault } from '../index.ts';

/** Which of these requests fails. */
const requests: [method: string, path: string][] = [
  ['GET', '/users'],
  ['GET', '/users/count'],
  ['GET', '/users/user_1'],
  ['DELETE', '/users/user_1'],
  ['GET', '/users/user_1/organization_memberships'],
  ['GET', '/organizations'],
];

async function failing(backend: BackendUnderTest): Promise<string[]> {
  const failed = [];
  for (const [method, path] of requests) {
    const { status } = await backend.call(method, path);
    if (status === 503) failed.push(`${method} ${path}`);
  }
  return failed;
}

describe('a fault hits', () => {
  test.each<[string, Fault, string[]]>([
    ['all requests', {}, requests.map((request) => request.join(' '))],
    ['a path', { path: '/v1/users' }, ['GET /users']],
    ['paths by a wildcard', { path: '/v1/users/*' }, requests.slice(1, 5).map((request) => request.join(' '))],
    ['a dot in a path as a dot', { path: '/v1.users' }, []],
    ['a method, in any case', { method: 'delete' }, ['DELETE /users/user_1']],
    ['a path and a method', { path: '/v1/users/user_1', method: 'GET' }, ['GET /users/user_1']],
    ['an operation', { operation: 'users.getUserList' }, ['GET /users']],
    [
      'an operation with a parameter, not one that looks like it',
      { operation: 'users.getUser' },
      ['GET /users/user_1'],
    ],
    ['an operation without one', { operation: 'users.getCount' }, ['GET /users/count']],
    ['an operation by its own method', { operation: 'users.deleteUser' }, ['DELETE /users/user_1']],
    ['an operation and another path never', { operation: 'users.getUser', path: '/v1/organizations' }, []],
    ['nothing at no probability', { probability: 0 }, []],
  ])('%s', async (_, fault, expected) => {
    const backend = await startForTest();
    backend.controls.faults.add({ ...fault, answer: { status: 503 } });
    expect(await failing(backend)).toEqual(expected);
  });

  test('an operation without its version, too', async () => {
    const backend = await startForTest();
    backend.controls.faults.add({ operation: 'apiKeys.verify', answer: { status: 503 } });
    const answer = await backend.fetch('/api_keys/verify', { method: 'POST', body: '{}' });
    expect(answer.status).toBe(503);
  });

  test('the same requests again with the same seed, and others with another', async () => {
    const backend = await startForTest();
    backend.controls.faults.add({ probability: 0.5, answer: { status: 503 } });
    const run = async (seed?: number) => {
      if (seed !== undefined) backend.controls.faults.seed(seed);
      const statuses = [];
      for (let index = 0; index < 32; index++) statuses.push((await backend.call('GET', '/users')).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(0)).toEqual(first);
    expect(await run(7)).not.toEqual(first);
    expect(await run(7)).toEqual(await run(7));
  });
});

describe('a fault is refused', () => {
  test.each<[string, object, RegExp]>([
    ['with a member that it has not', { route: '/v1' }, /no member route/],
    ['with a member of its prototype', { constructor: 1 }, /no member constructor/],
    ['with a path that is none', { path: 'users' }, /path/],
    ['with an operation that is none', { operation: 'users.fly' }, /users\.fly/],
    ['with a method that is none', { method: 7 }, /method/],
    ['with a probability above 1', { probability: 1.5 }, /probability/],
    ['with no number for a probability', { probability: '1' }, /probability/],
    ['that happens half a time', { times: 0.5 }, /times/],
    ['that never happens', { times: 0 }, /times/],
    ['with a latency below nothing', { latencyInMs: -1 }, /latencyInMs/],
    ['with an endless latency', { latencyInMs: Number.POSITIVE_INFINITY }, /latencyInMs/],
    ['with an answer that is none', { answer: 'explode' }, /answer/],
    ['with a status that is none', { answer: { status: 99 } }, /answer/],
    ['with half a status', { answer: { status: 500.5 } }, /answer/],
    ['with a status and more', { answer: { status: 500, body: 'x' } }, /answer/],
    ['with null for an answer', { answer: null }, /answer/],
  ])('%s', async (_, fault, message) => {
    const backend = await startForTest();
    const error = catchError(() => backend.controls.faults.add(fault as Fault));
    expect(error).toMatchObject({ code: 'option-invalid', message: expect.stringMatching(message) });
    expect(backend.controls.faults.list()).toEqual([]);
    const overHttp = await backend.fetch('/_keystile/faults', {
      method: 'POST',
      headers: { authorization: `Bearer ${backend.secretKey}` },
      body: JSON.stringify(fault),
    });
    // JSON has no infinity: it becomes null, which is no number either.
    expect(overHttp.status).toBe(422);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
