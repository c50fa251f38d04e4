/**
 * What came out of runs of vitest, from its JSON reports.
 *
 * A group is what a `describe` at the top holds. A test that was skipped, and a file without a test, count as failed: nothing
 * here may be left out.
 */
export function readResults(reports) {
  const groups = new Map();
  let passed = 0;
  let failed = 0;
  if (reports.some(({ testResults }) => testResults.length === 0)) failed++;
  for (const { assertionResults, status } of reports.flatMap(({ testResults }) => testResults)) {
    const wereFailures = failed;
    for (const { ancestorTitles, status } of assertionResults) {
      const name = (ancestorTitles[0] ?? '').replaceAll("'", '');
      const group = groups.get(name) ?? { passed: 0, failed: 0 };
      groups.set(name, group);
      if (status === 'passed') {
        passed++;
        group.passed++;
      } else {
        failed++;
        group.failed++;
      }
    }
    if (status === 'failed' && failed === wereFailures) failed++;
  }
  return { groups, passed, failed };
}
