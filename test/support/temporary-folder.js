const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Run by jest before all tests: they, CDKTF and the programs they start put temporary files into
 * one folder, which goes at the end. What is found out about a program once is kept there too. CDKTF itself never removes what it makes for a test.
 */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-tests-'));
  process.env.TMPDIR = folder;
  process.env.TOOL_ANSWERS = folder;
  return Promise.resolve();
};

/** Run by jest after all tests. */
module.exports.remove = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
};
