import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('volumes, files and registries of an image in an environment file', () => {
  describe('volumes', () => {
    it.each<Mistake>([
      [
        'a type that does not boot',
        [['type: gp3', 'type: st1']],
        ['33:11  `image.rootVolume.type` must be one of "gp3", "gp2", "io1", "io2", got: "st1"'],
      ],
      [
        'a type that is none',
        [['type: gp3', 'type: gp4']],
        [
          '33:11  `image.rootVolume.type` must be one of "gp3", "gp2", "io1", "io2", "st1", "sc1", got: "gp4"',
        ],
      ],
      [
        'too few operations',
        [['iops: 4000', 'iops: 2999']],
        ['34:11  `image.rootVolume.iops` must be an integer between 3000 and 64000, got: 2999'],
      ],
      [
        'more throughput than operations carry',
        [
          ['throughput: 500', 'throughput: 1000'],
          ['iops: 4000', 'iops: 3999'],
        ],
        [
          '35:17  `image.rootVolume.throughput` must be at most a quarter of its iops, which are 3999, got: 1000; raise iops to 4000 or more',
        ],
      ],
      [
        'throughput of another type',
        [['type: gp3', 'type: io1']],
        [
          '35:17  `image.rootVolume.throughput` must be left out for a volume of type io1, got: 500; only gp3 takes it',
        ],
      ],
      [
        'no operations for a type that needs them',
        [['type: gp3\n    iops: 4000\n    throughput: 500\n', 'type: io2\n']],
        ['32:3  `image.rootVolume.iops` must be given for a volume of type io2, got: nothing'],
      ],
      [
        'no consequence of operations that are none',
        [
          ['type: gp3\n    iops: 4000', 'type: io2\n    iops: 0'],
          ['    throughput: 500\n', ''],
        ],
        ['34:11  `image.rootVolume.iops` must be an integer of at least 1, got: 0'],
      ],
      [
        'a key id alone',
        [['arn:aws:kms:us-east-1:111122223333:key/root', 'mrk-1']],
        [
          '36:15  `image.rootVolume.kmsKeyId` must be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>, or of an alias, got: "mrk-1"',
        ],
      ],
      [
        'a device that is the root',
        [['deviceName: xvdb', 'deviceName: /dev/sda1']],
        [
          '38:19  `image.dataVolumes[0].deviceName` must be a device name from xvdb to xvdz, or from xvdba to xvdcz, got: "/dev/sda1"',
        ],
      ],
      [
        'no size',
        [['      sizeGiB: 200\n', '']],
        [
          '38:7  `image.dataVolumes[0].sizeGiB` must be given, got: nothing; add the key "sizeGiB" to `image.dataVolumes[0]`',
        ],
      ],
      [
        'a size below that of the type',
        [
          ['sizeGiB: 200', 'sizeGiB: 3'],
          ['iops: 5000', 'iops: 100'],
        ],
        ['39:16  `image.dataVolumes[0].sizeGiB` must be an integer between 4 and 16000, got: 3'],
      ],
      [
        'a snapshot that is none',
        [['snap-0123456789abcdef0', 'snap-1']],
        [
          '40:19  `image.dataVolumes[0].snapshotId` must be a snapshot id (snap- and 8 or 17 hex digits), got: "snap-1"',
        ],
      ],
      [
        'a device twice',
        [
          [
            '    - deviceName: xvdb\n',
            '    - { deviceName: xvdb, sizeGiB: 1 }\n    - deviceName: xvdb\n',
          ],
        ],
        [
          '39:19  `image.dataVolumes[1].deviceName` must be named once, got: "xvdb"; remove the repetition',
        ],
      ],
      [
        'no data volume',
        [['dataVolumes:\n', 'dataVolumes: []\n  volumes:\n']],
        [
          '37:16  `image.dataVolumes` must have at least 1 item, got: 0',
          '38:3  `image.volumes` must be a known key, got: "volumes"; the keys here are base, components, componentBucket, componentFiles, registryCredentials, minimumFreeGiB, rootVolumeGiB, rootVolume, dataVolumes, workingDirectory, rebuild, instanceTypes, network, keyName, placement, httpPutResponseHopLimit, snsTopicArn, logs, terminateOnFailure, tests, scanning, workflows, cachedImages, pullThroughCachePrefixes, kmsKeyArns, logRetentionDays, logGroupKmsKeyId, distribution, schedule, pipelineEnabled, notifications, buildOnApply, retention, timeoutMinutes',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('files, keys and registries', () => {
    it.each<Mistake>([
      [
        'a component file without a bucket',
        [['{ bucket: acme-installers, keyPrefix: agent }', '{ keyPrefix: agent }']],
        [
          '25:7  `image.componentFiles[0].bucket` must be given, got: nothing; add the key "bucket" to `image.componentFiles[0]`',
        ],
      ],
      [
        'component files twice',
        [
          [
            '    - { bucket: acme-installers, keyPrefix: agent }\n',
            '    - { bucket: acme-installers, keyPrefix: agent }\n    - { bucket: acme-installers, keyPrefix: agent }\n',
          ],
        ],
        [
          '26:7  `image.componentFiles[1]` must be named once, got: "acme-installers/agent"; remove the repetition',
        ],
      ],
      [
        'no component file',
        [
          [
            'componentFiles:\n    - { bucket: acme-installers, keyPrefix: agent }',
            'componentFiles: []',
          ],
        ],
        ['24:19  `image.componentFiles` must have at least 1 item, got: 0'],
      ],
      [
        'an alias in the place of a key',
        [['key/base', 'alias/base']],
        [
          '26:16  `image.kmsKeyArns[0]` must be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>, got: "arn:aws:kms:us-east-1:111122223333:alias/base"',
        ],
      ],
      [
        'a key twice',
        [['key/base]', 'key/base, arn:aws:kms:us-east-1:111122223333:key/base]']],
        [
          '26:61  `image.kmsKeyArns[1]` must be named once, got: "arn:aws:kms:us-east-1:111122223333:key/base"; remove the repetition',
        ],
      ],
      [
        'a secret by its name',
        [['arn:aws:secretsmanager:us-east-1:111122223333:secret:docker-AbCdEf', 'docker']],
        [
          '29:16  `image.registryCredentials["docker.io"]` must be the complete ARN of a secret in AWS Secrets Manager, got: "docker"; copy it from the console or from `aws secretsmanager describe-secret`',
        ],
      ],
      [
        'a registry with https',
        [['    docker.io: arn', '    https://docker.io: arn']],
        [
          '29:24  `image.registryCredentials["https://docker.io"]` must be the login of a registry host such as docker.io, got: "https://docker.io"; write the host alone, without https:// and without a path',
        ],
      ],
      [
        'a registry of no image',
        [['    docker.io: arn', '    quay.io: arn']],
        [
          '29:14  `image.registryCredentials["quay.io"]` must be the login of a registry of at least one image, got: "quay.io"; remove it, or spell it as the images do',
        ],
      ],
      [
        'a login of Amazon ECR',
        [['    docker.io: arn', '    111122223333.dkr.ecr.us-east-1.amazonaws.com: arn']],
        [
          '29:51  `image.registryCredentials["111122223333.dkr.ecr.us-east-1.amazonaws.com"]` must be the login of a registry other than Amazon ECR, got: "111122223333.dkr.ecr.us-east-1.amazonaws.com"; remove it: the role of the build instance is the login there',
        ],
      ],
      [
        'a registry that Terraform would read',
        [['    docker.io: arn', '    "${x}": arn']],
        [
          '29:5  `image.registryCredentials["${x}"]` must be text without ${ and %{, got: "${x}"; Terraform would read it as an expression of its own',
        ],
      ],
      [
        'a prefix with a slash at its end',
        [['[docker-hub]', '[docker-hub/]']],
        [
          '30:30  `image.pullThroughCachePrefixes[0]` must be the prefix of a pull through cache rule such as docker-hub, or ROOT, got: "docker-hub/"',
        ],
      ],
      [
        'a wrong prefix behind one that is no text',
        [['[docker-hub]', '[5, Docker]']],
        [
          '30:30  `image.pullThroughCachePrefixes[0]` must be text, got: 5; put it in quotes: "5"',
          '30:33  `image.pullThroughCachePrefixes[1]` must be the prefix of a pull through cache rule such as docker-hub, or ROOT, got: "Docker"',
        ],
      ],
      [
        'a prefix twice',
        [['[docker-hub]', '[docker-hub, docker-hub]']],
        [
          '30:42  `image.pullThroughCachePrefixes[1]` must be named once, got: "docker-hub"; remove the repetition',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
