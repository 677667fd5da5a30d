import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('component files and the parts of EKS in an environment file', () => {
  describe('component files', () => {
    it.each<Mistake>([
      [
        'a file without an ending',
        [['components/agent.yaml', 'components/agent']],
        [
          '15:13  `image.components[1].file` must be the path of a YAML file such as components/agent.yaml, beginning at the folder of this file, got: "components/agent"; its name has letters and digits, and - and _ in between',
        ],
      ],
      [
        'a file with blanks in its name',
        [['components/agent.yaml', 'components/my agent.yaml']],
        [
          '15:13  `image.components[1].file` must be the path of a YAML file such as components/agent.yaml, beginning at the folder of this file, got: "components/my agent.yaml"; its name has letters and digits, and - and _ in between',
        ],
      ],
      [
        'a name that ends with a dash',
        [['components/agent.yaml', 'components/agent-.yaml']],
        [
          '15:13  `image.components[1].file` must be the path of a YAML file such as components/agent.yaml, beginning at the folder of this file, got: "components/agent-.yaml"; its name has letters and digits, and - and _ in between',
        ],
      ],
      [
        'an absolute path',
        [['components/agent.yaml', '/components/agent.yaml']],
        [
          '15:13  `image.components[1].file` must be the path of a YAML file such as components/agent.yaml, beginning at the folder of this file, got: "/components/agent.yaml"; its name has letters and digits, and - and _ in between',
        ],
      ],
      [
        'a path that is a number',
        [['components/agent.yaml', '5']],
        ['15:13  `image.components[1].file` must be text, got: 5; put it in quotes: "5"'],
      ],
      [
        'two files of one name, which only capitals and folders tell apart',
        [['- update-windows', '- file: Agent.yml']],
        [
          '15:13  `image.components[1].file` must be named once, got: "agent"; remove the repetition',
        ],
      ],
      [
        'an answer to the length of the document that is none',
        [['whenTooLong: bucket', 'whenTooLong: cut']],
        [
          '16:20  `image.components[1].whenTooLong` must be one of "fail", "split", "bucket", got: "cut"',
        ],
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
        [
          '16:20  `image.components[1].whenTooLong` must have a bucket in `image.componentBucket`, got: "bucket"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('the bucket of documents', () => {
    it.each<Mistake>([
      [
        'a name with a capital',
        [['bucket: acme-documents', 'bucket: Acme']],
        [
          '23:30  `image.componentBucket.bucket` must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes, got: "Acme"',
        ],
      ],
      [
        'no name',
        [['bucket: acme-documents, ', '']],
        [
          '23:3  `image.componentBucket.bucket` must be given, got: nothing; add the key "bucket" to `image.componentBucket`',
        ],
      ],
      [
        'a folder with a slash at its end',
        [['windows/documents', 'windows/']],
        [
          '23:57  `image.componentBucket.keyPrefix` must be a folder such as windows/example: up to 16 parts of letters, digits and _ . -, with / only in between, got: "windows/"',
        ],
      ],
      [
        'a folder with an equals sign',
        [['windows/documents', 'stage=dev']],
        [
          '23:57  `image.componentBucket.keyPrefix` must be a folder such as windows/example: up to 16 parts of letters, digits and _ . -, with / only in between, got: "stage=dev"',
        ],
      ],
      [
        'a folder above',
        [['windows/documents', '../documents']],
        [
          '23:57  `image.componentBucket.keyPrefix` must be a folder such as windows/example: up to 16 parts of letters, digits and _ . -, with / only in between, got: "../documents"',
        ],
      ],
      [
        'too many folders',
        [['windows/documents', 'a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a']],
        [
          '23:57  `image.componentBucket.keyPrefix` must be a folder such as windows/example: up to 16 parts of letters, digits and _ . -, with / only in between, got: "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"',
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
        [
          '14:7  `image.components[0]` must not install EKS on an EKS optimized AMI, which has it already, got: "eks-optimized-ami-windows"; drop this component, or start from a plain Windows Server',
        ],
      ],
      [
        'their component by its ARN on a base that has them',
        [['component/harden/1.x.x', 'component/eks-optimized-ami-windows/1.35.x']],
        [
          '21:7  `image.components[4]` must not install EKS on an EKS optimized AMI, which has it already, got: "eks-optimized-ami-windows"; drop this component, or start from a plain Windows Server',
        ],
      ],
      [
        'their component on a plain base, which gets it anyhow',
        [
          ['base: eks-optimized', 'base: plain-windows'],
          ['- update-windows', '- eks-optimized-ami-windows'],
        ],
        [
          '14:7  `image.components[0]` must be named once, got: "eks-optimized-ami-windows"; remove the repetition',
        ],
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
        [
          '19:7  `image.components[3]` must be named once, got: "eks-optimized-ami-windows"; remove the repetition',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
