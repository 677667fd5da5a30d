import { describe, expect, it } from '@jest/globals';
import { type Change, FULL_ENVIRONMENT, problemsOf, withChanges } from '../full-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

function expectProblems(changes: readonly Change[], expected: readonly string[]): void {
  expect(problemsOf(withChanges(...changes))).toEqual(expected.map((one) => `e.yaml:${one}`));
}

describe('image and Fast Launch in an environment file', () => {
  describe('the image', () => {
    it.each<Mistake>([
      [
        'a root volume smaller than Windows',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 49']],
        ['10:18  `image.rootVolumeGiB` integer-range: 49'],
      ],
      [
        'a root volume larger than Image Builder takes',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 16001']],
        ['10:18  `image.rootVolumeGiB` integer-range: 16001'],
      ],
      [
        'a root volume with a fraction',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 99.5']],
        ['10:18  `image.rootVolumeGiB` integer-range: 99.5'],
      ],
      [
        'a number in quotes',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: "100"']],
        ['10:18  `image.rootVolumeGiB` wrong-type: "100"'],
      ],
      [
        'a number with a unit',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 100 GiB']],
        ['10:18  `image.rootVolumeGiB` wrong-type: "100 GiB"'],
      ],
      [
        'an infinite number',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: .inf']],
        ['10:18  `image.rootVolumeGiB` wrong-type: ".inf"'],
      ],
      [
        'no instance type',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: []\n  net']],
        ['11:18  `image.instanceTypes` list-length: 0'],
      ],
      [
        'a Graviton instance type',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: [m7g.xlarge]\n  net']],
        ['11:19  `image.instanceTypes[0]` graviton-type: "m7g.xlarge"'],
      ],
      [
        'text in the place of a list',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: m7i.xlarge\n  net']],
        ['11:18  `image.instanceTypes` wrong-type: "m7i.xlarge"'],
      ],
      [
        'a mapping in the place of a list',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: { a: b }\n  net']],
        ['11:18  `image.instanceTypes` wrong-type: {"a":"b"}'],
      ],
      [
        'an instance type twice',
        [
          [
            '  instanceTypes: [m7i.xlarge]\n  net',
            '  instanceTypes: [m7i.xlarge, m7i.xlarge]\n  net',
          ],
        ],
        ['11:31  `image.instanceTypes[1]` unique: "m7i.xlarge"'],
      ],
      [
        'security groups without a subnet',
        [['network: { subnetId: subnet-0123456789abcdef0, sec', 'network: { sec']],
        ['12:3  `image.network.subnetId` missing-key: nothing'],
      ],
      [
        'a subnet with an empty list of security groups',
        [['[sg-0123456789abcdef0]', '[]']],
        ['12:68  `image.network.securityGroupIds` list-length: 0'],
      ],
      [
        'a subnet id that is too short',
        [
          [
            'network: { subnetId: subnet-0123456789abcdef0, sec',
            'network: { subnetId: subnet-1, sec',
          ],
        ],
        ['12:24  `image.network.subnetId` subnet-id: "subnet-1"'],
      ],
      [
        'a security group twice and a wrong one',
        [['[sg-0123456789abcdef0]', '[sg-0123456789abcdef0, sg-0123456789abcdef0, sg-1]']],
        [
          '12:91  `image.network.securityGroupIds[1]` unique: "sg-0123456789abcdef0"',
          '12:113  `image.network.securityGroupIds[2]` sg-id: "sg-1"',
        ],
      ],
      [
        'a cached image for another Windows',
        [['ltsc2022', 'ltsc2019']],
        [
          '14:7  `image.cachedImages[0]` image-release: "mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2019"',
        ],
      ],
      [
        'a cached image without a tag',
        [['web:1.4.2', 'web']],
        [
          '15:7  `image.cachedImages[1]` image-tag: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web"',
        ],
      ],
      [
        'a cached image in capitals',
        [['web:1.4.2', 'Web:1.4.2']],
        [
          '15:7  `image.cachedImages[1]` image-reference: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/Web:1.4.2"',
        ],
      ],
      [
        'neither a cached image nor a component',
        [
          [
            /cachedImages:[\s\S]*?(?= {2}schedule)/.exec(FULL_ENVIRONMENT)?.[0] ?? '',
            'cachedImages: []\n',
          ],
        ],
        ['13:17  `image.cachedImages` something-to-build-in-file: 0'],
      ],
      [
        'a cached image twice',
        [
          [
            'shop/web:1.4.2\n',
            'shop/web:1.4.2\n    - 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.2\n',
          ],
        ],
        [
          '16:7  `image.cachedImages[2]` unique: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.2"',
        ],
      ],
      [
        'a schedule without a question mark',
        [['cron(0 6 ? * SUN *)', 'cron(0 6 * * SUN *)']],
        ['16:21  `image.schedule.cron` schedule-days: "cron(0 6 * * SUN *)"'],
      ],
      [
        'a time zone that is none',
        [['Etc/UTC', 'Europe/Berlim']],
        ['16:54  `image.schedule.timezone` timezone: "Europe/Berlim"'],
      ],
      [
        'a word for true',
        [['buildOnApply: true', 'buildOnApply: yes']],
        ['17:17  `image.buildOnApply` wrong-type: "yes"'],
      ],
      [
        'an empty reason to build again',
        [['buildOnApply: true', 'rebuild: ""']],
        ['17:12  `image.rebuild` rebuild: ""'],
      ],
      [
        'a timeout under an hour',
        [['buildOnApply: true', 'timeoutMinutes: 59']],
        ['17:19  `image.timeoutMinutes` integer-range: 59'],
      ],
      [
        'a timeout over a day',
        [['buildOnApply: true', 'timeoutMinutes: 1441']],
        ['17:19  `image.timeoutMinutes` integer-range: 1441'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });

  describe('Fast Launch and the AMI', () => {
    it.each<Mistake>([
      [
        'no snapshots',
        [['targetResourceCount: 5', 'targetResourceCount: 0']],
        ['18:36  `fastLaunch.targetResourceCount` integer-range: 0'],
      ],
      [
        'more snapshots than the API takes',
        [['targetResourceCount: 5', 'targetResourceCount: 10001']],
        ['18:36  `fastLaunch.targetResourceCount` integer-range: 10001'],
      ],
      [
        'too few parallel launches',
        [['maxParallelLaunches: 6', 'maxParallelLaunches: 5']],
        ['18:60  `fastLaunch.maxParallelLaunches` integer-range: 5'],
      ],
      [
        'an instance type that is none',
        [['maxParallelLaunches: 6', 'maxParallelLaunches: 6, instanceType: xlarge']],
        ['18:77  `fastLaunch.instanceType` instance-type: "xlarge"'],
      ],
      [
        'a security group twice',
        [
          [
            'maxParallelLaunches: 6',
            'maxParallelLaunches: 6, securityGroupIds: [sg-01234567, sg-01234567]',
          ],
        ],
        ['18:95  `fastLaunch.securityGroupIds[1]` unique: "sg-01234567"'],
      ],
      [
        "Fast Launch of Amazon's AMI",
        [['ami: built', 'ami: eks-optimized']],
        ['20:8  `nodes.ami` fast-launch-of-amazon: "eks-optimized"'],
      ],
      [
        'an AMI choice that is none',
        [['ami: built', 'ami: build']],
        ['20:8  `nodes.ami` alternative: "build"'],
      ],
      [
        'an AMI id by itself',
        [['ami: built', 'ami: ami-0123456789abcdef0']],
        ['20:8  `nodes.ami` alternative: "ami-0123456789abcdef0"'],
      ],
      [
        'a list in the place of an AMI',
        [['ami: built', 'ami: [built]']],
        ['20:8  `nodes.ami` alternative: ["built"]'],
      ],
      ['an empty AMI', [['ami: built', 'ami:']], ['20:3  `nodes.ami` empty-value: null']],
      [
        'a wrong AMI id',
        [['ami: built', 'ami: { imageId: ami-1 }']],
        ['20:19  `nodes.ami.imageId` ami-id: "ami-1"'],
      ],
      [
        'a key in an AMI written wrongly',
        [['ami: built', 'ami: { imageID: ami-0123456789abcdef0 }']],
        ['20:10  `nodes.ami.imageID` unknown-key: "imageID"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });
});
