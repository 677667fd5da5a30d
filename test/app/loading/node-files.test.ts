import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatFileProblem, inReadingOrder } from '../../../app/files/file-problem';
import { loadEnvironments } from '../../../app/loading/load-environments';
import { FAKE_CERTIFICATE } from '../../modules/eks-windows-nodes/fake-certificates';
import { outlineInFile } from '../../support/problem';
import { withChanges } from '../full-environment';
import { TemporaryProject } from '../temporary-project';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
});
afterEach(() => project.leave());

const KEYS = `      preBootstrapScript: { file: scripts/before.ps1 }
      postBootstrapScript: { file: ../shared/after.ps1 }
      trustedCertificates: [{ file: certificates/ca.pem }]
`;

function writeEnvironment(): void {
  project.write(
    'environments/example.yaml',
    withChanges(['      maxSize: 5\n', `      maxSize: 5\n${KEYS}`]),
  );
}

function errors(): string[] {
  const { code, errors: lines } = project.run();
  expect(code).toBe(1);
  return lines.join('\n').split('\n').slice(0, -1);
}

/** What is wrong with the files, all of which is printed. */
function problems(): string[] {
  const found = inReadingOrder(loadEnvironments('environments').problems);
  expect(errors()).toEqual(found.map(formatFileProblem));
  return found.map(outlineInFile);
}

describe('the scripts and certificates that a group names', () => {
  it('stand in the user data', () => {
    writeEnvironment();
    project.write('environments/scripts/before.ps1', '\uFEFFWrite-Output "${env:TEMP}"\r\n');
    project.write('shared/after.ps1', 'Write-Output joined\n');
    project.write('environments/certificates/ca.pem', FAKE_CERTIFICATE);
    expect(project.run()).toMatchObject({ code: 0, errors: [] });
    const text = project.read('cdktf.out/stacks/example-windows-nodes/review/user-data/apps.ps1');
    expect(text).toContain('  & {\nWrite-Output "${env:TEMP}"\n  }\n');
    expect(text).toContain('  & {\nWrite-Output joined\n  }\n');
    expect(text).toContain("  $certificates = @(\n    'MII");
    expect(text).not.toContain('\r');
  });

  it('are reported where they are named when they cannot be read', () => {
    writeEnvironment();
    expect(errors()).toEqual(
      [
        ['27:35', 'preBootstrapScript', 'environments/scripts/before.ps1'],
        ['28:36', 'postBootstrapScript', 'shared/after.ps1'],
        ['29:37', 'trustedCertificates[0]', 'environments/certificates/ca.pem'],
      ].map(
        ([place, key, file]) =>
          `environments/example.yaml:${place}  \`nodes.groups[0].${key}.file\` must name a file, got: "${file}"; it must be readable, got: nothing there; check that it is a file and who may read it`,
      ),
    );
  });

  it('are reported in their own file when their text is wrong', () => {
    writeEnvironment();
    project.write('environments/scripts/before.ps1', 'Write-Output "</powershell>"');
    project.write('shared/after.ps1', 'Write-Output "${TfToken[TOKEN.1]}"');
    project.write('environments/certificates/ca.pem', 'none');
    expect(problems()).toEqual([
      'environments/certificates/ca.pem:1:1  `` certificate-missing: "4 characters without one"',
      'environments/scripts/before.ps1:1:15  `` script-agent-tag: "</powershell>"',
      'shared/after.ps1:1:1  `` place-holder: "Write-Output \\"${TfToken[TOKEN.1]}\\""',
    ]);
  });

  it('are reported at the line of a script that is wrong', () => {
    writeEnvironment();
    project.write(
      'environments/scripts/before.ps1',
      'Write-Output a\r\n  using module X\r\n# caf\u00e9\r\n',
    );
    project.write('shared/after.ps1', '\n');
    project.write('environments/certificates/ca.pem', FAKE_CERTIFICATE);
    expect(problems()).toEqual([
      'environments/scripts/before.ps1:2:3  `` script-using: "using module X"',
      'environments/scripts/before.ps1:3:6  `` script-ascii: "\u00e9"',
      'shared/after.ps1:1:1  `` script-text: "\\n"',
    ]);
  });

  it('are too long together with a message at the group', () => {
    writeEnvironment();
    project.write('environments/scripts/before.ps1', `# ${'x'.repeat(16_384)}`);
    project.write('shared/after.ps1', 'Write-Output joined');
    project.write('environments/certificates/ca.pem', FAKE_CERTIFICATE);
    expect(errors().join('\n')).toMatch(
      /^environments\/example\.yaml:22:7 {2}`nodes\.groups\[0\]` must be at most 16384 bytes of user data, got: \d+; shorten scripts, certificates, labels and arguments, or move scripts and certificates into the AMI with a component$/,
    );
  });
});

describe('the policies that an existing role needs', () => {
  it('lie beside the stack for the owner of the role', () => {
    project.write(
      'environments/example.yaml',
      withChanges(
        ['      maxSize: 5\n', '      maxSize: 5\n      failedBootstrap: replace\n'],
        [
          '  ami: built\n',
          '  ami: built\n  access: { roleArn: "arn:aws:iam::111122223333:role/n" }\n',
        ],
      ),
    );
    expect(project.run()).toMatchObject({ code: 0, errors: [] });
    const file =
      'cdktf.out/stacks/example-windows-nodes/review/policies-to-add/answer-bootstrap-hooks.json';
    expect(JSON.parse(project.read(file))).toMatchObject({
      Statement: [{ Action: 'autoscaling:CompleteLifecycleAction' }],
    });
  });
});
