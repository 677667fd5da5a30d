import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../../app/loading/environment-file';
import { type Change, FULL_ENVIRONMENT, problemsOf, withChanges } from '../full-environment';

const SHORT_ENVIRONMENT = `name: short
region: eu-central-1
cluster: { name: short, kubernetesVersion: "1.33" }
windows: { server: "2019" }
image: { cachedImages: [mcr.microsoft.com/windows/nanoserver:ltsc2019] }
nodes:
  groups:
    - { name: a, subnetIds: [subnet-01234567], instanceTypes: [c7a.large], minSize: 0, maxSize: 0 }
`;

const environmentOf = (text: string) => readEnvironmentFile('e.yaml', text).environment;

const TOP_MISSING = ['region', 'cluster', 'windows', 'image', 'nodes'];

describe('defaults', () => {
  it('fills in everything that may be left out', () => {
    expect(environmentOf(SHORT_ENVIRONMENT)).toEqual({
      name: 'short',
      region: 'eu-central-1',
      tags: {},
      cluster: { name: 'short', kubernetesVersion: '1.33' },
      windows: { server: '2019', edition: 'Core', release: 'latest' },
      image: {
        base: 'eks-optimized',
        components: [],
        cachedImages: ['mcr.microsoft.com/windows/nanoserver:ltsc2019'],
        rootVolumeGiB: 100,
        instanceTypes: ['m7i.xlarge'],
        terminateOnFailure: true,
        logRetentionDays: 90,
        tests: true,
        scanning: false,
        pipelineEnabled: true,
        buildOnApply: true,
        timeoutMinutes: 180,
      },
      nodes: {
        ami: 'built',
        groups: [
          {
            name: 'a',
            subnetIds: ['subnet-01234567'],
            instanceTypes: ['c7a.large'],
            minSize: 0,
            maxSize: 0,
            labels: {},
            taints: [],
          },
        ],
      },
    });
  });

  it('leaves no key for parts without a default', () => {
    const environment = environmentOf(SHORT_ENVIRONMENT);
    expect(Object.keys(environment ?? {})).not.toContain('fastLaunch');
    expect(Object.keys(environment?.image ?? {})).not.toContain('schedule');
  });

  it('fills in the parts of optional parts', () => {
    const text = withChanges([', timezone: Etc/UTC', '']);
    const environment = environmentOf(text);
    expect(environment?.image.schedule?.timezone).toBe('Etc/UTC');
    expect(environment?.backend?.s3.useLockfile).toBe(true);
  });

  it('fills in how Fast Launch is switched on when only that it is on is said', () => {
    expect(environmentOf(`${SHORT_ENVIRONMENT}fastLaunch: {}\n`)?.fastLaunch).toEqual({
      method: 'local-exec',
      targetResourceCount: 5,
      maxParallelLaunches: 6,
    });
  });
});

describe('values just inside their limits', () => {
  const group = '      maxSize: 5\n';
  it.each<[string, Change]>([
    ['a name of three letters', ['name: example\n', 'name: e-1\n']],
    ['a name of 31 letters', ['name: example\n', `name: ${'e'.repeat(31)}\n`]],
    ['a Region of three parts', ['region: us-east-1\ntags', 'region: us-gov-west-1\ntags']],
    ['an empty tag value', ['owner: platform', 'owner: ""']],
    ['every kind of character in a tag', ['owner: platform', 'a_.:/=+-1: a 1_.:/=+-@']],
    ['no tags', ['{ owner: platform }', '{}']],
    ['a range of provider versions', ['"6.25.0"', '">= 6.20, != 6.24.1, < 7.0.0-beta1"']],
    ['a bucket with a dot', ['acme-terraform-state', 'acme.state']],
    ['a key prefix with dots in a part', ['windows/example', 'windows/v1.2']],
    ['state without a lock', ['windows/example,', 'windows/example, useLockfile: false,']],
    ['a dated release', ['release: latest', 'release: 1.35-2026.04.18']],
    ['the smallest root volume', ['rootVolumeGiB: 100', 'rootVolumeGiB: 50']],
    ['the largest root volume', ['rootVolumeGiB: 100', 'rootVolumeGiB: 16000']],
    ['a cached image by digest', ['web:1.4.2', `web@sha256:${'0'.repeat(64)}`]],
    ['a rate', ['cron(0 6 ? * SUN *)', 'rate(7 days)']],
    ['the shortest timeout', ['buildOnApply: true', 'timeoutMinutes: 60']],
    ['the longest timeout', ['buildOnApply: true', 'timeoutMinutes: 1440']],
    ['a reason to build again', ['buildOnApply: true', 'rebuild: 2026-11 patches']],
    ['the most snapshots', ['targetResourceCount: 5', 'targetResourceCount: 10000']],
    ['many parallel launches', ['maxParallelLaunches: 6', 'maxParallelLaunches: 1000']],
    ['an AMI of your own', ['ami: built', 'ami: { imageId: ami-01234567 }']],
    ['a group name of one letter', ['name: apps', 'name: a']],
    ['as many nodes at least as at most', ['minSize: 1', 'minSize: 5']],
    ['a root volume as large as the image', [group, `${group}      rootVolumeGiB: 100\n`]],
    ['one taint key with two effects', ['taints: [', 'taints: [{ key: os, effect: NoExecute }, ']],
    ['kubelet arguments', [group, `${group}      kubeletArguments: { v: "4" }\n`]],
    ['excluded ranges', ['ami: built', 'ami: built\n  excludedSnatCidrs: [0.0.0.0/0]']],
  ])('takes %s', (_name, change) => {
    expect(problemsOf(withChanges(change))).toEqual([]);
  });

  it('takes 30 tags and refuses 31, because the instances that build take no more', () => {
    const tags = (count: number): Change => [
      '{ owner: platform }',
      `{ ${Array.from({ length: count }, (_, index) => `t${index}: x`).join(', ')} }`,
    ];
    expect(problemsOf(withChanges(tags(30)))).toEqual([]);
    expect(problemsOf(withChanges(tags(31)))).toEqual(['e.yaml:3:7  `tags` tag-count: 31']);
  });

  it('takes a smaller root volume than the image has when the nodes do not start from it', () => {
    const small: Change = ['      maxSize: 5\n', '      maxSize: 5\n      rootVolumeGiB: 50\n'];
    const ami: Change = ['ami: built', 'ami: { imageId: ami-01234567 }'];
    expect(problemsOf(withChanges(small, ami))).toEqual([]);
  });

  it("takes Amazon's AMI without Fast Launch", () => {
    const text = FULL_ENVIRONMENT.replace(/^fastLaunch.*\n/m, '');
    expect(problemsOf(text.replace('ami: built', 'ami: eks-optimized'))).toEqual([]);
  });
});

describe('several problems', () => {
  it('are all reported, in the order of the file', () => {
    const text = withChanges(
      ['maxSize: 5', 'maxSize: 0'],
      ['region: us-east-1\ntags', 'tags'],
      ['rootVolumeGiB: 100', 'rootVolumeGiB: big'],
      ['ltsc2022', 'ltsc2019'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:1:1  `region` missing-key: nothing',
      'e.yaml:9:18  `image.rootVolumeGiB` wrong-type: "big"',
      'e.yaml:13:7  `image.cachedImages[0]` image-release: "mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2019"',
      'e.yaml:24:16  `nodes.groups[0].minSize` group-size-order: 1',
    ]);
  });

  it('do not include consequences of another problem', () => {
    const text = withChanges(
      ['"2022"', '"2002"'],
      ['"1.35"', '1.35'],
      ['release: latest', 'release: 1.20-2026.01.17'],
      ['rootVolumeGiB: 100', 'rootVolumeGiB: 10'],
      ['      maxSize: 5\n', '      maxSize: -1\n      rootVolumeGiB: 60\n'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:7:46  `cluster.kubernetesVersion` wrong-type: 1.35',
      'e.yaml:8:20  `windows.server` one-of: "2002"',
      'e.yaml:10:18  `image.rootVolumeGiB` integer-range: 10',
      'e.yaml:26:16  `nodes.groups[0].maxSize` integer-range: -1',
    ]);
  });

  it('compare with the default of a value that is left out', () => {
    const text = withChanges(
      ['  rootVolumeGiB: 100\n', ''],
      ['  ami: built\n', ''],
      ['      maxSize: 5\n', '      maxSize: five\n      rootVolumeGiB: 99\n'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:24:16  `nodes.groups[0].maxSize` wrong-type: "five"',
      'e.yaml:25:22  `nodes.groups[0].rootVolumeGiB` root-volume-below-image: 99',
    ]);
  });

  it('of an empty mapping name every key that has to be there', () => {
    const missing = (key: string) => `e.yaml:1:1  \`${key}\` missing-key: nothing`;
    expect(problemsOf('{}')).toEqual([...TOP_MISSING, 'name'].sort().map(missing));
  });

  it('leave the name known, for the comparison with other files', () => {
    const { name } = readEnvironmentFile('e.yaml', '# one\nname: example\n');
    expect(name).toEqual({ text: 'example', line: 2, column: 7 });
  });
});
