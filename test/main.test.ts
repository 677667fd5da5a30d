import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EXAMPLE_TEXT, TemporaryProject } from './app/temporary-project';
import { fileTexts, listFiles } from './support/folder-contents';
import { expectGolden } from './support/golden';
import { ROOT, runNode } from './support/run-node';

/** Starting a program may take long when the machine is busy. */
const LIMIT_MS = 600_000;

const MAIN = join(ROOT, 'main.ts');

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
});
afterEach(() => project.leave());

describe('main.ts, with neither Terraform nor the AWS CLI on the PATH', () => {
  it(
    'reads environments and writes cdktf.out in the current folder, where variables are empty too',
    () => {
      const variables = { ENVIRONMENTS_DIR: '', CDKTF_OUTDIR: '' };
      const { status, stdout, stderr } = runNode(MAIN, project.folder, variables);
      expect([status, stderr]).toEqual([0, '']);
      // Notes depend on the day.
      expectGolden('summary/example.txt', stdout.replace(/^ {2}(?:note|warning): .*\n/gm, ''));
      const files = fileTexts(project.output);
      project.run();
      expect(fileTexts(project.output)).toEqual(files);
    },
    LIMIT_MS,
  );

  it(
    'reads and writes the folders that ENVIRONMENTS_DIR and CDKTF_OUTDIR name',
    () => {
      const folders = {
        ENVIRONMENTS_DIR: join(project.folder, 'environments'),
        CDKTF_OUTDIR: join(project.folder, 'other'),
      };
      const { status, stdout, stderr } = runNode(MAIN, ROOT, folders);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout.split('\n')[0]).toBe(`example (${project.folder}/environments/example.yaml)`);
      expect(stdout).toContain(
        `${relative(ROOT, folders.CDKTF_OUTDIR)}/stacks/example-windows-nodes/cdk.tf.json\n`,
      );
      expect(listFiles(folders.CDKTF_OUTDIR)).toEqual([
        'manifest.json',
        'stacks/example-windows-image/cdk.tf.json',
        'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
        'stacks/example-windows-nodes/cdk.tf.json',
        'stacks/example-windows-nodes/review/fast-launch-runner-policy.json',
        'stacks/example-windows-nodes/review/user-data/apps.ps1',
      ]);
    },
    LIMIT_MS,
  );

  it(
    'prints problems to stderr, writes nothing and exits with 1',
    () => {
      project.write('wrong/a.yaml', EXAMPLE_TEXT.replace('region: us-east-1\n', 'region: x\n'));
      const folders = { ENVIRONMENTS_DIR: 'wrong', CDKTF_OUTDIR: 'other' };
      const { status, stdout, stderr } = runNode(MAIN, project.folder, folders);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr.replace(/^wrong\/a\.yaml:\d+:9 /, '')).toBe(
        ' `region` must be an AWS Region code such as us-east-1, got: "x"\n' +
          '1 problem; nothing was written\n',
      );
      expect(listFiles(project.folder)).toEqual(['environments/example.yaml', 'wrong/a.yaml']);
    },
    LIMIT_MS,
  );
});
