import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('the base and the build instance in an environment file', () => {
  describe('the base', () => {
    it.each<Mistake>([
      [
        'a base that is none',
        [['base: eks-optimized', 'base: eks']],
        ['12:9  `image.base` alternative: "eks"'],
      ],
      [
        'an AMI id by itself',
        [['base: eks-optimized', 'base: ami-01234567']],
        ['12:9  `image.base` alternative: "ami-01234567"'],
      ],
      [
        'a wrong AMI id',
        [['base: eks-optimized', 'base: { imageId: ami-1 }']],
        ['12:20  `image.base.imageId` ami-id: "ami-1"'],
      ],
      [
        'no AMI id',
        [['base: eks-optimized', 'base: {}']],
        ['12:3  `image.base.imageId` missing-key: nothing'],
      ],
      [
        'a dated release of another base',
        [
          ['base: eks-optimized', 'base: plain-windows'],
          ['server: "2022"', 'server: "2022", release: 1.35-2026.04.18'],
        ],
        ['10:37  `windows.release` release-of-plain-windows: "1.35-2026.04.18"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('the instance', () => {
    it.each<Mistake>([
      [
        'a folder that is a number',
        [['workingDirectory: C:\\build', 'workingDirectory: 5']],
        ['44:21  `image.workingDirectory` wrong-type: 5'],
      ],
      [
        'a folder that Terraform would read',
        [['workingDirectory: C:\\build', "workingDirectory: '${env:TEMP}'"]],
        ['44:21  `image.workingDirectory` terraform-expression: "${env:TEMP}"'],
      ],
      [
        'a key pair with a blank at its end',
        [['keyName: operators', 'keyName: "operators "']],
        ['47:12  `image.keyName` key-pair-name: "operators "'],
      ],
      [
        'a key pair that Terraform would read',
        [['keyName: operators', 'keyName: "%{ if }"']],
        ['47:12  `image.keyName` terraform-expression: "%{ if }"'],
      ],
      [
        'a zone without a letter',
        [['availabilityZone: us-east-1a', 'availabilityZone: us-east-1']],
        ['49:23  `image.placement.availabilityZone` availability-zone: "us-east-1"'],
      ],
      [
        'a tenancy that is none',
        [['tenancy: host', 'tenancy: shared']],
        ['50:14  `image.placement.tenancy` one-of: "shared"'],
      ],
      [
        'a host without its tenancy',
        [['tenancy: host', 'tenancy: dedicated']],
        ['50:14  `image.placement.tenancy` one-of: "dedicated"'],
      ],
      [
        'a host id of another form',
        [['hostId: h-0123456789abcdef0', 'hostId: i-0123456789abcdef0']],
        ['51:13  `image.placement.hostId` h-id: "i-0123456789abcdef0"'],
      ],
      [
        'a host and a group of hosts',
        [
          [
            'hostId: h-0123456789abcdef0',
            'hostId: h-0123456789abcdef0\n    hostResourceGroupArn: arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
          ],
        ],
        [
          '52:27  `image.placement.hostResourceGroupArn` host-or-host-group: "arn:aws:resource-groups:us-east-1:111122223333:group/hosts"',
        ],
      ],
      [
        'a group of hosts that is none',
        [['hostId: h-0123456789abcdef0', 'hostResourceGroupArn: hosts']],
        ['51:27  `image.placement.hostResourceGroupArn` resource-group-arn: "hosts"'],
      ],
      [
        'no hop',
        [['httpPutResponseHopLimit: 2', 'httpPutResponseHopLimit: 0']],
        ['52:28  `image.httpPutResponseHopLimit` integer-range: 0'],
      ],
      [
        'too many hops',
        [['httpPutResponseHopLimit: 2', 'httpPutResponseHopLimit: 65']],
        ['52:28  `image.httpPutResponseHopLimit` integer-range: 65'],
      ],
      [
        'a word for false',
        [['terminateOnFailure: false', 'terminateOnFailure: no']],
        ['53:23  `image.terminateOnFailure` wrong-type: "no"'],
      ],
      [
        'a bucket of logs with a blank',
        [['bucket: acme-logs', 'bucket: acme logs']],
        ['54:19  `image.logs.bucket` bucket-name: "acme logs"'],
      ],
      [
        'a folder of logs with a slash in front',
        [['keyPrefix: images', 'keyPrefix: /images']],
        ['54:41  `image.logs.keyPrefix` key-prefix: "/images"'],
      ],
      [
        'the key of a bucket by its alias',
        [['kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/logs', 'kmsKeyArn: alias/logs']],
        ['54:60  `image.logs.kmsKeyArn` kms-key-arn: "alias/logs"'],
      ],
      [
        'a key of log groups by its alias',
        [['logRetentionDays: 30', 'logGroupKmsKeyId: alias/logs']],
        ['55:21  `image.logGroupKmsKeyId` kms-key-arn: "alias/logs"'],
      ],
      [
        'days that CloudWatch does not offer',
        [['logRetentionDays: 30', 'logRetentionDays: 31']],
        ['55:21  `image.logRetentionDays` log-retention: 31'],
      ],
      [
        'days in words',
        [['logRetentionDays: 30', 'logRetentionDays: forever']],
        ['55:21  `image.logRetentionDays` wrong-type: "forever"'],
      ],
      [
        'a FIFO topic',
        [['111122223333:builds', '111122223333:builds.fifo']],
        [
          '56:16  `image.snsTopicArn` sns-topic-arn: "arn:aws:sns:us-east-1:111122223333:builds.fifo"',
        ],
      ],
      [
        'tests that are no yes or no',
        [['  tests: false', '  tests: 0']],
        ['57:10  `image.tests` wrong-type: 0'],
      ],
      [
        'scanning that is no yes or no',
        [['  scanning: true', '  scanning: "true"']],
        ['58:13  `image.scanning` wrong-type: "true"'],
      ],
      [
        'a workflow that is none',
        [['  scanning: true\n', '  scanning: true\n  workflows: [{ workflowArn: build-image }]\n']],
        ['59:30  `image.workflows[0].workflowArn` workflow-arn: "build-image"'],
      ],
      [
        'a workflow that may fail halfway',
        [
          [
            '  scanning: true\n',
            '  scanning: true\n  workflows: [{ workflowArn: a, onFailure: RETRY }]\n',
          ],
        ],
        [
          '59:30  `image.workflows[0].workflowArn` workflow-arn: "a"',
          '59:44  `image.workflows[0].onFailure` one-of: "RETRY"',
        ],
      ],
      [
        'no space that stays free',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 100\n  minimumFreeGiB: 0']],
        ['32:19  `image.minimumFreeGiB` integer-range: 0'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
