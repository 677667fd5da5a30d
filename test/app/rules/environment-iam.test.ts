import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('roles and the AMI of nodes in an environment file', () => {
  describe('roles', () => {
    it.each<Mistake>([
      [
        'permissions that are none',
        [['permissions: scoped', 'permissions: admin']],
        ['5:16  `iam.permissions` one-of: "admin"'],
      ],
      [
        'a boundary by its name',
        [['arn:aws:iam::111122223333:policy/boundary', 'boundary']],
        ['6:24  `iam.permissionsBoundary` policy-arn: "boundary"'],
      ],
      [
        'a boundary that is a role',
        [['policy/boundary', 'role/boundary']],
        ['6:24  `iam.permissionsBoundary` policy-arn: "arn:aws:iam::111122223333:role/boundary"'],
      ],
      [
        'a path without a slash at its end',
        [['path: /eks/', 'path: /eks']],
        ['7:9  `iam.path` iam-path: "/eks"'],
      ],
      [
        'a path that Terraform would read',
        [['path: /eks/', 'path: "/${x}/"']],
        ['7:9  `iam.path` terraform-expression: "/${x}/"'],
      ],
      [
        'a prefix with a slash',
        [['namePrefix: acme-', 'namePrefix: acme/']],
        ['8:15  `iam.namePrefix` role-name-prefix: "acme/"'],
      ],
      [
        'a prefix that makes a name too long',
        [['namePrefix: acme-', 'namePrefix: ppppppppppppppppppppppppppppppppp']],
        [
          '1:7  `name` role-name: "pppppppppppppppppppppppppppppppppexample-windows-execution-357e3e"',
        ],
      ],
      [
        'a prefix that makes a name too long in the top path',
        [
          ['namePrefix: acme-', 'namePrefix: pppppppppppppppppppppppppppppppppppppppp'],
          ['  path: /eks/\n', ''],
        ],
        [
          '1:7  `name` role-name: "ppppppppppppppppppppppppppppppppppppppppexample-windows-execution"',
        ],
      ],
      [
        'a key written wrongly',
        [['namePrefix: acme-', 'nameprefix: acme-']],
        ['8:3  `iam.nameprefix` unknown-key: "nameprefix"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('the AMI of the nodes', () => {
    it.each<Mistake>([
      [
        'an id and a version',
        [['{ builtVersion: 3 }', '{ builtVersion: 3, imageId: ami-01234567 }']],
        ['88:8  `nodes.ami` ami-source: "both"'],
      ],
      [
        'neither an id nor a version',
        [['{ builtVersion: 3 }', '{}']],
        ['88:8  `nodes.ami` ami-source: nothing'],
      ],
      [
        'a version of nothing',
        [['builtVersion: 3', 'builtVersion: 0']],
        ['88:24  `nodes.ami.builtVersion` integer-range: 0'],
      ],
      [
        'a version in quotes',
        [['builtVersion: 3', 'builtVersion: "3"']],
        ['88:24  `nodes.ami.builtVersion` wrong-type: "3"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('thresholds of the image garbage collection', () => {
    it.each<Mistake>([
      [
        'a low one that is missing',
        [[', lowPercent: 80', '']],
        ['95:7  `nodes.groups[0].imageGcThresholds.lowPercent` missing-key: nothing'],
      ],
      [
        'a low one above the high one',
        [['lowPercent: 80', 'lowPercent: 90']],
        ['95:57  `nodes.groups[0].imageGcThresholds.lowPercent` gc-threshold-order: 90'],
      ],
      [
        'a high one above all of the disk',
        [['highPercent: 90', 'highPercent: 101']],
        ['95:41  `nodes.groups[0].imageGcThresholds.highPercent` integer-range: 101'],
      ],
      [
        'a flag of theirs elsewhere',
        [['{ v: "4" }', '{ image-gc-high-threshold: "90" }']],
        [
          '100:27  `nodes.groups[0].kubeletArguments["image-gc-high-threshold"]` kubelet-flag-of-an-input: "image-gc-high-threshold"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
