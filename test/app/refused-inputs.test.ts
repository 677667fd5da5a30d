import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FileProblem, formatFileProblem, inReadingOrder } from '../../app/files/file-problem';
import { loadEnvironments } from '../../app/loading/load-environments';
import { locateRefusedInputs, stackProblems } from '../../app/refused-inputs';
import { synthesize } from '../../app/synthesize';
import { problem, ValidationError } from '../../modules/core';
import { folderContents } from '../support/folder-contents';
import { outline, outlineInFile } from '../support/problem';
import { type Change, FULL_ENVIRONMENT, withChanges } from './full-environment';
import { TemporaryProject } from './temporary-project';
import { WIDE_FILES, wideWith, writeWideFiles } from './wide-environment';

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

/** What the files say wrongly, or else what the constructs refuse of it. */
function problemsInFiles(): readonly FileProblem[] {
  const { environments, problems } = loadEnvironments('environments');
  if (problems.length > 0) return problems;
  const result = synthesize(environments, project.output);
  return locateRefusedInputs('refused' in result ? result.refused : [], environments);
}

describe('inputs that no field of the file refuses by itself', () => {
  it.each<[string, Change, string]>([
    [
      'an address that is none',
      ['team@example.com', 'team'],
      '84:47  `image.notifications.emails[0]` email: "team"',
    ],
    [
      'a working folder without a name',
      ['workingDirectory: C:\\build', 'workingDirectory: ""'],
      '44:21  `image.workingDirectory` working-directory: ""',
    ],
    [
      'an empty description of AMIs',
      ['amiDescription: Web nodes', 'amiDescription: ""'],
      '61:21  `image.distribution.amiDescription` ami-description: ""',
    ],
    [
      'more components than a recipe takes, with the image cache',
      amazonComponents(17),
      '14:5  `image.components` list-length: 21',
    ],
    [
      'more images than a policy can name',
      manyImages(60),
      '11:1  `image` inline-policies-length: many',
    ],
    [
      'more user data than an instance takes',
      ['maxSize: 5\n', `maxSize: 5\n      labels: { ${LABELS} }\n`],
      '90:7  `nodes.groups[0]` user-data-length: many',
    ],
  ])('are reported at their key: %s', (_name, change, expected) => {
    writeWide(change);
    const { code, printed, errors } = project.run();
    expect([code, printed]).toEqual([1, []]);
    const [line, ...more] = errors.join('\n').split('\n');
    expect(more).toEqual(['1 problem; nothing was written']);
    expect(folderContents(project.output)).toBeUndefined();
    const problems = problemsInFiles();
    expect(problems.map(formatFileProblem)).toEqual([line]);
    expect(problems.map((one) => outlineInFile(one).replace(/: \d{3,}$/, ': many'))).toEqual([
      `environments/example.yaml:${expected}`,
    ]);
  });

  it('say which of the roles has too long policies', () => {
    const keys = Array.from({ length: 160 }, (_, index) => `${'k'.repeat(40)}${index}`);
    const arns = keys.map((key) => `"arn:aws:kms:us-east-1:111122223333:key/${key}"`);
    writeWide(['kmsKeyArns: [', `kmsKeyArns: [${arns.join(', ')}, `]);
    expect(
      problemsInFiles().map(({ text }) => /policies of the role (".*?")/.exec(text)?.[1]),
    ).toEqual([
      '"Build and test instances of EC2 Image Builder"',
      '"EC2 Image Builder, building and distributing AMIs"',
    ]);
  });

  it('are none with as many components as a recipe takes', () => {
    writeWide(amazonComponents(16));
    expect(project.run().errors).toEqual([]);
  });
});

describe('locateRefusedInputs', () => {
  const located = (constructPath: string, ...path: readonly string[]): readonly string[] => {
    writeWide();
    const { environments } = loadEnvironments('environments');
    const input = path.length === 0 ? ['some', 'input'] : path;
    const problems = [problem('test-rule', input, 'be right', undefined)];
    const error = new ValidationError('Something', constructPath, problems);
    return locateRefusedInputs([error], environments).map(
      (one) => `${one.line}:${one.column}  ${outline(one)}`,
    );
  };

  it.each([
    ['Image/Recipe', '11:1  `image`'],
    ['BaseAmi', '10:1  `windows`'],
    ['Component-agent/2', '15:7  `image.components[1]`'],
    ['Component-other', '11:1  `image`'],
    ['Image/Distribution', '59:3  `image.distribution`'],
    ['Image/Notifications', '84:3  `image.notifications`'],
    ['Image/Retention', '85:3  `image.retention`'],
  ])('finds the part of the file that %s is made from', (id, place) => {
    expect(located(`example-windows-image/${id}`)).toEqual([`${place} test-rule: nothing`]);
  });

  it.each([
    ['Default/Group-apps/LaunchTemplate', '90:7  `nodes.groups[0]`'],
    ['Default', '87:1  `nodes`'],
    ['Default/Group-other', '87:1  `nodes`'],
    ['Default/NodeRole', '87:1  `nodes`'],
  ])('finds the part of the nodes that %s is made from', (id, place) => {
    expect(located(`example-windows-nodes/${id}`)).toEqual([`${place} test-rule: nothing`]);
  });

  it.each([
    ['image/Image', 'baseImage', 'image.base'],
    ['image/Image/Recipe', 'parentImage', 'image.base'],
    ['image/BaseAmi', 'kubernetesVersion', 'cluster.kubernetesVersion'],
    ['image/Image', 'windowsServer', 'windows.server'],
    ['image/Image', 'region', 'region'],
    ['image/Image', 'tags', 'tags'],
    ['image/Image', 'name', 'name'],
    ['image/Image', 'iam', 'iam'],
    ['nodes/Default/Group-apps', 'excludedSnatCidrs', 'nodes.excludedSnatCidrs'],
    ['nodes/WindowsSupport', 'mode', 'cluster.windowsSupport.mode'],
    ['nodes/Default/FastLaunch', 'targetResourceCount', 'fastLaunch.targetResourceCount'],
    ['image/FastLaunchTemplate', 'subnetId', 'fastLaunch.subnetId'],
    ['nodes/EksAmi', 'release', 'windows.release'],
  ])('finds the key of %s: %s', (construct, prop, key) => {
    const [, stack = '', rest = ''] = /^(\w+)\/(.*)$/.exec(construct) ?? [];
    const [found = ''] = located(`example-windows-${stack}/${rest}`, prop);
    expect(found).toContain(`\`${key}\` test-rule`);
  });

  it('tells all that one construct says of a value, and not what the next one says again', () => {
    writeWide();
    const { environments } = loadEnvironments('environments');
    const refusal = (path: string, ...ids: readonly string[]) =>
      new ValidationError(
        'Something',
        `example-windows-image/${path}`,
        ids.map((id) => problem(id, ['rootVolumeGiB'], 'be right', 1)),
      );
    const refused = [
      refusal('Image', 'first', 'second'),
      refusal('Image/Recipe', 'first', 'third'),
    ];
    expect(locateRefusedInputs(refused, environments).map(outline)).toEqual([
      '`image.rootVolumeGiB` first: 1',
      '`image.rootVolumeGiB` second: 1',
    ]);
  });

  it('takes a construct that is part of no environment for a bug', () => {
    expect(() => located('other-windows-image/Image')).toThrow(
      new Error('bug: other-windows-image/Image is part of no environment'),
    );
  });
});

const GROUP = 'sg-0123456789abcdef0';
const MANY_TAGS = Array.from({ length: 31 }, (_, index) => `k${index}: v`).join(', ');
const CACHED_IMAGES = FULL_ENVIRONMENT.replace(
  /^[\s\S]*?( {2}cachedImages:\n(?: {4}- .*\n)*)[\s\S]*$/,
  '$1',
);
const withWindowsSupport = (keys: string): Change => [
  'kubernetesVersion: "1.35" }',
  `kubernetesVersion: "1.35", windowsSupport: { ${keys} } }`,
];

describe('a file with a mistake', () => {
  const printed = (text: string): string[] => {
    project.write('environments/example.yaml', text);
    const { environments, problems } = loadEnvironments('environments');
    const all = [...problems, ...environments.flatMap(stackProblems)];
    return inReadingOrder(all).map(outlineInFile);
  };
  const whole = (...changes: readonly Change[]): string[] => printed(withChanges(...changes));
  const IMAGE = '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.2';

  it.each<[string, Change, string]>([
    ['no Region', ['region: us-east-1\n', ''], '`region` missing-key: nothing'],
    ['a key written wrongly', ['\nimage:', '\nimag:'], '`imag` unknown-key: "imag"'],
    ['no type', ['[m7i.xlarge]\n      minSize', '[]\n      minSize'], 'Types` list-length: 0'],
    ['an image twice', [`- ${IMAGE}`, `- ${IMAGE}\n    - ${IMAGE}`], `[2]\` unique: "${IMAGE}"`],
    [
      'nobody to tell',
      ['  buildOnApply', '  notifications: {}\n  buildOnApply'],
      'receiver-missing',
    ],
    ['null for keys', ['  buildOnApply', '  notifications: null\n  buildOnApply'], 'empty-value'],
    [
      'a number alone',
      ['  buildOnApply', '  retention: { keep: 3 }\n  buildOnApply'],
      'keep-without',
    ],
    [
      'a target that is none',
      ['  buildOnApply', '  distribution: { targets: [eu-west-1] }\n  buildOnApply'],
      '`image.distribution.targets[0]` wrong-type: "eu-west-1"',
    ],
    [
      'a type that is none, with weights',
      [
        '[m7i.xlarge]\n      minSize',
        '[null]\n      weightedCapacities: { m7i.xlarge: 1 }\n      minSize',
      ],
      '`nodes.groups[0].instanceTypes[0]` empty-value: null',
    ],
    [
      'of the base AMI',
      ['release: latest', 'release: newest'],
      '`windows.release` ami-release: "newest"',
    ],
    [
      'of Windows support',
      withWindowsSupport('mode: check, addonVersion: v1.20.4-eksbuild.1'),
      'addonVersion` vpc-cni-in-check-mode',
    ],
    [
      'of Windows support whose mode is missing',
      withWindowsSupport('addonVersion: v1'),
      '`cluster.windowsSupport.mode` missing-key',
    ],
    [
      'of the add-on',
      withWindowsSupport('mode: manage, vpcCni: { warmPrefixTarget: 2 }'),
      '`cluster.windowsSupport.vpcCni.warmPrefixTarget`',
    ],
    [
      'of Fast Launch',
      ['fastLaunch: {', `fastLaunch: { securityGroupIds: [${GROUP}, ${GROUP}],`],
      `\`fastLaunch.securityGroupIds[1]\` unique: "${GROUP}"`,
    ],
    [
      'of Fast Launch by Image Builder',
      [
        'fastLaunch: {',
        `fastLaunch: { method: distribution, securityGroupIds: [${GROUP}, ${GROUP}],`,
      ],
      `\`fastLaunch.securityGroupIds[1]\` unique: "${GROUP}"`,
    ],
    [
      'of all groups',
      ['  ami: built', '  excludedSnatCidrs: [10.0.0.0/8, 10.0.0.0/8]\n  ami: built'],
      '`nodes.excludedSnatCidrs[1]` unique: "10.0.0.0/8"',
    ],
    ['of all tags', ['{ owner: platform }', `{ ${MANY_TAGS} }`], '`tags` tag-count: 31'],
    [
      'a value that is the same word as its key',
      ['server: "2022"', 'server: server'],
      '`windows.server` one-of: "server"',
    ],
    ['a Region called so', ['region: us-east-1', 'region: region'], '`region` region: "region"'],
    [
      'keys of tags that are none',
      ['{ owner: platform }', '{ "cost#center": a }'],
      '`tags["cost#center"]` tag-key: "cost#center"',
    ],
    [
      'a base that is none',
      ['  rootVolumeGiB', '  base: eks-optimised\n  rootVolumeGiB'],
      '`image.base` alternative: "eks-optimised"',
    ],
    [
      'a key of a volume, for which the build needs rights',
      ['  rootVolumeGiB', '  rootVolume: { kmsKeyId: my-key }\n  rootVolumeGiB'],
      '`image.rootVolume.kmsKeyId`',
    ],
    [
      'a Region twice, where AMIs are retired',
      [
        '  rootVolumeGiB',
        '  retention: { older: delete }\n  distribution: { targets: [{ region: eu-west-1 }, { region: eu-west-1 }] }\n  rootVolumeGiB',
      ],
      '`image.distribution.targets[1].region`',
    ],
    [
      'a parameter that is there anyhow',
      [
        '  rootVolumeGiB',
        '  distribution: { targets: [{ region: us-east-1, amiParameters: [{ name: /imagebuilder/example-windows/ami-id }] }] }\n  rootVolumeGiB',
      ],
      '`image.distribution.targets[0].amiParameters[0].name`',
    ],
    [
      'a prefix that makes all names too long',
      ['\nimage:', `\niam: { namePrefix: ${'x'.repeat(50)} }\nimage:`],
      '`name` role-name',
    ],
    [
      'a choice written wrongly, without which another key may not be',
      ['  rootVolumeGiB', '  retention: { oldr: delete, keep: 3 }\n  rootVolumeGiB'],
      '`image.retention.oldr` unknown-key',
    ],
    [
      'a list written wrongly, without which there is nobody to tell',
      ['  rootVolumeGiB', '  notifications: { email: [a@example.com] }\n  rootVolumeGiB'],
      '`image.notifications.email` unknown-key',
    ],
    [
      'an ARN that is a number',
      ['  rootVolumeGiB', '  components: [{ arn: 5 }]\n  rootVolumeGiB'],
      '`image.components[0].arn` wrong-type: 5',
    ],
    ['nothing to build', [CACHED_IMAGES, ''], '`image.cachedImages` something-to-build-in-file: 0'],
    [
      'a true or false that another key needs',
      withWindowsSupport('mode: manage, vpcCni: { prefixDelegation: "yes", warmPrefixTarget: 2 }'),
      '`cluster.windowsSupport.vpcCni.prefixDelegation` wrong-type: "yes"',
    ],
    [
      'a true or false written wrongly that another key needs',
      withWindowsSupport('mode: manage, vpcCni: { prefixDelegaton: true, warmPrefixTarget: 2 }'),
      '`cluster.windowsSupport.vpcCni.prefixDelegaton` unknown-key',
    ],
    [
      'the former name of a key',
      ['fastLaunch: {', 'fastLaunch: { keyGrant: { arn: "my-key" },'],
      '`fastLaunch.keyGrant.arn` unknown-key: "arn"',
    ],
    [
      'a weight under a key that is no type',
      ['      maxSize: 5', '      maxSize: 5\n      weightedCapacities: { m7ixlarge: 1 }'],
      '`nodes.groups[0].weightedCapacities.m7ixlarge`',
    ],
    [
      'iops out of their range, with which a throughput has to go',
      ['  buildOnApply', '  rootVolume: { iops: 100, throughput: 900 }\n  buildOnApply'],
      '`image.rootVolume.iops` integer-range: 100',
    ],
    [
      'a type twice beside a warm pool',
      [
        '[m7i.xlarge]\n      minSize',
        '[m7i.xlarge, m7i.xlarge]\n      warmPool: {}\n      minSize',
      ],
      '`nodes.groups[0].instanceTypes[1]` unique: "m7i.xlarge"',
    ],
    [
      'a blank in the only image of a registry with a login',
      [
        `    - ${IMAGE}`,
        '    - "quay.io/acme/web :1"\n  registryCredentials: { quay.io: "arn:aws:secretsmanager:us-east-1:111122223333:secret:quay-AbCdEf" }',
      ],
      '`image.cachedImages[1]` image-reference: "quay.io/acme/web :1"',
    ],
    [
      'a type that no node can have, without CPU credits',
      ['[m7i.xlarge]\n      minSize', '[m4.xlarge]\n      cpuCredits: standard\n      minSize'],
      '`nodes.groups[0].instanceTypes[0]` eks-windows-type: "m4.xlarge"',
    ],
  ])('tells it once: %s', (_name, change, expected) => {
    expect(whole(change)).toEqual([expect.stringContaining(expected)]);
  });

  const problemsOfWide = (...changes: readonly Change[]): string[] =>
    printed(wideWith(['amiDescription: Web nodes', 'amiDescription: ""'], ...changes)).map((one) =>
      one.replace(/^.*? {2}/, ''),
    );
  const DESCRIPTION = '`image.distribution.amiDescription` ami-description: ""';
  const ARN = 'arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x';

  it.each<[string, Change, string]>([
    ['an ARN that is none', [ARN, 'bad'], '`image.components[4].arn` component-arn: "bad"'],
    ['no Region for those of Amazon', ['us-east-1\ntags', '5\ntags'], '`region` wrong-type: 5'],
    [
      'two files of one name',
      ['- update-windows', '- file: other/agent.yaml'],
      '`image.components[1].file` component-file-name: "agent"',
    ],
    [
      'a group of keys written wrongly',
      ['componentBucket: {', 'componentBuket: {'],
      '`image.componentBuket` unknown-key: "componentBuket"',
    ],
  ])(
    'tells what the image refuses beside a component of which is told: %s',
    (_name, change, told) => {
      project.write('environments/other/agent.yaml', WIDE_FILES['components/agent.yaml'] ?? '');
      expect(problemsOfWide(change)).toEqual([told, DESCRIPTION]);
    },
  );

  it('tells a rule that still holds when one of its values is taken out', () => {
    const change: Change = ['minSize: 1', 'minSize: 9\n      desiredSize: 7'];
    expect(whole(change).map((one) => one.replace(/^.*? {2}/, ''))).toEqual([
      '`nodes.groups[0].minSize` group-size-order: 9',
      '`nodes.groups[0].desiredSize` desired-above-max: 7',
    ]);
  });

  it('tells what a component has too much of beside a key that is not known', () => {
    const twice = `components: [{ arn: "${ARN}", amazonManaged: update-windows, foo: 1 }, { foo: 1 }]`;
    const found = whole(['  rootVolumeGiB', `  ${twice}\n  rootVolumeGiB`]);
    expect(found.map((one) => one.replace(/^.*? {2}/, ''))).toEqual([
      '`image.components[0]` component-source: "amazonManaged and arn"',
      '`image.components[0].foo` unknown-key: "foo"',
      '`image.components[1].foo` unknown-key: "foo"',
    ]);
  });

  it('tells what else is wrong with groups of one name, each at its own', () => {
    const group = (script: number, subnets: string) =>
      `    - { name: apps, subnetIds: ${subnets}, instanceTypes: [m7i.xlarge], minSize: 1, maxSize: 2, ` +
      `preBootstrapScript: "${'x'.repeat(script)}" }\n`;
    const text = FULL_ENVIRONMENT.replace(
      / {4}- name: apps[\s\S]*$/,
      group(20_000, '[subnet-0123456789abcdef0]') + group(1, '[]'),
    );
    expect(printed(text).map((one) => one.replace(/^.*? {2}|: \d+$/g, ''))).toEqual([
      '`nodes.groups[0]` user-data-length',
      '`nodes.groups[1].name` unique: "apps"',
      '`nodes.groups[1].subnetIds` list-length',
    ]);
  });
});
