// Stands in for vitest where it cannot run itself: its own runner and its own assertions, without its processes and its files.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { fn, spyOn } from '@vitest/spy';
import * as chai from 'chai';

export * from '@vitest/runner';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = Object.assign((value, message) => chai.expect(value, message), {
  ...chai.expect,
  ...globalThis[ASYMMETRIC_MATCHERS_OBJECT],
  getState: () => getState(globalThis[GLOBAL_EXPECT]),
  setState: (state) => setState(state, globalThis[GLOBAL_EXPECT]),
});
globalThis[GLOBAL_EXPECT] = expect;
chai.expect.extend(expect, customMatchers);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

/** Types were checked when the tests were compiled. */
const anything = new Proxy(() => anything, { get: () => anything });
export const expectTypeOf = () => anything;

const spies = new Set();
export const vi = {
  fn,
  spyOn(...parameters) {
    const spy = spyOn(...parameters);
    spies.add(spy);
    return spy;
  },
  restoreAllMocks() {
    for (const spy of spies) spy.mockRestore();
    spies.clear();
  },
};
