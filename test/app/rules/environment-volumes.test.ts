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
        ['33:11  `image.rootVolume.type` one-of: "st1"'],
      ],
      [
        'a type that is none',
        [['type: gp3', 'type: gp4']],
        ['33:11  `image.rootVolume.type` one-of: "gp4"'],
      ],
      [
        'too few operations',
        [['iops: 4000', 'iops: 2999']],
        ['34:11  `image.rootVolume.iops` integer-range: 2999'],
      ],
      [
        'more throughput than operations carry',
        [
          ['throughput: 500', 'throughput: 1000'],
          ['iops: 4000', 'iops: 3999'],
        ],
        ['35:17  `image.rootVolume.throughput` throughput-for-iops: 1000'],
      ],
      [
        'throughput of another type',
        [['type: gp3', 'type: io1']],
        ['35:17  `image.rootVolume.throughput` volume-key-of-another-type: 500'],
      ],
      [
        'no operations for a type that needs them',
        [['type: gp3\n    iops: 4000\n    throughput: 500\n', 'type: io2\n']],
        ['32:3  `image.rootVolume.iops` iops-missing: nothing'],
      ],
      [
        'no consequence of operations that are none',
        [
          ['type: gp3\n    iops: 4000', 'type: io2\n    iops: 0'],
          ['    throughput: 500\n', ''],
        ],
        ['34:11  `image.rootVolume.iops` integer-range: 0'],
      ],
      [
        'a key id alone',
        [['arn:aws:kms:us-east-1:111122223333:key/root', 'mrk-1']],
        ['36:15  `image.rootVolume.kmsKeyId` kms-key-or-alias-arn: "mrk-1"'],
      ],
      [
        'a device that is the root',
        [['deviceName: xvdb', 'deviceName: /dev/sda1']],
        ['38:19  `image.dataVolumes[0].deviceName` device-name: "/dev/sda1"'],
      ],
      [
        'no size',
        [['      sizeGiB: 200\n', '']],
        ['38:7  `image.dataVolumes[0].sizeGiB` missing-key: nothing'],
      ],
      [
        'a size below that of the type',
        [
          ['sizeGiB: 200', 'sizeGiB: 3'],
          ['iops: 5000', 'iops: 100'],
        ],
        ['39:16  `image.dataVolumes[0].sizeGiB` integer-range: 3'],
      ],
      [
        'a snapshot that is none',
        [['snap-0123456789abcdef0', 'snap-1']],
        ['40:19  `image.dataVolumes[0].snapshotId` snap-id: "snap-1"'],
      ],
      [
        'a device twice',
        [
          [
            '    - deviceName: xvdb\n',
            '    - { deviceName: xvdb, sizeGiB: 1 }\n    - deviceName: xvdb\n',
          ],
        ],
        ['39:19  `image.dataVolumes[1].deviceName` unique: "xvdb"'],
      ],
      [
        'no data volume',
        [['dataVolumes:\n', 'dataVolumes: []\n  volumes:\n']],
        [
          '37:16  `image.dataVolumes` list-length: 0',
          '38:3  `image.volumes` unknown-key: "volumes"',
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
        ['25:7  `image.componentFiles[0].bucket` missing-key: nothing'],
      ],
      [
        'component files twice',
        [
          [
            '    - { bucket: acme-installers, keyPrefix: agent }\n',
            '    - { bucket: acme-installers, keyPrefix: agent }\n    - { bucket: acme-installers, keyPrefix: agent }\n',
          ],
        ],
        ['26:7  `image.componentFiles[1]` unique: "acme-installers/agent"'],
      ],
      [
        'no component file',
        [
          [
            'componentFiles:\n    - { bucket: acme-installers, keyPrefix: agent }',
            'componentFiles: []',
          ],
        ],
        ['24:19  `image.componentFiles` list-length: 0'],
      ],
      [
        'an alias in the place of a key',
        [['key/base', 'alias/base']],
        [
          '26:16  `image.kmsKeyArns[0]` kms-key-arn: "arn:aws:kms:us-east-1:111122223333:alias/base"',
        ],
      ],
      [
        'a key twice',
        [['key/base]', 'key/base, arn:aws:kms:us-east-1:111122223333:key/base]']],
        ['26:61  `image.kmsKeyArns[1]` unique: "arn:aws:kms:us-east-1:111122223333:key/base"'],
      ],
      [
        'a secret by its name',
        [['arn:aws:secretsmanager:us-east-1:111122223333:secret:docker-AbCdEf', 'docker']],
        ['29:16  `image.registryCredentials["docker.io"]` secret-arn: "docker"'],
      ],
      [
        'a registry with https',
        [['    docker.io: arn', '    https://docker.io: arn']],
        [
          '29:24  `image.registryCredentials["https://docker.io"]` registry-host: "https://docker.io"',
        ],
      ],
      [
        'a registry of no image',
        [['    docker.io: arn', '    quay.io: arn']],
        ['29:14  `image.registryCredentials["quay.io"]` login-without-image: "quay.io"'],
      ],
      [
        'a login of Amazon ECR',
        [['    docker.io: arn', '    111122223333.dkr.ecr.us-east-1.amazonaws.com: arn']],
        [
          '29:51  `image.registryCredentials["111122223333.dkr.ecr.us-east-1.amazonaws.com"]` ecr-login: "111122223333.dkr.ecr.us-east-1.amazonaws.com"',
        ],
      ],
      [
        'a registry that Terraform would read',
        [['    docker.io: arn', '    "${x}": arn']],
        ['29:5  `image.registryCredentials["${x}"]` terraform-expression: "${x}"'],
      ],
      [
        'a prefix with a slash at its end',
        [['[docker-hub]', '[docker-hub/]']],
        ['30:30  `image.pullThroughCachePrefixes[0]` pull-through-prefix: "docker-hub/"'],
      ],
      [
        'a wrong prefix behind one that is no text',
        [['[docker-hub]', '[5, Docker]']],
        [
          '30:30  `image.pullThroughCachePrefixes[0]` wrong-type: 5',
          '30:33  `image.pullThroughCachePrefixes[1]` pull-through-prefix: "Docker"',
        ],
      ],
      [
        'a prefix twice',
        [['[docker-hub]', '[docker-hub, docker-hub]']],
        ['30:42  `image.pullThroughCachePrefixes[1]` unique: "docker-hub"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
