import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../full-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

function expectProblems(changes: readonly Change[], expected: readonly string[]): void {
  expect(problemsOf(withChanges(...changes))).toEqual(expected.map((one) => `e.yaml:${one}`));
}

describe('nodes in an environment file', () => {
  it.each<Mistake>([
    [
      'no group',
      [['groups:\n', 'groups: []\n  other:\n']],
      ['21:11  `nodes.groups` list-length: 0', '22:3  `nodes.other` unknown-key: "other"'],
    ],
    [
      'no subnet',
      [['subnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]', 'subnetIds: []']],
      ['23:18  `nodes.groups[0].subnetIds` list-length: 0'],
    ],
    [
      'a subnet twice',
      [['subnet-0123456789abcdef1]', 'subnet-0123456789abcdef0]']],
      ['23:45  `nodes.groups[0].subnetIds[1]` unique: "subnet-0123456789abcdef0"'],
    ],
    [
      'a smallest size above the largest',
      [['minSize: 1', 'minSize: 6']],
      ['25:16  `nodes.groups[0].minSize` group-size-order: 6'],
    ],
    [
      'a size that is too large',
      [['maxSize: 5', 'maxSize: 5001']],
      ['26:16  `nodes.groups[0].maxSize` integer-range: 5001'],
    ],
    [
      'a group without a size',
      [['      minSize: 1\n', '']],
      ['22:7  `nodes.groups[0].minSize` missing-key: nothing'],
    ],
    [
      'a label value that is a boolean',
      [['workload: web', 'workload: true']],
      ['27:27  `nodes.groups[0].labels.workload` wrong-type: true'],
    ],
    [
      'a label of Kubernetes itself',
      [['workload: web', 'kubernetes.io/role: x']],
      ['27:37  `nodes.groups[0].labels["kubernetes.io/role"]` label-key: "kubernetes.io/role"'],
    ],
    [
      'a label with the build of another Windows than that of the file',
      [['workload: web', 'node.kubernetes.io/windows-build: 10.0.26100']],
      [
        '27:51  `nodes.groups[0].labels["node.kubernetes.io/windows-build"]` windows-build: "10.0.26100"',
      ],
    ],
    [
      'an owner of an AMI that this file builds',
      [['ami: built', 'ami: { builtVersion: 3, owner: "111122223333" }']],
      ['20:34  `nodes.ami.owner` ami-owner-without-image-id: "111122223333"'],
    ],
    [
      'an owner that is none, and more skew than Kubernetes allows',
      [
        [
          'ami: built',
          'ami: { imageId: ami-0123456789abcdef0, owner: me }\n  allowedKubeletSkew: 4',
        ],
      ],
      [
        '20:49  `nodes.ami.owner` ami-owner: "me"',
        '21:23  `nodes.allowedKubeletSkew` integer-range: 4',
      ],
    ],
    [
      'a label value with a blank beside one of another type',
      [['workload: web', 'workload: a b, other: 1']],
      [
        '27:27  `nodes.groups[0].labels.workload` kubernetes-value: "a b"',
        '27:39  `nodes.groups[0].labels.other` wrong-type: 1',
      ],
    ],
    [
      'a taint effect written wrongly beside a wrong key',
      [
        ['key: os', 'key: o s'],
        ['effect: NoSchedule', 'effect: NoShedule'],
      ],
      [
        '28:23  `nodes.groups[0].taints[0].key` kubernetes-key: "o s"',
        '28:52  `nodes.groups[0].taints[0].effect` one-of: "NoShedule"',
      ],
    ],
    [
      'a taint twice, whatever its value',
      [
        [
          '[{ key: os, value: windows, effect: NoSchedule }]',
          '[{ key: os, effect: NoSchedule }, { key: os, value: b, effect: NoSchedule }]',
        ],
      ],
      ['28:49  `nodes.groups[0].taints[1]` unique: "os:NoSchedule"'],
    ],
    [
      'a taint that is text',
      [['[{ key: os, value: windows, effect: NoSchedule }]', '["os=windows:NoSchedule"]']],
      ['28:16  `nodes.groups[0].taints[0]` wrong-type: "os=windows:NoSchedule"'],
    ],
    [
      'a root volume smaller than the image',
      [['      maxSize: 5\n', '      maxSize: 5\n      rootVolumeGiB: 99\n']],
      ['27:22  `nodes.groups[0].rootVolumeGiB` root-volume-below-image: 99'],
    ],
    [
      'a group of security groups with a wrong one',
      [['      maxSize: 5\n', '      maxSize: 5\n      securityGroupIds: [sg-x]\n']],
      ['27:26  `nodes.groups[0].securityGroupIds[0]` sg-id: "sg-x"'],
    ],
    [
      'kubelet arguments with dashes, of labels and with blanks',
      [
        [
          '      maxSize: 5\n',
          '      maxSize: 5\n      kubeletArguments: { --v: "4", node-labels: a=b, register-with-taints: c, x: "a b" }\n',
        ],
      ],
      [
        '27:27  `nodes.groups[0].kubeletArguments["--v"]` argument-flag: "--v"',
        '27:37  `nodes.groups[0].kubeletArguments["node-labels"]` kubelet-flag-of-an-input: "node-labels"',
        '27:55  `nodes.groups[0].kubeletArguments["register-with-taints"]` kubelet-flag-of-an-input: "register-with-taints"',
        '27:83  `nodes.groups[0].kubeletArguments.x` argument-value: "a b"',
      ],
    ],
    [
      'a kubelet argument that is a number',
      [['      maxSize: 5\n', '      maxSize: 5\n      kubeletArguments: { v: 4 }\n']],
      ['27:30  `nodes.groups[0].kubeletArguments.v` wrong-type: 4'],
    ],
    [
      'excluded ranges twice and wrong',
      [['ami: built', 'ami: built\n  excludedSnatCidrs: [10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/33]']],
      [
        '21:35  `nodes.excludedSnatCidrs[1]` unique: "10.0.0.0/8"',
        '21:47  `nodes.excludedSnatCidrs[2]` ipv4-cidr: "10.0.0.0/33"',
      ],
    ],
    [
      'two groups of one name',
      [
        [
          '      maxSize: 5\n',
          '      maxSize: 5\n    - name: apps\n      subnetIds: [subnet-01234567]\n      instanceTypes: [m7i.xlarge]\n      minSize: 1\n      maxSize: 5\n',
        ],
      ],
      ['27:13  `nodes.groups[1].name` unique: "apps"'],
    ],
    [
      'more instance types than a group takes',
      [
        [
          '      instanceTypes: [m7i.xlarge]',
          '      instanceTypes: [m7i.0, m7i.1, m7i.2, m7i.3, m7i.4, m7i.5, m7i.6, m7i.7, m7i.8, m7i.9, m7i.10, m7i.11, m7i.12, m7i.13, m7i.14, m7i.15, m7i.16, m7i.17, m7i.18, m7i.19, m7i.20, m7i.21, m7i.22, m7i.23, m7i.24, m7i.25, m7i.26, m7i.27, m7i.28, m7i.29, m7i.30, m7i.31, m7i.32, m7i.33, m7i.34, m7i.35, m7i.36, m7i.37, m7i.38, m7i.39, m7i.40]',
        ],
      ],
      ['24:22  `nodes.groups[0].instanceTypes` list-length: 41'],
    ],
  ])('refuses %s', (_name, changes, expected) => {
    expectProblems(changes, expected);
  });
});
