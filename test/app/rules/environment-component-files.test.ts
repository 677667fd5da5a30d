import { describe, expect, it } from '@jest/globals';
import { type Change, printedProblemsOf } from '../full-environment';
import { wideProblems, wideWith } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('component files and the parts of EKS in an environment file', () => {
  describe('component files', () => {
    it.each<Mistake>([
      [
        'a file without an ending',
        [['components/agent.yaml', 'components/agent']],
        ['15:13  `image.components[1].file` component-file: "components/agent"'],
      ],
      [
        'a file with blanks in its name',
        [['components/agent.yaml', 'components/my agent.yaml']],
        ['15:13  `image.components[1].file` component-file: "components/my agent.yaml"'],
      ],
      [
        'a name that ends with a dash',
        [['components/agent.yaml', 'components/agent-.yaml']],
        ['15:13  `image.components[1].file` component-file: "components/agent-.yaml"'],
      ],
      [
        'an absolute path',
        [['components/agent.yaml', '/components/agent.yaml']],
        ['15:13  `image.components[1].file` component-file: "/components/agent.yaml"'],
      ],
      [
        'a path that is a number',
        [['components/agent.yaml', '5']],
        ['15:13  `image.components[1].file` wrong-type: 5'],
      ],
      [
        'two files of one name, which only capitals and folders tell apart',
        [['- update-windows', '- file: Agent.yml']],
        ['15:13  `image.components[1].file` component-file-name: "agent"'],
      ],
      [
        'an answer to the length of the document that is none',
        [['whenTooLong: bucket', 'whenTooLong: cut']],
        ['16:20  `image.components[1].whenTooLong` one-of: "cut"'],
      ],
      [
        'a bucket that is not there',
        [
          [
            'componentBucket: { bucket: acme-documents, keyPrefix: windows/documents }',
            'keyName: a',
          ],
          ['  keyName: operators\n', ''],
        ],
        ['16:20  `image.components[1].whenTooLong` component-bucket: "bucket"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  it('say which other component has a file of the same name', () => {
    const text = wideWith(['- update-windows', '- file: Agent.yml']);
    expect(printedProblemsOf(text)).toEqual([
      'e.yaml:15:13  `image.components[1].file` must have another name than the file of each other component, got: "agent"; rename this one or that of `image.components[0].file`, because components are called after them',
    ]);
  });

  describe('the bucket of documents', () => {
    it.each<Mistake>([
      [
        'a name with a capital',
        [['bucket: acme-documents', 'bucket: Acme']],
        ['23:30  `image.componentBucket.bucket` bucket-name: "Acme"'],
      ],
      [
        'no name',
        [['bucket: acme-documents, ', '']],
        ['23:3  `image.componentBucket.bucket` missing-key: nothing'],
      ],
      [
        'a folder with a slash at its end',
        [['windows/documents', 'windows/']],
        ['23:57  `image.componentBucket.keyPrefix` document-folder: "windows/"'],
      ],
      [
        'a folder with an equals sign',
        [['windows/documents', 'stage=dev']],
        ['23:57  `image.componentBucket.keyPrefix` document-folder: "stage=dev"'],
      ],
      [
        'a folder above',
        [['windows/documents', '../documents']],
        ['23:57  `image.componentBucket.keyPrefix` document-folder: "../documents"'],
      ],
      [
        'too many folders',
        [['windows/documents', 'a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a']],
        [
          '23:57  `image.componentBucket.keyPrefix` document-folder: "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('the parts of EKS', () => {
    it.each<Mistake>([
      [
        'their component on a base that has them',
        [['- update-windows', '- eks-optimized-ami-windows']],
        ['14:7  `image.components[0]` eks-component-not-needed: "eks-optimized-ami-windows"'],
      ],
      [
        'their component by its ARN on a base that has them',
        [['component/harden/1.x.x', 'component/eks-optimized-ami-windows/1.35.x']],
        ['21:7  `image.components[4]` eks-component-not-needed: "eks-optimized-ami-windows"'],
      ],
      [
        'their component on a plain base, which gets it anyhow',
        [
          ['base: eks-optimized', 'base: plain-windows'],
          ['- update-windows', '- eks-optimized-ami-windows'],
        ],
        ['14:7  `image.components[0]` eks-component-of-image: "eks-optimized-ami-windows"'],
      ],
      [
        'their component twice on a base of your own',
        [
          ['base: eks-optimized', 'base: { imageId: ami-01234567 }'],
          ['- update-windows', '- eks-optimized-ami-windows'],
          [
            'amazonManaged: amazon-cloudwatch-agent-windows',
            'amazonManaged: eks-optimized-ami-windows',
          ],
        ],
        ['19:7  `image.components[3]` unique: "eks-optimized-ami-windows"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
