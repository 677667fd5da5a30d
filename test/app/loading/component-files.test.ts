import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatFileProblem, inReadingOrder } from '../../../app/files/file-problem';
import { loadEnvironments } from '../../../app/loading/load-environments';
import { outlineInFile } from '../../support/problem';
import type { Change } from '../full-environment';
import { TemporaryProject } from '../temporary-project';
import { AGENT_FILE, wideWith, writeWideFiles } from '../wide-environment';

const AGENT = 'environments/components/agent.yaml';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
  writeWideFiles(project);
});
afterEach(() => project.leave());

/** What the app says of the wide environment with changes, line by line. */
function errorsWith(...changes: readonly Change[]): string[] {
  project.write('environments/example.yaml', wideWith(...changes));
  const { code, errors } = project.run();
  expect(code).toBe(errors.length === 0 ? 0 : 1);
  return errors.join('\n').split('\n').slice(0, -1);
}

/** What is wrong with the wide environment with changes; every problem is printed. */
function problemsWith(...changes: readonly Change[]): string[] {
  const lines = errorsWith(...changes);
  const problems = inReadingOrder(loadEnvironments('environments').problems);
  expect(lines).toEqual(problems.map(formatFileProblem));
  return problems.map(outlineInFile);
}

/** The last problem as it is printed, for what a message says by the case. */
const lastPrinted = (): string | undefined => project.run().errors.join('\n').split('\n').at(-2);

/** A component file whose steps have as many characters each. */
function longFile(...lengths: readonly number[]): string {
  const steps = lengths.map(
    (length, index) =>
      `      - name: Step${index}\n        action: ExecutePowerShell\n        inputs: { commands: [${'x'.repeat(length)}] }\n`,
  );
  return `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.join('')}`;
}

const NO_PARAMETERS: Change = ['      parameters: { Channel: stable }\n', ''];
const SPLIT: Change = ['whenTooLong: bucket', 'whenTooLong: split'];
const FAIL: Change = ['      whenTooLong: bucket\n', ''];

describe('a component file', () => {
  it('is read from the folder of the environment file', () => {
    expect(errorsWith()).toEqual([]);
    const [environment] = loadEnvironments('environments').environments;
    expect(environment?.documents['components/agent.yaml']?.name).toBe('agent');
  });

  it('may lie in another folder', () => {
    project.write('shared/agent.yml', AGENT_FILE);
    expect(errorsWith(['components/agent.yaml', '../shared/agent.yml'])).toEqual([]);
  });

  it('has to be there', () => {
    project.remove(AGENT);
    expect(problemsWith()).toEqual([
      'environments/example.yaml:15:13  `image.components[1].file` unreadable-component-file: "environments/components/agent.yaml"',
    ]);
    expect(lastPrinted()).toContain(
      ' must name a component file, got: "environments/components/agent.yaml"; it must be readable, ',
    );
  });

  it('has to be UTF-8', () => {
    project.write(AGENT, Buffer.from('\uFEFFname: agent', 'utf16le'));
    expect(problemsWith()).toEqual([
      'environments/example.yaml:15:13  `image.components[1].file` unreadable-component-file: "environments/components/agent.yaml"',
    ]);
  });

  it('is reported with its own place, beside the problems of the environment file', () => {
    project.write(AGENT, AGENT_FILE.replace('name: build', 'name: built'));
    expect(problemsWith(['hostId: h-0123456789abcdef0', 'hostId: h-1'])).toEqual([
      'environments/components/agent.yaml:8:5  `phases[0].name` one-of: "built"',
      'environments/example.yaml:51:13  `image.placement.hostId` h-id: "h-1"',
    ]);
  });

  it('is reported once, however many environments name it', () => {
    project.write(AGENT, 'schemaVersion: 1.0\n');
    project.write('environments/other.yaml', wideWith(['name: example\n', 'name: other\n']));
    expect(problemsWith()).toEqual([
      'environments/components/agent.yaml:1:1  `phases` document-missing-key: nothing',
    ]);
  });

  it('is not read when its path is wrong', () => {
    project.remove(AGENT);
    expect(problemsWith(['components/agent.yaml', 'components/agent'])).toEqual([
      'environments/example.yaml:15:13  `image.components[1].file` component-file: "components/agent"',
    ]);
  });
});

describe('the parameters of a component file', () => {
  it('are those of the document', () => {
    expect(problemsWith(['Channel: stable', 'Chanel: stable'])).toEqual([
      'environments/example.yaml:17:29  `image.components[1].parameters.Chanel` parameter-unknown: "Chanel"',
    ]);
    expect(lastPrinted()).toMatch(/; known are Channel$/);
  });

  it('are given where the document has no default', () => {
    project.write(AGENT, AGENT_FILE.replace('      default: stable\n', ''));
    expect(problemsWith(NO_PARAMETERS)).toEqual([
      'environments/example.yaml:15:7  `image.components[1].parameters.Channel` parameter-missing: nothing',
    ]);
  });

  it('are none for a document without', () => {
    project.write(AGENT, longFile(1));
    expect(problemsWith()).toEqual([
      'environments/example.yaml:17:30  `image.components[1].parameters.Channel` parameter-unknown: "Channel"',
    ]);
    expect(lastPrinted()).toMatch(/; there are none$/);
  });
});

describe('a component file that is too long for a request', () => {
  it('fails unless the environment file says what to do', () => {
    project.write(AGENT, longFile(16_000));
    expect(problemsWith(NO_PARAMETERS, FAIL)).toEqual([
      'environments/example.yaml:15:13  `image.components[1].file` document-length: 16159',
    ]);
    expect(lastPrinted()).toMatch(
      /; set `whenTooLong` to split for several components, or to bucket to keep it in S3$/,
    );
  });

  it('goes to the bucket', () => {
    project.write(AGENT, longFile(16_000));
    expect(errorsWith(NO_PARAMETERS)).toEqual([]);
    const json = project.read('cdktf.out/stacks/example-windows-image/cdk.tf.json');
    expect(json).toContain('windows/documents/example-windows-agent/');
  });

  it('is split over several components', () => {
    project.write(AGENT, longFile(9_000, 9_000));
    expect(errorsWith(NO_PARAMETERS, SPLIT)).toEqual([]);
    const json = project.read('cdktf.out/stacks/example-windows-image/cdk.tf.json');
    expect(json).toContain('"name": "example-windows-agent-2"');
  });

  it('cannot be split within a step, which is reported where the step stands', () => {
    project.write(AGENT, longFile(1, 16_000));
    expect(problemsWith(NO_PARAMETERS, SPLIT)).toEqual([
      `${AGENT}:8:9  \`phases[0].steps[1]\` part-length: 16159`,
    ]);
    expect(lastPrinted()).toMatch(/ in a document of its own, .* \(phase build, step Step1\)$/);
  });
});
