import { expect, test } from 'vitest';
import { inGroups } from './in-groups.ts';

/** Work that the test lets end, run by run. */
function controlled() {
  const runs: { end: () => void; fail: (error: Error) => void }[] = [];
  const work = () => new Promise<void>((end, fail) => runs.push({ end, fail }));
  return { runs, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the first who asks is served at once, all who come meanwhile by one more run', async () => {
  const { runs, work } = controlled();
  const ask = inGroups(work);
  const done: number[] = [];
  const calls = [0, 1, 2, 3].map((caller) => ask().then(() => done.push(caller)));
  expect(runs).toHaveLength(1);
  runs[0]?.end();
  await turn();
  // Those that came after the first run had begun are not content with it.
  expect(done).toEqual([0]);
  expect(runs).toHaveLength(2);
  runs[1]?.end();
  await Promise.all(calls);
  expect(done).toEqual([0, 1, 2, 3]);
  expect(runs).toHaveLength(2);
});

test('who asks while the group waits joins it; who asks after it has begun is in the next', async () => {
  const { runs, work } = controlled();
  const ask = inGroups(work);
  const first = ask();
  const second = ask();
  runs[0]?.end();
  await first;
  await turn();
  const third = ask();
  runs[1]?.end();
  await second;
  await turn();
  expect(runs).toHaveLength(3);
  runs[2]?.end();
  await third;
});

test('a run that fails is heard of by those it was for, and by nobody else', async () => {
  const { runs, work } = controlled();
  const ask = inGroups(work);
  const first = ask();
  const second = ask();
  runs[0]?.fail(new Error('disk'));
  await expect(first).rejects.toThrow('disk');
  await turn();
  runs[1]?.end();
  await second;
  const third = ask();
  runs[2]?.fail(new Error('disk'));
  await expect(third).rejects.toThrow('disk');
});

test('nothing is kept running when nobody asks', async () => {
  const { runs, work } = controlled();
  const ask = inGroups(work);
  const only = ask();
  runs[0]?.end();
  await only;
  await turn();
  expect(runs).toHaveLength(1);
});
