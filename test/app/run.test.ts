import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../app/run';
import { folderContents, listFiles, makeOld, newFiles } from '../support/folder-contents';
import { expectGolden } from '../support/golden';
import { withChanges } from './full-environment';
import { EXAMPLE_TEXT, TemporaryProject } from './temporary-project';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
});
afterEach(() => project.leave());

const named = (name: string): string => EXAMPLE_TEXT.replace('name: example\n', `name: ${name}\n`);

/** Right by every rule of the file; too long only once it is rendered. */
const TOO_MUCH_USER_DATA = EXAMPLE_TEXT.replace(
  'maxSize: 5\n',
  `maxSize: 5\n      kubeletArguments: { feature-gates: "${'x'.repeat(16_384)}" }\n`,
);

/** Puts four problems into two files. */
function writeProblems(): void {
  project.write(
    'environments/a.yaml',
    withChanges(['name: example\n', 'name: env-a\n'], ['minSize: 1', 'minSize: 9']),
  );
  project.write(
    'environments/b.yaml',
    withChanges(
      ['name: example\n', 'name: Env-B\n'],
      ['cron(0 6 ? * SUN *)', 'daily'],
      ['"2022"', '2022'],
    ),
  );
}

describe('run on the example', () => {
  it('returns 0, prints the summary once, and writes one JSON a stack and the manifest', () => {
    const { code, printed, errors } = project.run();
    expect([code, errors, printed.length]).toEqual([0, [], 1]);
    expectGolden('summary/example.txt', `${printed.join('')}\n`);
    expect(listFiles(project.output)).toEqual([
      'manifest.json',
      'stacks/example-windows-image/cdk.tf.json',
      'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
      'stacks/example-windows-nodes/cdk.tf.json',
      'stacks/example-windows-nodes/review/fast-launch-runner-policy.json',
      'stacks/example-windows-nodes/review/user-data/apps.ps1',
    ]);
  });

  it('writes nothing when it runs again', () => {
    project.run();
    makeOld(project.output);
    const before = folderContents(project.output);
    expect(project.run().code).toBe(0);
    expect(folderContents(project.output)).toEqual(before);
  });

  it('writes only the stack that a change concerns', () => {
    project.run();
    makeOld(project.output);
    project.write(
      'environments/example.yaml',
      EXAMPLE_TEXT.replace('shop/web:1.4.2', 'shop/web:1.5.0'),
    );
    expect(project.run().code).toBe(0);
    expect(newFiles(project.output)).toEqual([
      'stacks/example-windows-image/cdk.tf.json',
      'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
    ]);
  });

  it("keeps what Terraform has put into a stack's folder", () => {
    project.run();
    const folder = 'cdktf.out/stacks/example-windows-nodes';
    project.write(`${folder}/.terraform/providers/aws`, 'a program');
    project.write(`${folder}/.terraform.lock.hcl`, 'a lock');
    project.write('environments/example.yaml', EXAMPLE_TEXT.replace('maxSize: 5', 'maxSize: 6'));
    expect(project.run().code).toBe(0);
    expect(project.read(`${folder}/.terraform/providers/aws`)).toBe('a program');
    expect(project.read(`${folder}/.terraform.lock.hcl`)).toBe('a lock');
    expect(project.read(`${folder}/cdk.tf.json`)).toContain('"max_size": 6');
  });
});

describe('run on several environments', () => {
  it('makes two stacks of each, and summarizes them by file name', () => {
    project.write('environments/a.yaml', named('staging'));
    const { code, printed } = project.run();
    expect(code).toBe(0);
    expect(listFiles(project.output)).toEqual([
      'manifest.json',
      'stacks/example-windows-image/cdk.tf.json',
      'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
      'stacks/example-windows-nodes/cdk.tf.json',
      'stacks/example-windows-nodes/review/fast-launch-runner-policy.json',
      'stacks/example-windows-nodes/review/user-data/apps.ps1',
      'stacks/staging-windows-image/cdk.tf.json',
      'stacks/staging-windows-image/review/components/staging-windows-container-image-cache.yaml',
      'stacks/staging-windows-nodes/cdk.tf.json',
      'stacks/staging-windows-nodes/review/fast-launch-runner-policy.json',
      'stacks/staging-windows-nodes/review/user-data/apps.ps1',
    ]);
    const lines = printed.join('').split('\n');
    expect(lines.filter((line) => /^\S/.test(line))).toEqual([
      'staging (environments/a.yaml)',
      'example (environments/example.yaml)',
      'Next, with Terraform, the AWS CLI and credentials:',
    ]);
    expect(lines.slice(-4)).toEqual([
      '  npx cdktf diff staging-windows-image',
      '  npx cdktf deploy staging-windows-image staging-windows-nodes',
      '  npx cdktf diff example-windows-image',
      '  npx cdktf deploy example-windows-image example-windows-nodes',
    ]);
  });

  it('removes the stacks of an environment that is gone, and leaves the others as they are', () => {
    project.write('environments/a.yaml', named('staging'));
    project.run();
    project.write('cdktf.out/stacks/staging-windows-nodes/.terraform/providers/aws', 'a program');
    project.write('cdktf.out/notes.txt', 'mine');
    makeOld(project.output);
    project.remove('environments/a.yaml');
    expect(project.run().code).toBe(0);
    expect(listFiles(project.output)).toEqual([
      'manifest.json',
      'notes.txt',
      'stacks/example-windows-image/cdk.tf.json',
      'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
      'stacks/example-windows-nodes/cdk.tf.json',
      'stacks/example-windows-nodes/review/fast-launch-runner-policy.json',
      'stacks/example-windows-nodes/review/user-data/apps.ps1',
    ]);
    expect(newFiles(project.output)).toEqual(['manifest.json']);
  });
});

describe('run with an output folder that cannot be one', () => {
  it.each([
    ['is a file', 'cdktf.out'],
    ['is in a file', 'cdktf.out/stacks'],
  ])('returns 1 and says so in one line: %s', (_name, outputFolder) => {
    project.write('cdktf.out', 'mine');
    const errors: string[] = [];
    const code = run({
      environmentsFolder: 'environments',
      outputFolder,
      today: '2026-06-01',
      print: () => undefined,
      printError: (text) => errors.push(text),
    });
    expect([code, errors.join('\n').split('\n')]).toEqual([
      1,
      [
        `${outputFolder}:1:1  the folder must be a folder to write to, got: a file; move it away, or name another folder in CDKTF_OUTDIR`,
        '1 problem; nothing was written',
      ],
    ]);
    expect(project.read('cdktf.out')).toBe('mine');
  });
});

describe('run with something in the way inside the output folder', () => {
  it('returns 1 and says in one line what it is, and that the rest may be written', () => {
    project.write('cdktf.out/stacks/example-windows-image', 'mine');
    const { code, printed, errors } = project.run();
    expect([code, printed]).toEqual([1, []]);
    expect(errors.join('\n').split('\n')).toEqual([
      'cdktf.out/stacks/example-windows-image:1:1  the file must be written, got: a file; see who may write there, or name another folder in CDKTF_OUTDIR',
      '1 problem; the output folder may be new in part',
    ]);
    expect(project.read('cdktf.out/stacks/example-windows-image')).toBe('mine');
  });
});

describe('run on files with problems', () => {
  it('returns 1 and prints every problem of every file with its place', () => {
    writeProblems();
    const { code, printed, errors } = project.run();
    expect([code, printed]).toEqual([1, []]);
    expect(errors.join('\n').split('\n')).toEqual([
      'environments/a.yaml:25:16  `nodes.groups[0].minSize` must be at most `maxSize` (5), got: 9; lower it, or raise `maxSize`',
      'environments/b.yaml:1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "Env-B"',
      'environments/b.yaml:8:20  `windows.server` must be text, got: 2022; put it in quotes: "2022"',
      'environments/b.yaml:16:21  `image.schedule.cron` must be a schedule such as "cron(0 6 ? * SUN *)" or "rate(7 days)", got: "daily"',
      '4 problems; nothing was written',
    ]);
  });

  it('counts a single one', () => {
    project.write('environments/example.yaml', named('Example'));
    const { code, errors } = project.run();
    expect([code, errors.join('').split('\n').slice(1)]).toEqual([
      1,
      ['1 problem; nothing was written'],
    ]);
  });

  it('makes no output folder', () => {
    writeProblems();
    expect(project.run().code).toBe(1);
    expect(folderContents(project.output)).toBeUndefined();
  });

  it('leaves an output folder as it was, although the example has changed too', () => {
    project.run();
    makeOld(project.output);
    const before = folderContents(project.output);
    writeProblems();
    project.write('environments/example.yaml', EXAMPLE_TEXT.replace('maxSize: 5', 'maxSize: 6'));
    expect(project.run().code).toBe(1);
    expect(folderContents(project.output)).toEqual(before);
  });
});

describe('run on what only a construct can refuse', () => {
  it('reports it, and writes nothing', () => {
    project.run();
    makeOld(project.output);
    const before = folderContents(project.output);
    project.write('environments/a.yaml', named('staging'));
    project.write('environments/example.yaml', TOO_MUCH_USER_DATA);
    const { code, printed, errors } = project.run();
    expect([code, printed]).toEqual([1, []]);
    const line = TOO_MUCH_USER_DATA.split('\n').indexOf('    - name: apps') + 1;
    expect(
      errors
        .join('\n')
        .replace(/got: \d+;/, 'got: many;')
        .split('\n'),
    ).toEqual([
      `environments/example.yaml:${line}:7  \`nodes.groups[0]\` must be at most 16384 bytes of user data, got: many; shorten scripts, certificates, labels and arguments, or move scripts and certificates into the AMI with a component`,
      '1 problem; nothing was written',
    ]);
    expect(folderContents(project.output)).toEqual(before);
  });

  it('makes no output folder', () => {
    project.write('environments/example.yaml', TOO_MUCH_USER_DATA);
    expect(project.run().code).toBe(1);
    expect(folderContents(project.output)).toBeUndefined();
  });
});

describe('run on an error that is no problem of a file', () => {
  it('throws it, and does not print it as one', () => {
    const printed: string[] = [];
    const options = {
      environmentsFolder: 'environments',
      outputFolder: 'cdktf.out',
      today: '2026-06-01',
      print: () => {
        throw new Error('the terminal is closed');
      },
      printError: (text: string) => printed.push(text),
    };
    expect(() => run(options)).toThrow(new Error('the terminal is closed'));
    expect(printed).toEqual([]);
  });
});
