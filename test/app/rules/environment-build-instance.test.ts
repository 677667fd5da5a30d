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
        [
          '12:9  `image.base` must be "eks-optimized", "plain-windows" or { imageId: ami-... }, got: "eks"',
        ],
      ],
      [
        'an AMI id by itself',
        [['base: eks-optimized', 'base: ami-01234567']],
        [
          '12:9  `image.base` must be "eks-optimized", "plain-windows" or { imageId: ami-... }, got: "ami-01234567"',
        ],
      ],
      [
        'a wrong AMI id',
        [['base: eks-optimized', 'base: { imageId: ami-1 }']],
        [
          '12:20  `image.base.imageId` must be an AMI id (ami- and 8 or 17 hex digits), got: "ami-1"',
        ],
      ],
      [
        'no AMI id',
        [['base: eks-optimized', 'base: {}']],
        [
          '12:3  `image.base.imageId` must be given, got: nothing; add the key "imageId" to `image.base`',
        ],
      ],
      [
        'a dated release of another base',
        [
          ['base: eks-optimized', 'base: plain-windows'],
          ['server: "2022"', 'server: "2022", release: 1.35-2026.04.18'],
        ],
        [
          '10:37  `windows.release` must be latest with `image.base: plain-windows`, got: "1.35-2026.04.18"; releases are those of the EKS optimized AMI',
        ],
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
        ['44:21  `image.workingDirectory` must be text, got: 5; put it in quotes: "5"'],
      ],
      [
        'a folder that Terraform would read',
        [['workingDirectory: C:\\build', "workingDirectory: '${env:TEMP}'"]],
        [
          '44:21  `image.workingDirectory` must be text without ${ and %{, got: "${env:TEMP}"; Terraform would read it as an expression of its own',
        ],
      ],
      [
        'a key pair with a blank at its end',
        [['keyName: operators', 'keyName: "operators "']],
        [
          '47:12  `image.keyName` must be the name of a key pair: 1 to 255 ASCII characters, no blank at either end, got: "operators "',
        ],
      ],
      [
        'a key pair that Terraform would read',
        [['keyName: operators', 'keyName: "%{ if }"']],
        [
          '47:12  `image.keyName` must be text without ${ and %{, got: "%{ if }"; Terraform would read it as an expression of its own',
        ],
      ],
      [
        'a zone without a letter',
        [['availabilityZone: us-east-1a', 'availabilityZone: us-east-1']],
        [
          '49:23  `image.placement.availabilityZone` must be an Availability Zone such as us-east-1a, got: "us-east-1"',
        ],
      ],
      [
        'a tenancy that is none',
        [['tenancy: host', 'tenancy: shared']],
        [
          '50:14  `image.placement.tenancy` must be one of "default", "dedicated", "host", got: "shared"',
        ],
      ],
      [
        'a host without its tenancy',
        [['tenancy: host', 'tenancy: dedicated']],
        ['50:14  `image.placement.tenancy` must be one of "host", got: "dedicated"'],
      ],
      [
        'a host id of another form',
        [['hostId: h-0123456789abcdef0', 'hostId: i-0123456789abcdef0']],
        [
          '51:13  `image.placement.hostId` must be the id of a Dedicated Host (h- and 8 or 17 hex digits), got: "i-0123456789abcdef0"',
        ],
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
          '52:27  `image.placement.hostResourceGroupArn` must be left out when there is a `hostId`, got: "arn:aws:resource-groups:us-east-1:111122223333:group/hosts"',
        ],
      ],
      [
        'a group of hosts that is none',
        [['hostId: h-0123456789abcdef0', 'hostResourceGroupArn: hosts']],
        [
          '51:27  `image.placement.hostResourceGroupArn` must be the ARN of a resource group such as arn:aws:resource-groups:us-east-1:111122223333:group/hosts, got: "hosts"',
        ],
      ],
      [
        'no hop',
        [['httpPutResponseHopLimit: 2', 'httpPutResponseHopLimit: 0']],
        ['52:28  `image.httpPutResponseHopLimit` must be an integer between 1 and 64, got: 0'],
      ],
      [
        'too many hops',
        [['httpPutResponseHopLimit: 2', 'httpPutResponseHopLimit: 65']],
        ['52:28  `image.httpPutResponseHopLimit` must be an integer between 1 and 64, got: 65'],
      ],
      [
        'a word for false',
        [['terminateOnFailure: false', 'terminateOnFailure: no']],
        [
          '53:23  `image.terminateOnFailure` must be true or false, got: "no"; write true or false, without quotes',
        ],
      ],
      [
        'a bucket of logs with a blank',
        [['bucket: acme-logs', 'bucket: acme logs']],
        [
          '54:19  `image.logs.bucket` must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes, got: "acme logs"',
        ],
      ],
      [
        'a folder of logs with a slash in front',
        [['keyPrefix: images', 'keyPrefix: /images']],
        [
          '54:41  `image.logs.keyPrefix` must be a folder such as windows/example: letters, digits and _ . = -, with / only in between, got: "/images"',
        ],
      ],
      [
        'the key of a bucket by its alias',
        [['kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/logs', 'kmsKeyArn: alias/logs']],
        [
          '54:60  `image.logs.kmsKeyArn` must be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>, got: "alias/logs"',
        ],
      ],
      [
        'a key of log groups by its alias',
        [['logRetentionDays: 30', 'logGroupKmsKeyId: alias/logs']],
        [
          '55:21  `image.logGroupKmsKeyId` must be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>, got: "alias/logs"',
        ],
      ],
      [
        'days that CloudWatch does not offer',
        [['logRetentionDays: 30', 'logRetentionDays: 31']],
        [
          '55:21  `image.logRetentionDays` must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got: 31',
        ],
      ],
      [
        'days in words',
        [['logRetentionDays: 30', 'logRetentionDays: forever']],
        ['55:21  `image.logRetentionDays` must be a number, got: "forever"'],
      ],
      [
        'a FIFO topic',
        [['111122223333:builds', '111122223333:builds.fifo']],
        [
          '56:16  `image.snsTopicArn` must be the ARN of an SNS topic such as arn:aws:sns:us-east-1:111122223333:images, got: "arn:aws:sns:us-east-1:111122223333:builds.fifo"',
        ],
      ],
      [
        'tests that are no yes or no',
        [['  tests: false', '  tests: 0']],
        ['57:10  `image.tests` must be true or false, got: 0; write true or false, without quotes'],
      ],
      [
        'scanning that is no yes or no',
        [['  scanning: true', '  scanning: "true"']],
        [
          '58:13  `image.scanning` must be true or false, got: "true"; write true or false, without quotes',
        ],
      ],
      [
        'a workflow that is none',
        [['  scanning: true\n', '  scanning: true\n  workflows: [{ workflowArn: build-image }]\n']],
        [
          '59:30  `image.workflows[0].workflowArn` must be the ARN of a build, test or distribution workflow with a version, got: "build-image"',
        ],
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
          '59:30  `image.workflows[0].workflowArn` must be the ARN of a build, test or distribution workflow with a version, got: "a"',
          '59:44  `image.workflows[0].onFailure` must be one of "ABORT", "CONTINUE", got: "RETRY"',
        ],
      ],
      [
        'no space that stays free',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 100\n  minimumFreeGiB: 0']],
        ['32:19  `image.minimumFreeGiB` must be an integer between 1 and 16000, got: 0'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
