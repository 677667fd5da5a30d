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
        [
          '10:18  `image.rootVolumeGiB` must be an integer between 50 and 16000, got: 49; a volume cannot be smaller than the AMI it is made from',
        ],
      ],
      [
        'a root volume larger than Image Builder takes',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 16001']],
        [
          '10:18  `image.rootVolumeGiB` must be an integer between 50 and 16000, got: 16001; a volume cannot be smaller than the AMI it is made from',
        ],
      ],
      [
        'a root volume with a fraction',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 99.5']],
        [
          '10:18  `image.rootVolumeGiB` must be an integer between 50 and 16000, got: 99.5; a volume cannot be smaller than the AMI it is made from',
        ],
      ],
      [
        'a number in quotes',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: "100"']],
        ['10:18  `image.rootVolumeGiB` must be a number, got: "100"; remove the quotes'],
      ],
      [
        'a number with a unit',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: 100 GiB']],
        ['10:18  `image.rootVolumeGiB` must be a number, got: "100 GiB"'],
      ],
      [
        'an infinite number',
        [['rootVolumeGiB: 100', 'rootVolumeGiB: .inf']],
        ['10:18  `image.rootVolumeGiB` must be a number, got: ".inf"'],
      ],
      [
        'no instance type',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: []\n  net']],
        ['11:18  `image.instanceTypes` must have at least 1 item, got: 0'],
      ],
      [
        'a Graviton instance type',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: [m7g.xlarge]\n  net']],
        [
          '11:19  `image.instanceTypes[0]` must be an x86-64 instance type, because there is no Windows Server on Graviton, got: "m7g.xlarge"; choose the Intel or AMD sibling, such as m7i or m7a for m7g',
        ],
      ],
      [
        'text in the place of a list',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: m7i.xlarge\n  net']],
        [
          '11:18  `image.instanceTypes` must be a list, got: "m7i.xlarge"; put each item on a line of its own, behind a dash',
        ],
      ],
      [
        'a mapping in the place of a list',
        [['  instanceTypes: [m7i.xlarge]\n  net', '  instanceTypes: { a: b }\n  net']],
        [
          '11:18  `image.instanceTypes` must be a list, got: {"a":"b"}; put a dash in front of each item',
        ],
      ],
      [
        'an instance type twice',
        [
          [
            '  instanceTypes: [m7i.xlarge]\n  net',
            '  instanceTypes: [m7i.xlarge, m7i.xlarge]\n  net',
          ],
        ],
        [
          '11:31  `image.instanceTypes[1]` must be named once, got: "m7i.xlarge"; remove the repetition',
        ],
      ],
      [
        'security groups without a subnet',
        [['network: { subnetId: subnet-0123456789abcdef0, sec', 'network: { sec']],
        [
          '12:3  `image.network.subnetId` must be given, got: nothing; add the key "subnetId" to `image.network`',
        ],
      ],
      [
        'a subnet with an empty list of security groups',
        [['[sg-0123456789abcdef0]', '[]']],
        ['12:68  `image.network.securityGroupIds` must have at least 1 item, got: 0'],
      ],
      [
        'a subnet id that is too short',
        [
          [
            'network: { subnetId: subnet-0123456789abcdef0, sec',
            'network: { subnetId: subnet-1, sec',
          ],
        ],
        [
          '12:24  `image.network.subnetId` must be a subnet id (subnet- and 8 or 17 hex digits), got: "subnet-1"',
        ],
      ],
      [
        'a security group twice and a wrong one',
        [['[sg-0123456789abcdef0]', '[sg-0123456789abcdef0, sg-0123456789abcdef0, sg-1]']],
        [
          '12:91  `image.network.securityGroupIds[1]` must be named once, got: "sg-0123456789abcdef0"; remove the repetition',
          '12:113  `image.network.securityGroupIds[2]` must be a security group id (sg- and 8 or 17 hex digits), got: "sg-1"',
        ],
      ],
      [
        'a cached image for another Windows',
        [['ltsc2022', 'ltsc2019']],
        [
          '14:7  `image.cachedImages[0]` must be an image for Windows Server 2022, got: "mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2019"; the tag is for Windows Server 2019; take its sibling for ltsc2022',
        ],
      ],
      [
        'a cached image without a tag',
        [['web:1.4.2', 'web']],
        [
          '15:7  `image.cachedImages[1]` must name a tag or a digest, got: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web"; add the tag or digest that the pods use',
        ],
      ],
      [
        'a cached image in capitals',
        [['web:1.4.2', 'Web:1.4.2']],
        [
          '15:7  `image.cachedImages[1]` must be an image reference such as mcr.microsoft.com/windows/servercore:ltsc2022, got: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/Web:1.4.2"',
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
        [
          '13:17  `image.cachedImages` must have at least one item when there are no `image.components`, got: 0',
        ],
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
          '16:7  `image.cachedImages[2]` must be named once, got: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.2"; remove the repetition',
        ],
      ],
      [
        'a schedule without a question mark',
        [['cron(0 6 ? * SUN *)', 'cron(0 6 * * SUN *)']],
        [
          '16:21  `image.schedule.cron` must be a schedule such as "cron(0 6 ? * SUN *)" or "rate(7 days)", got: "cron(0 6 * * SUN *)"; exactly one of day of month and day of week must be ?',
        ],
      ],
      [
        'a time zone that is none',
        [['Etc/UTC', 'Europe/Berlim']],
        [
          '16:54  `image.schedule.timezone` must be an IANA time zone such as Europe/Berlin or Etc/UTC, got: "Europe/Berlim"',
        ],
      ],
      [
        'a word for true',
        [['buildOnApply: true', 'buildOnApply: yes']],
        [
          '17:17  `image.buildOnApply` must be true or false, got: "yes"; write true or false, without quotes',
        ],
      ],
      [
        'an empty reason to build again',
        [['buildOnApply: true', 'rebuild: ""']],
        [
          '17:12  `image.rebuild` must be 1 to 100 characters that a keyboard has, such as a date or a ticket, got: ""',
        ],
      ],
      [
        'a timeout under an hour',
        [['buildOnApply: true', 'timeoutMinutes: 59']],
        ['17:19  `image.timeoutMinutes` must be an integer between 60 and 1440, got: 59'],
      ],
      [
        'a timeout over a day',
        [['buildOnApply: true', 'timeoutMinutes: 1441']],
        ['17:19  `image.timeoutMinutes` must be an integer between 60 and 1440, got: 1441'],
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
        ['18:36  `fastLaunch.targetResourceCount` must be an integer between 1 and 10000, got: 0'],
      ],
      [
        'more snapshots than the API takes',
        [['targetResourceCount: 5', 'targetResourceCount: 10001']],
        [
          '18:36  `fastLaunch.targetResourceCount` must be an integer between 1 and 10000, got: 10001',
        ],
      ],
      [
        'too few parallel launches',
        [['maxParallelLaunches: 6', 'maxParallelLaunches: 5']],
        ['18:60  `fastLaunch.maxParallelLaunches` must be an integer of at least 6, got: 5'],
      ],
      [
        'an instance type that is none',
        [['maxParallelLaunches: 6', 'maxParallelLaunches: 6, instanceType: xlarge']],
        [
          '18:77  `fastLaunch.instanceType` must be an EC2 instance type such as m7i.xlarge, got: "xlarge"',
        ],
      ],
      [
        'a security group twice',
        [
          [
            'maxParallelLaunches: 6',
            'maxParallelLaunches: 6, securityGroupIds: [sg-01234567, sg-01234567]',
          ],
        ],
        [
          '18:95  `fastLaunch.securityGroupIds[1]` must be named once, got: "sg-01234567"; remove the repetition',
        ],
      ],
      [
        "Fast Launch of Amazon's AMI",
        [['ami: built', 'ami: eks-optimized']],
        [
          '20:8  `nodes.ami` must be an AMI of your own with `fastLaunch`, got: "eks-optimized"; Amazon owns that one: choose "built", or remove `fastLaunch`',
        ],
      ],
      [
        'an AMI choice that is none',
        [['ami: built', 'ami: build']],
        [
          '20:8  `nodes.ami` must be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }, got: "build"',
        ],
      ],
      [
        'an AMI id by itself',
        [['ami: built', 'ami: ami-0123456789abcdef0']],
        [
          '20:8  `nodes.ami` must be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }, got: "ami-0123456789abcdef0"',
        ],
      ],
      [
        'a list in the place of an AMI',
        [['ami: built', 'ami: [built]']],
        [
          '20:8  `nodes.ami` must be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }, got: ["built"]',
        ],
      ],
      [
        'an empty AMI',
        [['ami: built', 'ami:']],
        [
          '20:3  `nodes.ami` must have a value, got: null; write one behind the colon, or remove the key',
        ],
      ],
      [
        'a wrong AMI id',
        [['ami: built', 'ami: { imageId: ami-1 }']],
        [
          '20:19  `nodes.ami.imageId` must be an AMI id (ami- and 8 or 17 hex digits), got: "ami-1"',
        ],
      ],
      [
        'a key in an AMI written wrongly',
        [['ami: built', 'ami: { imageID: ami-0123456789abcdef0 }']],
        ['20:10  `nodes.ami.imageID` must be a known key, got: "imageID"; did you mean "imageId"?'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });
});
