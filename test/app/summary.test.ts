import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { renderSummary } from '../../app/summary';
import { type Change, withChanges } from './full-environment';

const TODAY = '2026-06-01';

const FAST_LAUNCH: Change = [
  'fastLaunch: { targetResourceCount: 5, maxParallelLaunches: 6, subnetId: subnet-0123456789abcdef0 }\n',
  '',
];

const RETENTION = '{ older: delete, keep: 5, onDestroy: delete }';

/** The lines of the summary of the full environment, without stacks. */
function summaryOf(...changes: readonly Change[]): string[] {
  const { environment } = readEnvironmentFile('e.yaml', withChanges(...changes));
  if (environment === undefined) throw new Error('the changed environment has a problem');
  const environments = [{ file: 'e.yaml', environment }];
  return renderSummary({ environments, stacks: [], outputFolder: 'out', today: TODAY }).split('\n');
}

/** The summary of a stack with such resources, from an output folder of that name. */
function stackLines(resources: readonly (readonly [string, number])[], outputFolder = 'out') {
  const { environment } = readEnvironmentFile('e.yaml', withChanges());
  if (environment === undefined) throw new Error('the full environment has a problem');
  const name = 'example-windows-image';
  const stacks = [{ name, file: `stacks/${name}/cdk.tf.json`, resources: new Map(resources) }];
  const environments = [{ file: 'e.yaml', environment }];
  return renderSummary({ environments, stacks, outputFolder, today: TODAY })
    .split('\n')
    .slice(1, 3);
}

describe('renderSummary', () => {
  it('says where the nodes get their AMI from', () => {
    expect(summaryOf()).toContain(
      '    AMI            built, from the SSM parameter /imagebuilder/example-windows/ami-id',
    );
    expect(summaryOf(['ami: built', 'ami: { imageId: ami-01234567 }'])).toContain(
      '    AMI            ami-01234567',
    );
    expect(summaryOf(FAST_LAUNCH, ['ami: built', 'ami: eks-optimized'])).toContain(
      "    AMI            Amazon's EKS optimized AMI",
    );
  });

  it('says whether Fast Launch is on, and what it costs', () => {
    const lines = summaryOf();
    const at = lines.findIndex((line) => line.startsWith('    Fast Launch'));
    expect(lines.slice(at, at + 2)).toEqual([
      '    Fast Launch    5 snapshots of up to 100 GiB in us-east-1: at most about 25 USD a month (0.05 per GiB-month in 2026-09)',
      '                   also billed: t3.xlarge instances that prepare them, up to 6 at once for some minutes, again after each launch; while the AMI changes, the snapshots of both AMIs',
    ]);
    expect(summaryOf(FAST_LAUNCH)).toContain('    Fast Launch    off');
  });

  it('says what Fast Launch by Image Builder costs, for each target that has it', () => {
    const targets = `
      - { region: us-east-1, accountIds: ["444455556666"], kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/copy", fastLaunch: [{ accountId: "444455556666" }] }
      - { region: eu-west-2, fastLaunch: [{ targetResourceCount: 1 }] }
      - { region: ca-west-1 }
`;
    const lines = summaryOf(
      [
        'image:\n',
        `image:\n  rootVolume: { encrypted: false }\n  distribution:\n    targets:${targets}`,
      ],
      ['maxParallelLaunches: 6', 'snapshotPricePerGiBMonth: 0.04'],
    );
    const at = lines.findIndex((line) => line.startsWith('    Fast Launch'));
    expect(lines.slice(at, at + 3)).toEqual([
      '    Fast Launch    5 snapshots of up to 100 GiB in us-east-1: at most about 20 USD a month (0.04 per GiB-month as set), for every AMI in account 444455556666 until it is switched off there',
      '                   1 snapshot of up to 100 GiB in eu-west-2: at most about 6 USD a month (0.053 per GiB-month in 2026-09), for every AMI until it is switched off there',
      '    builds         on apply; cron(0 6 ? * SUN *) Etc/UTC',
    ]);
  });

  it.each([
    ['method: none', ['    Fast Launch    off']],
    ['enabled: false', ['    Fast Launch    off, for every AMI of the stack']],
    [
      'method: distribution, targetResourceCount: 1',
      [
        '    Fast Launch    1 snapshot of up to 100 GiB in us-east-1: at most about 5 USD a month (0.05 per GiB-month in 2026-09), for every AMI until it is switched off there',
        '    Fast Launch    by Image Builder, see above',
      ],
    ],
  ])('says who switches Fast Launch on with %s', (keys, expected) => {
    const lines = summaryOf([FAST_LAUNCH[0], `fastLaunch: { ${keys} }\n`]);
    expect(lines.filter((line) => line.startsWith('    Fast Launch'))).toEqual(expected);
  });

  const schedule: Change = ['  schedule: { cron: "cron(0 6 ? * SUN *)", timezone: Etc/UTC }\n', ''];
  const byHand: Change = ['buildOnApply: true', 'buildOnApply: false'];
  it.each<[string, readonly Change[]]>([
    ['on apply; cron(0 6 ? * SUN *) Etc/UTC', []],
    ['on apply', [schedule]],
    ['cron(0 6 ? * SUN *) Etc/UTC', [byHand]],
    ['only when started by hand', [schedule, byHand]],
  ])('says when images are built: %s', (text, changes) => {
    expect(summaryOf(...changes)).toContain(`    builds         ${text}`);
  });

  it('says which version of the AMI the nodes stay with', () => {
    expect(summaryOf(['ami: built', 'ami: { builtVersion: 3 }'])).toContain(
      '    AMI            built earlier, version 3 from the SSM parameter /imagebuilder/example-windows/ami-id',
    );
  });

  it.each<[string, Change]>([
    [
      'EKS optimized Windows Server 2022 Core, Kubernetes 1.35, 1.35-2026.04.18',
      ['release: latest', 'release: 1.35-2026.04.18'],
    ],
    [
      "Windows Server 2022 Core, with Amazon's component for Kubernetes 1.35",
      ['image:\n', 'image:\n  base: plain-windows\n'],
    ],
    ['ami-01234567', ['image:\n', 'image:\n  base: { imageId: ami-01234567 }\n']],
  ])('says what the image starts from: %s', (text, change) => {
    expect(summaryOf(change)).toContain(`    base AMI       ${text}`);
  });

  it('has a line for each component, and none without components', () => {
    const list = `
    - update-windows
    - file: components/agent.yaml
    - amazonManaged: amazon-cloudwatch-agent-windows
    - arn: arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x
`;
    const lines = summaryOf(['image:\n', `image:\n  components:${list}`]);
    const at = lines.findIndex((line) => line.startsWith('    components'));
    expect(lines.slice(at, at + 4)).toEqual([
      '    components     update-windows',
      '                   components/agent.yaml',
      '                   amazon-cloudwatch-agent-windows',
      '                   arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x',
    ]);
    expect(summaryOf().join('\n')).not.toContain('components');
  });

  it('names the Regions when there are several, that of the file first', () => {
    const targets = (...regions: readonly string[]): Change => [
      'image:\n',
      `image:\n  distribution: { targets: [${regions.map((one) => `{ region: ${one} }`).join(', ')}] }\n`,
    ];
    expect(summaryOf(targets('eu-west-1', 'us-east-1'))).toContain(
      '    Regions        us-east-1, eu-west-1',
    );
    expect(summaryOf(targets('us-east-1')).join('\n')).not.toContain('Regions');
  });

  it.each([
    ['all stay', 'none'],
    ['all stay', '{ onDestroy: keep }'],
    ['all stay; all go with the stack', '{ onDestroy: delete }'],
    ['deprecate, beyond the newest 3', '{ older: deprecate }'],
    ['delete, beyond the newest 5; all go with the stack', RETENTION],
  ])('says what becomes of older AMIs: %s', (text, retention) => {
    expect(summaryOf(['image:\n', `image:\n  retention: ${retention}\n`])).toContain(
      `    older AMIs     ${text}`,
    );
  });

  it('ends the part of an environment with its notices', () => {
    const { environment } = readEnvironmentFile('e.yaml', withChanges());
    if (environment === undefined) throw new Error('the full environment has a problem');
    const environments = [{ file: 'e.yaml', environment }];
    const today = '2026-12-01';
    const text = renderSummary({ environments, stacks: [], outputFolder: 'out', today });
    expect(text.split('\n').slice(-5, -3)).toEqual([
      '  note: Windows Server 2022 is past its mainstream support (2026-10-13): it gets security updates only, until 2031-10-14.',
      '',
    ]);
  });

  it('has a line for each node group', () => {
    const lines = summaryOf(
      [
        'instanceTypes: [m7i.xlarge]\n      min',
        'instanceTypes: [m7i.xlarge, m7a.xlarge]\n      min',
      ],
      [
        '      maxSize: 5\n',
        '      maxSize: 5\n    - { name: b, subnetIds: [subnet-01234567], instanceTypes: [c7a.large], minSize: 0, maxSize: 2 }\n    - name: c\n      subnetIds: [subnet-01234567]\n      instanceTypes: [c7a.large]\n      minSize: 1\n      maxSize: 1\n',
      ],
    );
    const at = lines.findIndex((line) => line.startsWith('    node groups'));
    expect(lines.slice(at, at + 4)).toEqual([
      '    node groups    apps: 1 to 5 x m7i.xlarge or m7a.xlarge',
      '                   b: 0 to 2 x c7a.large',
      '                   c: 1 to 1 x c7a.large',
      '',
    ]);
  });

  it('counts resources by the names that people have for them', () => {
    expect(
      stackLines([
        ['aws_imagebuilder_component', 1],
        ['aws_imagebuilder_image', 2],
        ['aws_iam_role', 2],
        ['aws_eks_access_entry', 1],
        ['aws_launch_template', 2],
        ['aws_autoscaling_group', 3],
        ['terraform_data', 3],
        ['aws_dynamodb_table', 4],
      ])[0],
    ).toBe(
      '  example-windows-image  18 resources: 3 Image Builder, 2 IAM, 1 EKS, 2 launch templates, 3 Auto Scaling groups, 3 Terraform steps, 4 aws_dynamodb_table',
    );
  });

  it.each([
    ['out', 'out'],
    ['./deep//out/', 'deep/out'],
    ['', '.'],
    [process.cwd(), '.'],
    ['../out', '../out'],
  ])('shows the way to a JSON from the current folder: output folder "%s"', (folder, shown) => {
    expect(stackLines([], folder)[1]).toBe(
      `    JSON                 ${shown}/stacks/example-windows-image/cdk.tf.json`,
    );
  });
});
