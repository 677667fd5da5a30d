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
        ['5:16  `iam.permissions` must be one of "scoped", "managed", got: "admin"'],
      ],
      [
        'a boundary by its name',
        [['arn:aws:iam::111122223333:policy/boundary', 'boundary']],
        [
          '6:24  `iam.permissionsBoundary` must be the ARN of a policy such as arn:aws:iam::111122223333:policy/boundary, got: "boundary"',
        ],
      ],
      [
        'a boundary that is a role',
        [['policy/boundary', 'role/boundary']],
        [
          '6:24  `iam.permissionsBoundary` must be the ARN of a policy such as arn:aws:iam::111122223333:policy/boundary, got: "arn:aws:iam::111122223333:role/boundary"',
        ],
      ],
      [
        'a path without a slash at its end',
        [['path: /eks/', 'path: /eks']],
        [
          '7:9  `iam.path` must be an IAM path of 1 to 512 characters such as / or /eks/windows/, got: "/eks"',
        ],
      ],
      [
        'a path that Terraform would read',
        [['path: /eks/', 'path: "/${x}/"']],
        [
          '7:9  `iam.path` must be text without ${ and %{, got: "/${x}/"; Terraform would read it as an expression of its own',
        ],
      ],
      [
        'a prefix with a slash',
        [['namePrefix: acme-', 'namePrefix: acme/']],
        ['8:15  `iam.namePrefix` must be 1 to 63 letters, digits and _+=,.@-, got: "acme/"'],
      ],
      [
        'a prefix that makes a name too long',
        [['namePrefix: acme-', 'namePrefix: ppppppppppppppppppppppppppppppppp']],
        [
          '1:7  `name` must be 1 to 64 letters, digits and _+=,.@-, got: "pppppppppppppppppppppppppppppppppexample-windows-execution-357e3e"; shorten it: `iam.namePrefix` and a hash of `iam.path` are added to it',
        ],
      ],
      [
        'a prefix that makes a name too long in the top path',
        [
          ['namePrefix: acme-', 'namePrefix: pppppppppppppppppppppppppppppppppppppppp'],
          ['  path: /eks/\n', ''],
        ],
        [
          '1:7  `name` must be 1 to 64 letters, digits and _+=,.@-, got: "ppppppppppppppppppppppppppppppppppppppppexample-windows-execution"; shorten it: `iam.namePrefix` and a hash of `iam.path` are added to it',
        ],
      ],
      [
        'a key written wrongly',
        [['namePrefix: acme-', 'nameprefix: acme-']],
        [
          '8:3  `iam.nameprefix` must be a known key, got: "nameprefix"; did you mean "namePrefix"?',
        ],
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
        ['88:8  `nodes.ami` must have either imageId or builtVersion, got: "both"'],
      ],
      [
        'neither an id nor a version',
        [['{ builtVersion: 3 }', '{}']],
        ['88:8  `nodes.ami` must have either imageId or builtVersion, got: nothing'],
      ],
      [
        'a version of nothing',
        [['builtVersion: 3', 'builtVersion: 0']],
        ['88:24  `nodes.ami.builtVersion` must be an integer of at least 1, got: 0'],
      ],
      [
        'a version in quotes',
        [['builtVersion: 3', 'builtVersion: "3"']],
        ['88:24  `nodes.ami.builtVersion` must be a number, got: "3"; remove the quotes'],
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
        [
          '95:7  `nodes.groups[0].imageGcThresholds.lowPercent` must be given, got: nothing; add the key "lowPercent" to `nodes.groups[0].imageGcThresholds`',
        ],
      ],
      [
        'a low one above the high one',
        [['lowPercent: 80', 'lowPercent: 90']],
        [
          '95:57  `nodes.groups[0].imageGcThresholds.lowPercent` must be below `highPercent` (90), got: 90',
        ],
      ],
      [
        'a high one above all of the disk',
        [['highPercent: 90', 'highPercent: 101']],
        [
          '95:41  `nodes.groups[0].imageGcThresholds.highPercent` must be an integer between 2 and 100, got: 101',
        ],
      ],
      [
        'a flag of theirs elsewhere',
        [['{ v: "4" }', '{ image-gc-high-threshold: "90" }']],
        [
          '100:27  `nodes.groups[0].kubeletArguments["image-gc-high-threshold"]` must be a flag without an input of its own, got: "image-gc-high-threshold"; use `imageGcThresholds`',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
