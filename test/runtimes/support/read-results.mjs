/**
 * What came out of runs of vitest, from its JSON reports: how many tests passed and failed, for each group and in all, and why.
 * A test that was skipped, and a file or a run without any, count as failed: nothing here may be left out.
 *
 * @param runs - each with its report; its `group` names all of its tests, else they are grouped by the `describe` at the top
 */
export function readResults(runs) {
  const groups = new Map();
  const failures = [];
  let passed = 0;
  for (const { name, group: commonGroup, report } of runs) {
    if (report.testResults.length === 0) failures.push({ name, message: 'There is no report.' });
    for (const { name: file, message, assertionResults } of report.testResults) {
      if (assertionResults.length === 0) failures.push({ name: `${name}: ${file}`, message });
      for (const { ancestorTitles, fullName, status, failureMessages } of assertionResults) {
        const groupName = commonGroup ?? ancestorTitles[0] ?? '';
        const group = groups.get(groupName) ?? { passed: 0, failed: 0 };
        groups.set(groupName, group);
        if (status === 'passed') {
          passed++;
          group.passed++;
        } else {
          group.failed++;
          failures.push({ name: `${name}: ${fullName}`, message: failureMessages.join('\n') || status });
        }
      }
    }
  }
  return { groups, failures, passed, failed: failures.length };
}
