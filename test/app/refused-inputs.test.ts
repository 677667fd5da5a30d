import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEnvironments } from '../../app/loading/load-environments';
import { locateRefusedInputs } from '../../app/refused-inputs';
import { ValidationError } from '../../modules/core';
import { folderContents } from '../support/folder-contents';
import { told } from '../support/problem';
import type { Change } from './full-environment';
import { TemporaryProject } from './temporary-project';
import { wideWith, writeWideFiles } from './wide-environment';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
  writeWideFiles(project);
});
afterEach(() => project.leave());

function writeWide(...changes: readonly Change[]): void {
  project.write('environments/example.yaml', wideWith(...changes));
}

const amazonComponents = (count: number): Change => [
  '    - update-windows\n',
  Array.from({ length: count }, (_, index) => `    - component-${index}\n`).join(''),
];

const manyImages = (count: number): Change => [
  '[docker.io/acme/web:1.4.2]',
  `[docker.io/acme/web:1.4.2, ${Array.from(
    { length: count },
    (_, index) =>
      `111122223333.dkr.ecr.us-east-1.amazonaws.com/${'long-name/'.repeat(15)}r${index}:1`,
  ).join(', ')}]`,
];

const LABELS = Array.from(
  { length: 200 },
  (_, index) => `l${index}: ${'x'.repeat(60)}, ${'y'.repeat(40)}${index}: ${'x'.repeat(60)}`,
).join(', ');

describe('inputs that only a construct refuses', () => {
  it.each<[string, Change, string]>([
    [
      'an address that is none',
      ['team@example.com', 'team'],
      '84:47  `image.notifications.emails[0]` must be an email address such as images@example.com, got: "team"',
    ],
    [
      'a working folder without a name',
      ['workingDirectory: C:\\build', 'workingDirectory: ""'],
      '44:21  `image.workingDirectory` must be 1 to 1024 characters, got: ""',
    ],
    [
      'an empty description of AMIs',
      ['amiDescription: Web nodes', 'amiDescription: ""'],
      '61:21  `image.distribution.amiDescription` must be 1 to 1024 characters, got: ""',
    ],
    [
      'more components than a recipe takes, with the image cache',
      amazonComponents(17),
      '14:5  `image.components` must have between 1 and 20 items, got: 21',
    ],
    [
      'more images than a policy can name',
      manyImages(60),
      '11:1  `image` must have at most 10240 characters in all inline policies, got: many; name fewer images, parameters, keys or statements, or take another role',
    ],
    [
      'more user data than an instance takes',
      ['maxSize: 5\n', `maxSize: 5\n      labels: { ${LABELS} }\n`],
      '90:7  `nodes.groups[0]` must be at most 16384 bytes of user data, got: many; shorten scripts, certificates, labels and arguments, or move scripts and certificates into the AMI with a component',
    ],
  ])('are reported at their key: %s', (_name, change, expected) => {
    writeWide(change);
    const { code, printed, errors } = project.run();
    expect([code, printed]).toEqual([1, []]);
    const text = errors.join('\n').replace(/got: \d{3,};/, 'got: many;');
    expect(text.split('\n')).toEqual([
      `environments/example.yaml:${expected}`,
      '1 problem; nothing was written',
    ]);
    expect(folderContents(project.output)).toBeUndefined();
  });

  it('are none with as many components as a recipe takes', () => {
    writeWide(amazonComponents(16));
    expect(project.run().errors).toEqual([]);
  });
});

describe('locateRefusedInputs', () => {
  const located = (constructPath: string): readonly string[] | undefined => {
    writeWide();
    const { environments } = loadEnvironments('environments');
    const problems = [told(['some', 'input'], 'must be right, got: 1')];
    const error = new ValidationError('Something', constructPath, problems);
    return locateRefusedInputs([error], environments).map(
      ({ line, column, text }) => `${line}:${column}  ${text}`,
    );
  };

  it.each([
    ['Image/Recipe', '11:1  `image`'],
    ['BaseAmi', '11:1  `image`'],
    ['Component-agent/2', '15:7  `image.components[1]`'],
    ['Component-other', '11:1  `image`'],
    ['Image/Distribution', '59:3  `image.distribution`'],
    ['Image/Notifications', '84:3  `image.notifications`'],
    ['Image/Retention', '85:3  `image.retention`'],
  ])('finds the part of the file that %s is made from', (id, place) => {
    expect(located(`example-windows-image/${id}`)).toEqual([`${place} must be right, got: 1`]);
  });

  it.each([
    ['Default/Group-apps/LaunchTemplate', '90:7  `nodes.groups[0]`'],
    ['Default', '87:1  `nodes`'],
    ['Default/Group-other', '87:1  `nodes`'],
    ['Default/NodeRole', '87:1  `nodes`'],
  ])('finds the part of the nodes that %s is made from', (id, place) => {
    expect(located(`example-windows-nodes/${id}`)).toEqual([`${place} must be right, got: 1`]);
  });

  it('takes a construct that is part of no environment for a bug', () => {
    expect(() => located('other-windows-image/Image')).toThrow(
      new Error('bug: other-windows-image/Image is part of no environment'),
    );
  });
});
