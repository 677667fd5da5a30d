import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('components in an environment file', () => {
  describe('the list', () => {
    it.each<Mistake>([
      [
        'text in the place of the list',
        [
          [
            'components:\n    - update-windows\n',
            'components: update-windows\n  x:\n    - update-windows\n',
          ],
        ],
        [
          '13:15  `image.components` must be a list, got: "update-windows"; put each item on a line of its own, behind a dash',
          '14:3  `image.x` must be a known key, got: "x"; the keys here are base, components, componentBucket, componentFiles, registryCredentials, minimumFreeGiB, rootVolumeGiB, rootVolume, dataVolumes, workingDirectory, rebuild, instanceTypes, network, keyName, placement, httpPutResponseHopLimit, snsTopicArn, logs, terminateOnFailure, tests, scanning, workflows, cachedImages, pullThroughCachePrefixes, kmsKeyArns, logRetentionDays, logGroupKmsKeyId, distribution, schedule, pipelineEnabled, notifications, buildOnApply, retention, timeoutMinutes',
        ],
      ],
      [
        'a name with a capital',
        [['- update-windows', '- Update-Windows']],
        [
          '14:7  `image.components[0]` must be the name of a component of Amazon such as update-windows, or image-cache, got: "Update-Windows"',
        ],
      ],
      [
        'a number',
        [['- update-windows', '- 5']],
        [
          '14:7  `image.components[0]` must be a name such as update-windows, or keys with one of file, amazonManaged and arn, got: 5',
        ],
      ],
      [
        'an empty item',
        [['- update-windows', '-']],
        [
          '14:6  `image.components[0]` must have a value, got: null; write one behind the dash, or remove the dash',
        ],
      ],
      [
        'a component for Linux',
        [['- update-windows', '- update-linux']],
        ['14:7  `image.components[0]` must be a component for Windows, got: "update-linux"'],
      ],
      [
        'a component without keys',
        [['- update-windows', '- {}']],
        [
          '14:7  `image.components[0]` must have exactly one of file, amazonManaged and arn, got: nothing',
        ],
      ],
      [
        'keys of two kinds of components',
        [['    - update-windows', '    - { amazonManaged: update-windows, arn: x }']],
        [
          '14:7  `image.components[0]` must have exactly one of file, amazonManaged and arn, got: "amazonManaged and arn"',
        ],
      ],
      [
        'a key written wrongly',
        [['amazonManaged: amazon-cl', 'amazonManged: amazon-cl']],
        [
          '19:7  `image.components[3].amazonManged` must be a known key, got: "amazonManged"; did you mean "amazonManaged"?',
        ],
      ],
      [
        'a component of Amazon twice, once by its name alone',
        [
          [
            'amazonManaged: amazon-cloudwatch-agent-windows\n      version: 1.0.x',
            'amazonManaged: update-windows',
          ],
        ],
        [
          '19:7  `image.components[3]` must be named once, got: "update-windows"; remove the repetition',
        ],
      ],
      [
        'the image cache twice',
        [['- update-windows', '- image-cache']],
        [
          '18:7  `image.components[2]` must be named once, got: "image-cache"; remove the repetition',
        ],
      ],
      [
        'a place for the image cache without images',
        [
          ['cachedImages: [docker.io/acme/web:1.4.2]', 'cachedImages: []'],
          [
            'registryCredentials:\n    docker.io: arn:aws:secretsmanager:us-east-1:111122223333:secret:docker-AbCdEf\n',
            'tests: false\n',
          ],
          ['  tests: false\n  scanning', '  scanning'],
        ],
        [
          '18:7  `image.components[2]` must have images in `image.cachedImages`, got: "image-cache"',
        ],
      ],
      [
        'the image cache as a component of Amazon',
        [
          [
            'amazonManaged: amazon-cloudwatch-agent-windows\n      version: 1.0.x',
            'amazonManaged: image-cache',
          ],
          ['    - image-cache\n', ''],
        ],
        [
          '18:22  `image.components[2].amazonManaged` must be the name of a component of Amazon, got: "image-cache"; write - image-cache without a key',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('components of Amazon', () => {
    it.each<Mistake>([
      [
        'a name with a capital',
        [['amazonManaged: amazon', 'amazonManaged: Amazon']],
        [
          '19:22  `image.components[3].amazonManaged` must be the name of a component of Amazon such as update-windows, or image-cache, got: "Amazon-cloudwatch-agent-windows"',
        ],
      ],
      [
        'a name of two letters',
        [['amazonManaged: amazon-cloudwatch-agent-windows', 'amazonManaged: ab']],
        [
          '19:22  `image.components[3].amazonManaged` must be the name of a component of Amazon such as update-windows, or image-cache, got: "ab"',
        ],
      ],
      [
        'a component for macOS',
        [['amazonManaged: amazon-cloudwatch-agent-windows', 'amazonManaged: update-macos']],
        [
          '19:22  `image.components[3].amazonManaged` must be a component for Windows, got: "update-macos"',
        ],
      ],
      [
        'a version that is read as a number',
        [['version: 1.0.x', 'version: 1.0']],
        [
          '20:16  `image.components[3].version` must be text, got: 1; put it in quotes: "1.0", because YAML reads 1.0 as 1',
        ],
      ],
      [
        'a wildcard in the middle',
        [['version: 1.0.x', 'version: 1.x.1']],
        [
          '20:16  `image.components[3].version` must be a version such as 1.2.3, 1.2.x, 1.x.x or x.x.x, got: "1.x.1"',
        ],
      ],
      [
        'a leading zero in a version',
        [['version: 1.0.x', 'version: 01.0.x']],
        [
          '20:16  `image.components[3].version` must be a version such as 1.2.3, 1.2.x, 1.x.x or x.x.x, got: "01.0.x"',
        ],
      ],
      [
        'a version without a component of Amazon',
        [['whenTooLong: bucket', 'version: 1.0.x']],
        [
          '16:16  `image.components[1].version` must be left out without `amazonManaged`, got: "1.0.x"',
        ],
      ],
      [
        'an answer to the length of a document that is none',
        [['version: 1.0.x', 'whenTooLong: split']],
        ['20:20  `image.components[3].whenTooLong` must be left out without `file`, got: "split"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('components by their ARN', () => {
    it.each<Mistake>([
      [
        'an ARN of something else',
        [['component/harden/1.x.x', 'image/harden/1.x.x']],
        [
          '21:12  `image.components[4].arn` must be the ARN of a component with its version, such as arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x, got: "arn:aws:imagebuilder:us-east-1:111122223333:image/harden/1.x.x"',
        ],
      ],
      [
        'an ARN without a version',
        [['component/harden/1.x.x', 'component/harden']],
        [
          '21:12  `image.components[4].arn` must be the ARN of a component with its version, such as arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x, got: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden"',
        ],
      ],
      [
        'a build number of a wildcard',
        [['component/harden/1.x.x', 'component/harden/1.x.x/1']],
        [
          '21:12  `image.components[4].arn` must be the ARN of a component with its version, such as arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x, got: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x/1"',
        ],
      ],
      [
        'an ARN twice',
        [
          [
            '- update-windows',
            '- { arn: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x", parameters: { Level: high } }',
          ],
        ],
        [
          '21:7  `image.components[4]` must be named once, got: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x"; remove the repetition',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('parameters', () => {
    it.each<Mistake>([
      [
        'a list',
        [['{ Level: high }', '[high]']],
        ['22:19  `image.components[4].parameters` must be keys with values, got: ["high"]'],
      ],
      [
        'a value that is a number',
        [['Level: high', 'Level: 5']],
        [
          '22:28  `image.components[4].parameters.Level` must be text, got: 5; put it in quotes: "5"',
        ],
      ],
      [
        'an empty value',
        [['Level: high', 'Level: ""']],
        ['22:28  `image.components[4].parameters.Level` must have a value, got: ""'],
      ],
      [
        'a value that Terraform would read',
        [['Level: high', 'Level: "${env:LEVEL}"']],
        [
          '22:28  `image.components[4].parameters.Level` must be text without ${ and %{, got: "${env:LEVEL}"; Terraform would read it as an expression of its own',
        ],
      ],
      [
        'a name of two letters',
        [['Level: high', 'Le: high']],
        [
          '22:21  `image.components[4].parameters.Le` must be the name of a parameter: 3 to 128 letters, digits, _ and -, got: "Le"',
        ],
      ],
      [
        'an empty value of a parameter of a file',
        [['Channel: stable', 'Channel: ""']],
        ['17:30  `image.components[1].parameters.Channel` must have a value, got: ""'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
