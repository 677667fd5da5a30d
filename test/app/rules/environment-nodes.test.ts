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
      [
        '21:11  `nodes.groups` must have at least 1 item, got: 0',
        '22:3  `nodes.other` must be a known key, got: "other"; the keys here are ami, allowedKubeletSkew, access, securityGroup, manifests, groups, excludedSnatCidrs, terminationQueue',
      ],
    ],
    [
      'no subnet',
      [['subnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]', 'subnetIds: []']],
      ['23:18  `nodes.groups[0].subnetIds` must have at least 1 item, got: 0'],
    ],
    [
      'a subnet twice',
      [['subnet-0123456789abcdef1]', 'subnet-0123456789abcdef0]']],
      [
        '23:45  `nodes.groups[0].subnetIds[1]` must be named once, got: "subnet-0123456789abcdef0"; remove the repetition',
      ],
    ],
    [
      'a smallest size above the largest',
      [['minSize: 1', 'minSize: 6']],
      [
        '25:16  `nodes.groups[0].minSize` must be at most `maxSize` (5), got: 6; lower it, or raise `maxSize`',
      ],
    ],
    [
      'a size that is too large',
      [['maxSize: 5', 'maxSize: 5001']],
      ['26:16  `nodes.groups[0].maxSize` must be an integer between 0 and 5000, got: 5001'],
    ],
    [
      'a group without a size',
      [['      minSize: 1\n', '']],
      [
        '22:7  `nodes.groups[0].minSize` must be given, got: nothing; add the key "minSize" to `nodes.groups[0]`',
      ],
    ],
    [
      'a label value that is a boolean',
      [['workload: web', 'workload: true']],
      [
        '27:27  `nodes.groups[0].labels.workload` must be text, got: true; put it in quotes: "true"',
      ],
    ],
    [
      'a label of Kubernetes itself',
      [['workload: web', 'kubernetes.io/role: x']],
      [
        '27:37  `nodes.groups[0].labels["kubernetes.io/role"]` must be a label that a kubelet may set on its own node, got: "kubernetes.io/role"; use a prefix of your own, or put the label on the node with kubectl',
      ],
    ],
    [
      'a label with the build of another Windows than that of the file',
      [['workload: web', 'node.kubernetes.io/windows-build: 10.0.26100']],
      [
        '27:51  `nodes.groups[0].labels["node.kubernetes.io/windows-build"]` must be the build of the nodes\' Windows Server: 10.0.20348 (2022), got: "10.0.26100"; leave the label out: the kubelet sets it by itself',
      ],
    ],
    [
      'an owner of an AMI that this file builds',
      [['ami: built', 'ami: { builtVersion: 3, owner: "111122223333" }']],
      [
        '20:34  `nodes.ami.owner` must come with imageId only, got: "111122223333"; what this file builds belongs to this account',
      ],
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
        '20:49  `nodes.ami.owner` must be an account id of 12 digits, self, amazon, aws-marketplace or microsoft, got: "me"',
        '21:23  `nodes.allowedKubeletSkew` must be an integer between 0 and 3, got: 4',
      ],
    ],
    [
      'a label value with a blank beside one of another type',
      [['workload: web', 'workload: a b, other: 1']],
      [
        '27:27  `nodes.groups[0].labels.workload` must be a Kubernetes value: up to 63 letters, digits, - _ . that begins and ends with a letter or digit, got: "a b"',
        '27:39  `nodes.groups[0].labels.other` must be text, got: 1; put it in quotes: "1"',
      ],
    ],
    [
      'a taint effect written wrongly beside a wrong key',
      [
        ['key: os', 'key: o s'],
        ['effect: NoSchedule', 'effect: NoShedule'],
      ],
      [
        '28:23  `nodes.groups[0].taints[0].key` must be a Kubernetes key: up to 63 letters, digits, - _ . with an optional DNS prefix and /, got: "o s"',
        '28:52  `nodes.groups[0].taints[0].effect` must be one of "NoSchedule", "PreferNoSchedule", "NoExecute", got: "NoShedule"',
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
      [
        '28:49  `nodes.groups[0].taints[1]` must be named once, got: "os:NoSchedule"; remove the repetition',
      ],
    ],
    [
      'a taint that is text',
      [['[{ key: os, value: windows, effect: NoSchedule }]', '["os=windows:NoSchedule"]']],
      ['28:16  `nodes.groups[0].taints[0]` must be keys with values, got: "os=windows:NoSchedule"'],
    ],
    [
      'a root volume smaller than the image',
      [['      maxSize: 5\n', '      maxSize: 5\n      rootVolumeGiB: 99\n']],
      [
        '27:22  `nodes.groups[0].rootVolumeGiB` must be at least `image.rootVolumeGiB` (100), because the nodes start from the image, got: 99; raise it, or leave it out',
      ],
    ],
    [
      'a group of security groups with a wrong one',
      [['      maxSize: 5\n', '      maxSize: 5\n      securityGroupIds: [sg-x]\n']],
      [
        '27:26  `nodes.groups[0].securityGroupIds[0]` must be a security group id (sg- and 8 or 17 hex digits), got: "sg-x"',
      ],
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
        '27:27  `nodes.groups[0].kubeletArguments["--v"]` must be a flag without dashes in front, such as v, got: "--v"',
        '27:37  `nodes.groups[0].kubeletArguments["node-labels"]` must be a flag without an input of its own, got: "node-labels"; use `labels`',
        '27:55  `nodes.groups[0].kubeletArguments["register-with-taints"]` must be a flag without an input of its own, got: "register-with-taints"; use `taints`',
        '27:83  `nodes.groups[0].kubeletArguments.x` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: "a b"',
      ],
    ],
    [
      'a kubelet argument that is a number',
      [['      maxSize: 5\n', '      maxSize: 5\n      kubeletArguments: { v: 4 }\n']],
      ['27:30  `nodes.groups[0].kubeletArguments.v` must be text, got: 4; put it in quotes: "4"'],
    ],
    [
      'excluded ranges twice and wrong',
      [['ami: built', 'ami: built\n  excludedSnatCidrs: [10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/33]']],
      [
        '21:35  `nodes.excludedSnatCidrs[1]` must be named once, got: "10.0.0.0/8"; remove the repetition',
        '21:47  `nodes.excludedSnatCidrs[2]` must be an IPv4 CIDR block such as 10.0.0.0/16, got: "10.0.0.0/33"',
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
      ['27:13  `nodes.groups[1].name` must be named once, got: "apps"; remove the repetition'],
    ],
    [
      'more instance types than a group takes',
      [
        [
          '      instanceTypes: [m7i.xlarge]',
          '      instanceTypes: [m7i.0, m7i.1, m7i.2, m7i.3, m7i.4, m7i.5, m7i.6, m7i.7, m7i.8, m7i.9, m7i.10, m7i.11, m7i.12, m7i.13, m7i.14, m7i.15, m7i.16, m7i.17, m7i.18, m7i.19, m7i.20, m7i.21, m7i.22, m7i.23, m7i.24, m7i.25, m7i.26, m7i.27, m7i.28, m7i.29, m7i.30, m7i.31, m7i.32, m7i.33, m7i.34, m7i.35, m7i.36, m7i.37, m7i.38, m7i.39, m7i.40]',
        ],
      ],
      ['24:22  `nodes.groups[0].instanceTypes` must have between 1 and 40 items, got: 41'],
    ],
  ])('refuses %s', (_name, changes, expected) => {
    expectProblems(changes, expected);
  });
});
