import { it } from 'vitest';
import { collectCases, collectHarnesses } from './collect.ts';
import { describeConformance } from './describe-conformance.ts';

const harnesses = await collectHarnesses();
const cases = await collectCases();

describeConformance(harnesses, cases);

it('no harness is excepted from a case that does not exist', ({ expect }) => {
  const ids = new Set(cases.map(({ id }) => id));
  expect(harnesses.flatMap(({ exceptions = {} }) => Object.keys(exceptions)).filter((id) => !ids.has(id))).toEqual([]);
  expect(ids.size).toBe(cases.length);
});
