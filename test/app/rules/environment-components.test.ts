import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../../app/loading/environment-file';
import type { Change } from '../full-environment';
import { wideProblems, wideWith } from '../wide-environment';

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
          '13:15  `image.components` wrong-type: "update-windows"',
          '14:3  `image.x` unknown-key: "x"',
        ],
      ],
      [
        'a name with a capital',
        [['- update-windows', '- Update-Windows']],
        ['14:7  `image.components[0]` amazon-component: "Update-Windows"'],
      ],
      [
        'a file without its key',
        [['- update-windows', '- components/a.yaml']],
        ['14:7  `image.components[0]` amazon-component: "components/a.yaml"'],
      ],
      ['a number', [['- update-windows', '- 5']], ['14:7  `image.components[0]` alternative: 5']],
      [
        'an empty item',
        [['- update-windows', '-']],
        ['14:6  `image.components[0]` empty-value: null'],
      ],
      [
        'a component for Linux',
        [['- update-windows', '- update-linux']],
        ['14:7  `image.components[0]` amazon-component-for-windows: "update-linux"'],
      ],
      [
        'a component without keys',
        [['- update-windows', '- {}']],
        ['14:7  `image.components[0]` component-source: nothing'],
      ],
      [
        'keys of two kinds of components',
        [['    - update-windows', '    - { amazonManaged: update-windows, arn: x }']],
        ['14:7  `image.components[0]` component-source: "amazonManaged and arn"'],
      ],
      [
        'a key written wrongly',
        [['amazonManaged: amazon-cl', 'amazonManged: amazon-cl']],
        ['19:7  `image.components[3].amazonManged` unknown-key: "amazonManged"'],
      ],
      [
        'a component of Amazon twice, once by its name alone',
        [
          [
            'amazonManaged: amazon-cloudwatch-agent-windows\n      version: 1.0.x',
            'amazonManaged: update-windows',
          ],
        ],
        ['19:7  `image.components[3]` unique: "update-windows"'],
      ],
      [
        'the image cache twice',
        [['- update-windows', '- image-cache']],
        ['18:7  `image.components[2]` unique: "image-cache"'],
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
        ['18:7  `image.components[2]` image-cache-without-images: "image-cache"'],
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
        ['18:22  `image.components[2].amazonManaged` image-cache-as-component: "image-cache"'],
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
          '19:22  `image.components[3].amazonManaged` amazon-component: "Amazon-cloudwatch-agent-windows"',
        ],
      ],
      [
        'a name of two letters',
        [['amazonManaged: amazon-cloudwatch-agent-windows', 'amazonManaged: ab']],
        ['19:22  `image.components[3].amazonManaged` amazon-component: "ab"'],
      ],
      [
        'a component for macOS',
        [['amazonManaged: amazon-cloudwatch-agent-windows', 'amazonManaged: update-macos']],
        ['19:22  `image.components[3].amazonManaged` amazon-component-for-windows: "update-macos"'],
      ],
      [
        'a version that is read as a number',
        [['version: 1.0.x', 'version: 1.0']],
        ['20:16  `image.components[3].version` wrong-type: 1'],
      ],
      [
        'a wildcard in the middle',
        [['version: 1.0.x', 'version: 1.x.1']],
        ['20:16  `image.components[3].version` component-version: "1.x.1"'],
      ],
      [
        'a leading zero in a version',
        [['version: 1.0.x', 'version: 01.0.x']],
        ['20:16  `image.components[3].version` component-version: "01.0.x"'],
      ],
      [
        'a version without a component of Amazon',
        [['whenTooLong: bucket', 'version: 1.0.x']],
        ['16:16  `image.components[1].version` key-without-its-source: "1.0.x"'],
      ],
      [
        'an answer to the length of a document that is none',
        [['version: 1.0.x', 'whenTooLong: split']],
        ['20:20  `image.components[3].whenTooLong` key-without-its-source: "split"'],
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
          '21:12  `image.components[4].arn` component-arn: "arn:aws:imagebuilder:us-east-1:111122223333:image/harden/1.x.x"',
        ],
      ],
      [
        'an ARN without a version',
        [['component/harden/1.x.x', 'component/harden']],
        [
          '21:12  `image.components[4].arn` component-arn: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden"',
        ],
      ],
      [
        'a build number of a wildcard',
        [['component/harden/1.x.x', 'component/harden/1.x.x/1']],
        [
          '21:12  `image.components[4].arn` component-arn: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x/1"',
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
          '21:7  `image.components[4]` unique: "arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x"',
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
        ['22:19  `image.components[4].parameters` wrong-type: ["high"]'],
      ],
      [
        'a value that is a number',
        [['Level: high', 'Level: 5']],
        ['22:28  `image.components[4].parameters.Level` wrong-type: 5'],
      ],
      [
        'an empty value',
        [['Level: high', 'Level: ""']],
        ['22:28  `image.components[4].parameters.Level` recipe-parameter-value: ""'],
      ],
      [
        'a value that Terraform would read',
        [['Level: high', 'Level: "${env:LEVEL}"']],
        ['22:28  `image.components[4].parameters.Level` terraform-expression: "${env:LEVEL}"'],
      ],
      [
        'a name of two letters',
        [['Level: high', 'Le: high']],
        ['22:21  `image.components[4].parameters.Le` component-parameter-name: "Le"'],
      ],
      [
        'an empty value of a parameter of a file',
        [['Channel: stable', 'Channel: ""']],
        ['17:30  `image.components[1].parameters.Channel` recipe-parameter-value: ""'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  it('says how a file is written', () => {
    const text = wideWith(['- update-windows', '- components/a.yaml']);
    const [found] = readEnvironmentFile('e.yaml', text).problems;
    expect(found?.text).toMatch(/; write - file: components\/a\.yaml$/);
  });
});
