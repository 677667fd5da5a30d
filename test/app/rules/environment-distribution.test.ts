import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('the distribution of an image in an environment file', () => {
  describe('names and descriptions', () => {
    it.each<Mistake>([
      [
        'a name without the build date',
        [['"web-{{ imagebuilder:buildDate }}"', 'web']],
        ['60:14  `image.distribution.amiName` ami-name-build-date: "web"'],
      ],
      [
        'a name with a slash',
        [['"web-{{', '"web/{{']],
        ['60:14  `image.distribution.amiName` ami-name: "web/{{ imagebuilder:buildDate }}"'],
      ],
      [
        'a name that is too long',
        [
          [
            '"web-{{',
            '"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww-{{',
          ],
        ],
        [
          '60:14  `image.distribution.amiName` ami-name-length: "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww-{{ im...',
        ],
      ],
      [
        'a description that is a number',
        [['amiDescription: Web nodes', 'amiDescription: 5']],
        ['61:21  `image.distribution.amiDescription` wrong-type: 5'],
      ],
      [
        'a description that Terraform would read',
        [['amiDescription: Web nodes', 'amiDescription: "${x}"']],
        ['61:21  `image.distribution.amiDescription` terraform-expression: "${x}"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('targets', () => {
    it.each<Mistake>([
      [
        'no target',
        [['targets:\n', 'targets: []\n    others:\n']],
        [
          '62:14  `image.distribution.targets` list-length: 0',
          '63:5  `image.distribution.others` unknown-key: "others"',
        ],
      ],
      [
        'a target without a Region',
        [['- region: eu-west-1', '- accountIds: ["444455556666"]']],
        [
          '81:9  `image.distribution.targets[1].kmsKeyId` copy-without-key: nothing',
          '81:9  `image.distribution.targets[1].region` missing-key: nothing',
        ],
      ],
      [
        'a Region twice',
        [['- region: eu-west-1', '- region: us-east-1']],
        ['81:17  `image.distribution.targets[1].region` unique: "us-east-1"'],
      ],
      [
        'a Region that is none',
        [['- region: eu-west-1', '- region: Ireland']],
        ['81:17  `image.distribution.targets[1].region` region: "Ireland"'],
      ],
      [
        'an account without quotes',
        [['accountIds: ["444455556666"]', 'accountIds: [444455556666]']],
        ['64:22  `image.distribution.targets[0].accountIds[0]` wrong-type: 444455556666'],
      ],
      [
        'an account with dashes',
        [['["444455556666"]\n        kms', '["444455556666", "4444-5555-6666"]\n        kms']],
        ['64:38  `image.distribution.targets[0].accountIds[1]` account-id: "4444-5555-6666"'],
      ],
      [
        'an account twice',
        [['["444455556666"]\n        kms', '["444455556666", "444455556666"]\n        kms']],
        ['64:38  `image.distribution.targets[0].accountIds[1]` unique: "444455556666"'],
      ],
      [
        'copies without a key',
        [['        kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/copy\n', '']],
        ['63:9  `image.distribution.targets[0].kmsKeyId` copy-without-key: nothing'],
      ],
      [
        'a key of another Region',
        [['us-east-1:111122223333:key/copy', 'eu-west-1:111122223333:key/copy']],
        [
          '65:19  `image.distribution.targets[0].kmsKeyId` copy-key-arn: "arn:aws:kms:eu-west-1:111122223333:key/copy"',
        ],
      ],
      [
        'copies of an image without a key of its own',
        [['    kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/root\n', '']],
        [
          '63:21  `image.distribution.targets[0].accountIds` copies-of-default-key: ["444455556666"]',
          '67:11  `image.distribution.targets[0].launchPermission` launch-permission-of-default-key: {"accountIds":["777788889999"],"organizationArns":["arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5"],"...',
        ],
      ],
      [
        'no consequence of a root volume that is none',
        [['  rootVolume:\n', '  rootVolume: 5\n  volume:\n']],
        ['32:15  `image.rootVolume` wrong-type: 5', '33:3  `image.volume` unknown-key: "volume"'],
      ],
      [
        'a tag that is a number',
        [['stage: prod', 'stage: 1']],
        ['66:27  `image.distribution.targets[0].amiTags.stage` wrong-type: 1'],
      ],
      [
        'a tag of AWS',
        [['stage: prod', '"aws:stage": prod']],
        ['66:33  `image.distribution.targets[0].amiTags["aws:stage"]` ami-tag-key: "aws:stage"'],
      ],
      [
        'more tags than an AMI takes with those of the file',
        [
          [
            '{ stage: prod }',
            '{ t0: x, t1: x, t2: x, t3: x, t4: x, t5: x, t6: x, t7: x, t8: x, t9: x, t10: x, t11: x, t12: x, t13: x, t14: x, t15: x, t16: x, t17: x, t18: x, t19: x, t20: x, t21: x, t22: x, t23: x, t24: x, t25: x, t26: x, t27: x, t28: x, t29: x, t30: x, t31: x, t32: x, t33: x, t34: x, t35: x, t36: x, t37: x, t38: x, t39: x, t40: x, t41: x, t42: x, t43: x, t44: x, t45: x, t46: x, t47: x, t48: x }',
          ],
        ],
        ['66:18  `image.distribution.targets[0].amiTags` list-length: 53'],
      ],
      [
        'a licence configuration that is none',
        [
          [
            'license-configuration:lic-0123456789abcdef0123456789abcdef',
            'license-configuration:lic-1',
          ],
        ],
        [
          '71:36  `image.distribution.targets[0].licenseConfigurationArns[0]` license-configuration-arn: "arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-1"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('who may launch', () => {
    it.each<Mistake>([
      [
        'an account that is none',
        [
          ['["777788889999"]', '["7777"]'],
          [', accountId: "777788889999"', ''],
        ],
        [
          '68:24  `image.distribution.targets[0].launchPermission.accountIds[0]` account-id: "7777"',
        ],
      ],
      [
        'an organization that is none',
        [['organization/o-a1b2c3d4e5]', 'organization/o-1]']],
        [
          '69:30  `image.distribution.targets[0].launchPermission.organizationArns[0]` organization-arn: "arn:aws:organizations::111122223333:organization/o-1"',
        ],
      ],
      [
        'an organizational unit that is none',
        [['/ou-ab12-11111111]', ']']],
        [
          '70:36  `image.distribution.targets[0].launchPermission.organizationalUnitArns[0]` organizational-unit-arn: "arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5"',
        ],
      ],
      [
        'another word for everyone',
        [['launchPermission:\n', 'launchPermission:\n          everyone: yes\n']],
        ['68:21  `image.distribution.targets[0].launchPermission.everyone` one-of: "yes"'],
      ],
      [
        'everyone, because the image is encrypted',
        [
          [
            'launchPermission:\n',
            'launchPermission:\n          everyone: anyone-may-launch-this-ami\n',
          ],
          ['        kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/copy\n', ''],
          ['        accountIds: ["444455556666"]\n', ''],
          [', accountId: "444455556666"', ''],
          ['          - accountId: "444455556666"\n            target', '          - target'],
        ],
        [
          '66:21  `image.distribution.targets[0].launchPermission.everyone` public-encrypted-ami: "anyone-may-launch-this-ami"',
        ],
      ],
      [
        'accounts in another Region without a key there',
        [
          [
            '- region: eu-west-1',
            '- region: eu-west-1\n        launchPermission: { accountIds: ["444455556666"] }',
          ],
        ],
        [
          '82:27  `image.distribution.targets[1].launchPermission` launch-permission-without-key: {"accountIds":["444455556666"]}',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('parameters, templates and Fast Launch', () => {
    it.each<Mistake>([
      [
        'a parameter of one part',
        [['name: /windows/web/ami-id', 'name: /ami-id']],
        [
          '73:21  `image.distribution.targets[0].amiParameters[0].name` ami-parameter-name: "/ami-id"',
        ],
      ],
      [
        'a parameter of an account without a copy',
        [['ami-id, accountId: "444455556666"', 'ami-id, accountId: "777788889999"']],
        [
          '73:53  `image.distribution.targets[0].amiParameters[0].accountId` parameter-account: "777788889999"',
        ],
      ],
      [
        'the parameter that every target has',
        [
          [
            '{ name: /windows/web/ami-id, accountId: "444455556666" }',
            '{ name: /imagebuilder/example-windows/ami-id }',
          ],
        ],
        [
          '73:21  `image.distribution.targets[0].amiParameters[0].name` own-ami-parameter: "/imagebuilder/example-windows/ami-id"',
        ],
      ],
      [
        'a parameter twice',
        [
          [
            '          - { name: /windows/web',
            '          - { name: /windows/web/ami-id, accountId: "444455556666" }\n          - { name: /windows/web',
          ],
        ],
        [
          '74:21  `image.distribution.targets[0].amiParameters[1].name` unique: "/windows/web/ami-id"',
        ],
      ],
      [
        'a template that is none',
        [['id: lt-0123456789abcdef0,', 'id: lt-1,']],
        ['75:19  `image.distribution.targets[0].launchTemplates[0].id` launch-template-id: "lt-1"'],
      ],
      [
        'a template of an account that may not launch',
        [
          ['accountId: "777788889999", setDefault', 'accountId: "111111111111", setDefault'],
          [
            '          organizationArns: [arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5]\n          organizationalUnitArns: [arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111]\n',
            '',
          ],
        ],
        [
          '73:52  `image.distribution.targets[0].launchTemplates[0].accountId` launch-template-account: "111111111111"',
        ],
      ],
      [
        'a default version that is no yes or no',
        [['setDefault: false', 'setDefault: never']],
        [
          '75:80  `image.distribution.targets[0].launchTemplates[0].setDefault` wrong-type: "never"',
        ],
      ],
      [
        'no snapshot',
        [['targetResourceCount: 3', 'targetResourceCount: 0']],
        [
          '78:34  `image.distribution.targets[0].fastLaunch[0].targetResourceCount` integer-range: 0',
        ],
      ],
      [
        'too many snapshots',
        [['targetResourceCount: 3', 'targetResourceCount: 10001']],
        [
          '78:34  `image.distribution.targets[0].fastLaunch[0].targetResourceCount` integer-range: 10001',
        ],
      ],
      [
        'too few parallel launches',
        [['maxParallelLaunches: 6', 'maxParallelLaunches: 5']],
        [
          '79:34  `image.distribution.targets[0].fastLaunch[0].maxParallelLaunches` integer-range: 5',
        ],
      ],
      [
        'a version in words',
        [['version: "2"', 'version: $Latest']],
        [
          '80:66  `image.distribution.targets[0].fastLaunch[0].launchTemplate.version` launch-template-version: "$Latest"',
        ],
      ],
      [
        'a version without quotes',
        [['version: "2"', 'version: 2']],
        [
          '80:66  `image.distribution.targets[0].fastLaunch[0].launchTemplate.version` wrong-type: 2',
        ],
      ],
      [
        'Fast Launch of one account twice',
        [['fastLaunch:\n', 'fastLaunch:\n          - { accountId: "444455556666" }\n']],
        ['78:24  `image.distribution.targets[0].fastLaunch[1].accountId` unique: "444455556666"'],
      ],
      [
        'Fast Launch of both sides',
        [
          ['          - accountId: "444455556666"\n            target', '          - target'],
          ['  ami: { builtVersion: 3 }', '  ami: built'],
          ['nodes:\n', 'fastLaunch: {}\nnodes:\n'],
        ],
        ['77:13  `image.distribution.targets[0].fastLaunch[0]` fast-launch-twice: "Fast Launch"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
