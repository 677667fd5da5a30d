import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../../app/loading/environment-file';
import type { Change } from '../full-environment';
import { TemporaryProject } from '../temporary-project';
import { AGENT_FILE, wideProblems, wideWith, writeWideFiles } from '../wide-environment';

const THIRTY_TAGS = Array.from({ length: 30 }, (_, index) => `t${index}: x`).join(', ');

const HOST_GROUP =
  'hostResourceGroupArn: arn:aws:resource-groups:us-east-1:111122223333:group/hosts';

/** Takes all that can be left out of the wide environment. */
const WITHOUT_OPTIONS: readonly Change[] = [
  [/iam:[\s\S]*?(?=cluster:)/.exec(wideWith())?.[0] ?? '', ''],
  [/image:[\s\S]*?(?=nodes:)/.exec(wideWith())?.[0] ?? '', 'image: { components: [a-b-c] }\n'],
  [/ {6}maxPods:[\s\S]*/.exec(wideWith())?.[0] ?? '', ''],
];

const environmentOf = (...changes: readonly Change[]) =>
  readEnvironmentFile('e.yaml', wideWith(...changes)).environment;

describe('the options of an environment file', () => {
  it('can all be there together', () => {
    expect(wideProblems()).toEqual([]);
  });

  it('come to the app as they are written', () => {
    const { iam, image } = environmentOf() ?? {};
    expect(iam).toEqual({
      permissions: 'scoped',
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
      path: '/eks/',
      namePrefix: 'acme-',
    });
    expect(image?.components).toEqual([
      'update-windows',
      {
        file: 'components/agent.yaml',
        whenTooLong: 'bucket',
        parameters: { Channel: 'stable' },
      },
      'image-cache',
      { amazonManaged: 'amazon-cloudwatch-agent-windows', version: '1.0.x' },
      {
        arn: 'arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x',
        parameters: { Level: 'high' },
      },
    ]);
    expect(image?.rootVolume).toEqual({
      type: 'gp3',
      iops: 4000,
      throughput: 500,
      kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/root',
    });
    expect(image?.workingDirectory).toBe('C:\\build');
    expect(image?.retention).toEqual({
      older: 'deprecate',
      keep: 5,
      onDestroy: 'delete',
      timeoutMinutes: 90,
    });
    expect(image?.notifications).toEqual({ states: ['FAILED'], emails: ['team@example.com'] });
    expect(image?.distribution?.targets?.[0]?.launchTemplates).toEqual([
      { id: 'lt-0123456789abcdef0', accountId: '777788889999', setDefault: false },
    ]);
  });

  it('of nodes come to the app as they are written', () => {
    const { groups, securityGroup } = environmentOf()?.nodes ?? {};
    expect(securityGroup).toEqual({ podTraffic: 'windows-only' });
    expect(groups?.[0]).toMatchObject({
      rootVolume: {
        type: 'io2',
        iops: 6000,
        kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/nodes',
      },
      dataVolumes: [{ deviceName: 'xvdf', sizeGiB: 300, throughput: 500 }],
      httpPutResponseHopLimit: 2,
      detailedMonitoring: true,
      tagNetworkInterfaces: true,
      keyName: 'operators',
      placement: { tenancy: 'host', groupName: 'spread' },
    });
    expect(groups?.[1]).toMatchObject({
      cpuCredits: 'standard',
      placement: { tenancy: 'dedicated' },
      capacityReservation: { preference: 'capacity-reservations-only' },
    });
  });

  it('have these values where they are left out', () => {
    expect(environmentOf(...WITHOUT_OPTIONS)).toEqual({
      name: 'example',
      region: 'us-east-1',
      tags: { owner: 'platform' },
      cluster: { name: 'example', kubernetesVersion: '1.35' },
      windows: { server: '2022', edition: 'Core', release: 'latest' },
      image: {
        base: 'eks-optimized',
        components: ['a-b-c'],
        cachedImages: [],
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
        ami: { builtVersion: 3 },
        groups: [
          {
            name: 'apps',
            subnetIds: ['subnet-0123456789abcdef0'],
            instanceTypes: ['m7i.xlarge'],
            minSize: 1,
            maxSize: 5,
            labels: {},
            taints: [],
            imageGcThresholds: { highPercent: 90, lowPercent: 80 },
          },
        ],
      },
    });
  });

  it('have a default for what the roles may do', () => {
    expect(environmentOf(['  permissions: scoped\n', ''])?.iam?.permissions).toBe('scoped');
  });

  it('have a default time zone', () => {
    const schedule = environmentOf([', timezone: Europe/Berlin', ''])?.image.schedule;
    expect(schedule?.timezone).toBe('Etc/UTC');
  });

  it.each<[string, ...Change[]]>([
    ['a plain Windows Server as the base', ['base: eks-optimized', 'base: plain-windows']],
    ['an AMI of your own as the base', ['base: eks-optimized', 'base: { imageId: ami-01234567 }']],
    [
      'the EKS component on an AMI of your own',
      ['base: eks-optimized', 'base: { imageId: ami-01234567 }'],
      ['- update-windows', '- eks-optimized-ami-windows'],
    ],
    [
      'one component of Amazon twice with other parameters',
      ['- update-windows', '- amazon-cloudwatch-agent-windows'],
    ],
    ['a component of AWS Marketplace', ['111122223333:component', 'aws-marketplace:component']],
    ['a component of one build', ['harden/1.x.x', 'harden/1.2.3/1']],
    ['the newest version by wildcards', ['version: 1.0.x', 'version: x.x.x']],
    ['a full version', ['version: 1.0.x', 'version: 1.0.2']],
    ['a component file of another folder', ['components/agent.yaml', '../shared/agent.yml']],
    [
      'one login of several images',
      ['[docker.io/acme/web:1.4.2]', '[docker.io/acme/web:1.4.2, docker.io/acme/api:2]'],
    ],
    ['every repository as pulled through', ['[docker-hub]', '[ROOT]']],
    ['a log that stays for ever', ['logRetentionDays: 30', 'logRetentionDays: 0']],
    ['30 tags', ['{ owner: platform }', `{ ${THIRTY_TAGS} }`]],
    ['one GiB that stays free', ['rootVolumeGiB: 100', 'rootVolumeGiB: 100\n  minimumFreeGiB: 1']],
    ['tests and the pipeline on', ['tests: false', 'tests: true']],
    [
      'a topic of your own',
      ['emails: [team@example.com]', 'topicArn: arn:aws:sns:us-east-1:111122223333:images'],
    ],
    [
      'no step of retention',
      ['{ older: deprecate, keep: 5, onDestroy: delete, timeoutMinutes: 90 }', 'none'],
    ],
    [
      'a retention of nothing',
      ['{ older: deprecate, keep: 5, onDestroy: delete, timeoutMinutes: 90 }', '{}'],
    ],
    ['the longest reason to build again', ['2026-11 patches', 'x'.repeat(100)]],
    ['a group of hosts', ['hostId: h-0123456789abcdef0', HOST_GROUP]],
    ['the longest prefix of names', ['namePrefix: acme-', `namePrefix: ${'p'.repeat(32)}`]],
    ['a device name of three letters', ['deviceName: xvdb', 'deviceName: xvdcz']],
    ['a key by its alias', ['key/root', 'alias/root']],
    ['16 folders of documents', ['windows/documents', Array(16).fill('a').join('/')]],
  ])('takes %s, and so do the constructs', (_name, ...changes) => {
    const project = new TemporaryProject();
    try {
      writeWideFiles(project);
      project.write('shared/agent.yml', AGENT_FILE);
      project.write('environments/example.yaml', wideWith(...changes));
      expect(project.run().errors).toEqual([]);
    } finally {
      project.leave();
    }
  });
});
