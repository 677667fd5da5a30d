/**
 * Names what was skipped and why, and closes the run with one plain line:
 * `N passed, N failed, N skipped`. A suite that cannot even start counts as one failure.
 */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const reasons = new Set();
    for (const { testResults } of results.testResults) {
      for (const { status, ancestorTitles } of testResults) {
        const titles = status === 'pending' ? ancestorTitles : [];
        for (const title of titles) {
          const reason = /\(skipped: (.*)\)$/.exec(title)?.[1];
          if (reason !== undefined) reasons.add(reason);
        }
      }
    }
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const lines = [...reasons].map((reason) => `skipped: ${reason}`);
    const count = `${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`;
    process.stdout.write(`${[...lines, count].join('\n')}\n`);
  }
};
