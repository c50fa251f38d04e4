import { collectCases } from '../conformance/collect.ts';
import { describeConformance } from '../conformance/describe-conformance.ts';
import type { Harness } from '../conformance/harness.ts';
import { RUNTIMES } from './support/runtimes.ts';

/** What a runtime decides before anything of ours runs, by harness and case. */
const EXCEPTIONS: Readonly<Record<string, Harness['exceptions']>> = {
  'Hono on Bun': { E3: 'Bun takes user and password out of an absolute target before anybody sees them' },
  'Hono on workerd': { E3: 'workerd takes user and password out of an absolute target before anybody sees them' },
};

const exceptionsOf = (name: string) => ({ name, exceptions: EXCEPTIONS[name] ?? {} });

const harnesses: readonly Harness[] = RUNTIMES.flatMap(({ name, start, listen }) => [
  { ...exceptionsOf(`Hono on ${name}`), start: (setup) => start('conformance', setup) },
  ...(listen === undefined
    ? []
    : ['Express 5', 'Express 4'].map(
        (harness): Harness => ({
          ...exceptionsOf(`${harness} on ${name}`),
          start: (setup) => listen('express', { ...setup, harness }),
        }),
      )),
]);

describeConformance(harnesses, await collectCases());
