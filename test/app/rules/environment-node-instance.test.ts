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
      `e.yaml:27:32  ${GROUP}.httpPutResponseHopLimit\` must be an integer between 1 and 2, got: 3`,
    ]);
  });

  it.each<[text: string, ...expected: string[]]>([
    [
      'rootVolume: { iops: 60000 }',
      'rootVolume.iops` must be at most 50000, which is 500 for each of 100 GiB, got: 60000',
    ],
    [
      'rootVolume: { type: sc1 }',
      'rootVolume.type` must be one of "gp3", "gp2", "io1", "io2", got: "sc1"',
    ],
    [
      'rootVolume: { encrypted: false }',
      'rootVolume.encrypted` must be a known key, got: "encrypted"; the keys here are type, iops, throughput, kmsKeyId',
    ],
    [
      'dataVolumes: [{ deviceName: /dev/sda1, sizeGiB: 10 }]',
      'dataVolumes[0].deviceName` must be a device name from xvdb to xvdz, or from xvdba to xvdcz, got: "/dev/sda1"',
    ],
    [
      'dataVolumes: [{ deviceName: xvdf, sizeGiB: 10 }, { deviceName: xvdf, sizeGiB: 20 }]',
      'dataVolumes[1].deviceName` must be named once, got: "xvdf"; remove the repetition',
    ],
    [
      'dataVolumes: [{ deviceName: xvdf }]',
      'dataVolumes[0].sizeGiB` must be given, got: nothing; add the key "sizeGiB" to `nodes.groups[0].dataVolumes[0]`',
    ],
    [
      'keyName: " operators"',
      'keyName` must be the name of a key pair: 1 to 255 ASCII characters, no blank at either end, got: " operators"',
    ],
    [
      'cpuCredits: standard',
      'cpuCredits` must be left out for m7i.xlarge, which has no CPU credits, got: "standard"',
    ],
    [
      `placement: { hostResourceGroupArn: "${HOSTS}" }`,
      'placement.tenancy` must be "host" for a host or a host group, got: nothing',
    ],
    [
      'placement: { groupName: " x" }',
      'placement.groupName` must be the name of a placement group: 1 to 255 ASCII characters, no blank at either end, got: " x"',
    ],
    [
      'placement: { tenancy: host }\n      capacityReservation: { id: cr-0123456789abcdef0 }',
      'capacityReservation` must be left out with tenancy "host", because Dedicated Hosts have no reservations, got: {"id":"cr-0123456789abcdef0"}',
    ],
    [
      'capacityReservation: {}',
      'capacityReservation` must have a preference, an id or a resourceGroupArn, got: nothing',
    ],
    [
      `licenseConfigurationArns: ["${LICENCE}", "${LICENCE}"]`,
      `licenseConfigurationArns[1]\` must be named once, got: "${LICENCE}"; remove the repetition`,
    ],
    [
      'licenseConfigurationArns: [lic-1]',
      'licenseConfigurationArns[0]` must be the ARN of a License Manager licence configuration, got: "lic-1"',
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
      `${GROUP}.rootVolumeGiB\` must be an integer between 50 and 16000, got: 10; a volume cannot be smaller than the AMI it is made from`,
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
      `${GROUP}.dataVolumes[0].sizeGiB\` must be at least that of the image's xvdf (50), in whose place it comes, got: 49; raise it, or take another deviceName`,
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
      `${GROUP}.instanceTypes[1]\` must be an instance type that EKS supports for Windows nodes; C3, C4, D2, I2, M4 (but for m4.16xlarge) and R3 are not, got: "c4.large"; choose a newer one, such as m7i or c7i`,
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
      `${GROUP}.instanceTypes[1]\` must be a Nitro type, because \`cluster.windowsSupport.vpcCni.prefixDelegation\` gives prefixes to no other, got: "t2.large"; choose a newer one, or take the key out`,
    ]);
  });

  it('may spend CPU credits when all are T types', () => {
    expect(
      problems(groupTypes('[t3.xlarge, t3a.xlarge]'), groupWith('cpuCredits: standard')),
    ).toEqual([]);
  });

  it('have no further problem when a type is wrong', () => {
    expect(problems(groupTypes('[m7g.large]'), groupWith('cpuCredits: standard'))).toEqual([
      `${GROUP}.instanceTypes[0]\` must be an x86-64 instance type, because there is no Windows Server on Graviton, got: "m7g.large"; choose the Intel or AMD sibling, such as m7i or m7a for m7g`,
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
      '`nodes.securityGroup.podTraffic` must be one of "all", "windows-only", got: "none"',
    ]);
  });
});
