import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../full-environment';

const GROUP = '`nodes.groups[0]';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd';
const LICENCE =
  'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef';
const HOSTS = 'arn:aws:resource-groups:us-east-1:111122223333:group/hosts';

/** Adds keys to the group, after its sizes. */
const groupWith = (text: string): Change => [
  '      maxSize: 5\n',
  `      maxSize: 5\n      ${text}\n`,
];

const types = (text: string): Change => ['instanceTypes: [m7i.xlarge]\n      minSize', text];
const groupTypes = (list: string): Change => types(`instanceTypes: ${list}\n      minSize`);

/** The problems without their place in the file. */
const problems = (...changes: readonly Change[]): string[] =>
  problemsOf(withChanges(...changes)).map((one) => one.replace(/^e\.yaml:\d+:\d+ {2}/, ''));

const PREFIXES: Change = [
  'kubernetesVersion: "1.35" }',
  'kubernetesVersion: "1.35", windowsSupport: { mode: check, vpcCni: { prefixDelegation: true } } }',
];

describe('the instances of a node group in an environment file', () => {
  it.each([
    'rootVolume: { type: io2, iops: 5000 }',
    `rootVolume: { iops: 4000, throughput: 1000, kmsKeyId: "${KEY}" }`,
    'dataVolumes: [{ deviceName: xvdf, sizeGiB: 200 }, { deviceName: xvdg, sizeGiB: 200, type: st1 }]',
    'httpPutResponseHopLimit: 2',
    'detailedMonitoring: true',
    'tagNetworkInterfaces: true',
    'keyName: operators',
    `placement: { tenancy: host, hostResourceGroupArn: "${HOSTS}", groupName: spread }`,
    'capacityReservation: { preference: none }',
    'capacityReservation: { id: cr-0123456789abcdef0 }',
    `licenseConfigurationArns: ["${LICENCE}"]`,
  ])('may be said by %s', (text) => {
    expect(problems(groupWith(text))).toEqual([]);
  });

  it('are refused with the place in the file', () => {
    expect(problemsOf(withChanges(groupWith('httpPutResponseHopLimit: 3')))).toEqual([
      `e.yaml:27:32  ${GROUP}.httpPutResponseHopLimit\` integer-range: 3`,
    ]);
  });

  it.each<[text: string, ...expected: string[]]>([
    ['rootVolume: { iops: 60000 }', 'rootVolume.iops` iops-for-size: 60000'],
    ['rootVolume: { type: sc1 }', 'rootVolume.type` one-of: "sc1"'],
    ['rootVolume: { encrypted: false }', 'rootVolume.encrypted` unknown-key: "encrypted"'],
    [
      'dataVolumes: [{ deviceName: /dev/sda1, sizeGiB: 10 }]',
      'dataVolumes[0].deviceName` device-name: "/dev/sda1"',
    ],
    [
      'dataVolumes: [{ deviceName: xvdf, sizeGiB: 10 }, { deviceName: xvdf, sizeGiB: 20 }]',
      'dataVolumes[1].deviceName` unique: "xvdf"',
    ],
    ['dataVolumes: [{ deviceName: xvdf }]', 'dataVolumes[0].sizeGiB` missing-key: nothing'],
    ['keyName: " operators"', 'keyName` key-pair-name: " operators"'],
    ['cpuCredits: standard', 'cpuCredits` cpu-credits: "standard"'],
    [
      `placement: { hostResourceGroupArn: "${HOSTS}" }`,
      'placement.tenancy` tenancy-of-host: nothing',
    ],
    ['placement: { groupName: " x" }', 'placement.groupName` placement-group-name: " x"'],
    [
      'placement: { tenancy: host }\n      capacityReservation: { id: cr-0123456789abcdef0 }',
      'capacityReservation` reservation-on-host: {"id":"cr-0123456789abcdef0"}',
    ],
    ['capacityReservation: {}', 'capacityReservation` reservation-empty: nothing'],
    [
      `licenseConfigurationArns: ["${LICENCE}", "${LICENCE}"]`,
      `licenseConfigurationArns[1]\` unique: "${LICENCE}"`,
    ],
    [
      'licenseConfigurationArns: [lic-1]',
      'licenseConfigurationArns[0]` license-configuration-arn: "lic-1"',
    ],
  ])('may not be said by %s', (text, ...expected) => {
    expect(problems(groupWith(text))).toEqual(expected.map((one) => `${GROUP}.${one}`));
  });

  it('have a root volume as fast as its own size allows, not as that of the image', () => {
    expect(problems(groupWith('rootVolumeGiB: 120\n      rootVolume: { iops: 60000 }'))).toEqual(
      [],
    );
  });

  it('have no further problem of a root volume whose size is wrong', () => {
    expect(problems(groupWith('rootVolumeGiB: 10\n      rootVolume: { iops: 60000 }'))).toEqual([
      `${GROUP}.rootVolumeGiB\` integer-range: 10`,
    ]);
  });
});

describe('a data volume with the name of one of the image', () => {
  const IMAGE: Change = [
    '  rootVolumeGiB: 100\n',
    '  rootVolumeGiB: 100\n  dataVolumes: [{ deviceName: xvdf, sizeGiB: 50 }]\n',
  ];

  it('is not smaller than that', () => {
    expect(problems(IMAGE, groupWith('dataVolumes: [{ deviceName: xvdf, sizeGiB: 49 }]'))).toEqual([
      `${GROUP}.dataVolumes[0].sizeGiB\` data-volume-below-image: 49`,
    ]);
  });

  it.each([
    ['as large', 'dataVolumes: [{ deviceName: xvdf, sizeGiB: 50 }]', []],
    ['another one', 'dataVolumes: [{ deviceName: xvdg, sizeGiB: 1 }]', []],
    [
      'from another snapshot',
      'dataVolumes: [{ deviceName: xvdf, sizeGiB: 1, snapshotId: snap-0123456789abcdef0 }]',
      [],
    ],
    [
      "in place of an AMI's that is not of this image",
      'dataVolumes: [{ deviceName: xvdf, sizeGiB: 1 }]',
      [['ami: built', 'ami: { imageId: ami-0123456789abcdef0 }']],
    ],
  ] as [string, string, Change[]][])('may be %s', (_, text, more) => {
    expect(problems(IMAGE, groupWith(text), ...more)).toEqual([]);
  });
});

describe('the types of a node group in an environment file', () => {
  it('are those that EKS supports for Windows', () => {
    expect(problems(groupTypes('[m7i.xlarge, c4.large]'))).toEqual([
      `${GROUP}.instanceTypes[1]\` eks-windows-type: "c4.large"`,
    ]);
  });

  it('may build images all the same: the rule is about nodes', () => {
    expect(
      problems(['instanceTypes: [m7i.xlarge]\n  network', 'instanceTypes: [m4.xlarge]\n  network']),
    ).toEqual([]);
  });

  it('may have the Xen hypervisor when addresses come one by one', () => {
    expect(problems(groupTypes('[t2.large, m4.16xlarge]'))).toEqual([]);
  });

  it('are Nitro types when addresses come as prefixes', () => {
    expect(problems(PREFIXES, groupTypes('[i3.metal, t2.large]'))).toEqual([
      `${GROUP}.instanceTypes[1]\` nitro-for-prefix-delegation: "t2.large"`,
    ]);
  });

  it('may spend CPU credits when all are T types', () => {
    expect(
      problems(groupTypes('[t3.xlarge, t3a.xlarge]'), groupWith('cpuCredits: standard')),
    ).toEqual([]);
  });

  it('have no further problem when a type is wrong', () => {
    expect(problems(groupTypes('[m7g.large]'), groupWith('cpuCredits: standard'))).toEqual([
      `${GROUP}.instanceTypes[0]\` graviton-type: "m7g.large"`,
    ]);
  });
});

describe('the security group of the nodes in an environment file', () => {
  const nodesWith = (text: string): Change => ['ami: built\n', `ami: built\n  ${text}\n`];

  it.each(['securityGroup: {}', 'securityGroup: { podTraffic: windows-only }'])(
    'may be asked for by %s',
    (text) => {
      expect(problems(nodesWith(text))).toEqual([]);
    },
  );

  it('lets through one of two kinds of traffic', () => {
    expect(problems(nodesWith('securityGroup: { podTraffic: none }'))).toEqual([
      '`nodes.securityGroup.podTraffic` one-of: "none"',
    ]);
  });
});
