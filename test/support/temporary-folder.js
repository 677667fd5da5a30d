const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Run by jest before all tests: they, CDKTF and the programs they start put temporary files into
 * one folder, which goes at the end. CDKTF itself never removes what it makes for a test.
 */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-tests-'));
  process.env.TMPDIR = folder;
  return Promise.resolve();
};

/** Run by jest after all tests. */
module.exports.remove = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
};
