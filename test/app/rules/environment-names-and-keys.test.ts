import { describe, expect, it } from '@jest/globals';
import { type Change, printedProblemsOf, withChanges } from '../full-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

function expectProblems(changes: readonly Change[], expected: readonly string[]): void {
  expect(printedProblemsOf(withChanges(...changes))).toEqual(
    expected.map((one) => `e.yaml:${one}`),
  );
}

describe('names, keys and versions in an environment file', () => {
  describe('names', () => {
    it.each<Mistake>([
      [
        'a name with a capital',
        [['name: example\n', 'name: Example\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "Example"',
        ],
      ],
      [
        'a name of two letters',
        [['name: example\n', 'name: ex\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "ex"',
        ],
      ],
      [
        'a name that ends with a dash',
        [['name: example\n', 'name: example-\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "example-"',
        ],
      ],
      [
        'a name with a quote',
        [['name: example\n', "name: ex'ample\n"]],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "ex\'ample"',
        ],
      ],
      [
        'a name with a dollar sign and a back-tick',
        [['name: example\n', 'name: "ex`$(x)`"\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "ex`$(x)`"',
        ],
      ],
      [
        'a name with a Terraform expression',
        [['name: example\n', 'name: "ex${path.cwd}"\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "ex${path.cwd}"',
        ],
      ],
      [
        'a name with a Terraform directive',
        [['name: example\n', 'name: "ex%{if true}"\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "ex%{if true}"',
        ],
      ],
      [
        'a name with a line end',
        [['name: example\n', 'name: "example\\n"\n']],
        [
          '1:7  `name` must be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "example\\n"',
        ],
      ],
      [
        'a place-holder of CDKTF',
        [['name: example\n', 'name: "${TfToken[TOKEN.1]}"\n']],
        [
          '1:7  `name` must be a plain value, not a place-holder of CDKTF, got: "${TfToken[TOKEN.1]}"',
        ],
      ],
      [
        'a place-holder of CDKTF as a number',
        [['minSize: 1', 'minSize: -1.8881545897087503e+289']],
        [
          '25:16  `nodes.groups[0].minSize` must be an integer between 0 and 5000, got: -1.8881545897087503e+289',
        ],
      ],
      [
        'a Region without a number',
        [['region: us-east-1\ntags', 'region: us-east\ntags']],
        ['2:9  `region` must be an AWS Region code such as us-east-1, got: "us-east"'],
      ],
      [
        'a cluster name with a blank',
        [['name: example, kuber', 'name: ex ample, kuber']],
        [
          '7:18  `cluster.name` must be the name of an EKS cluster: up to 100 letters, digits, - and _, got: "ex ample"',
        ],
      ],
      [
        'a cluster name with an expression',
        [['name: example, kuber', 'name: "${x}", kuber']],
        [
          '7:18  `cluster.name` must be the name of an EKS cluster: up to 100 letters, digits, - and _, got: "${x}"',
        ],
      ],
      [
        'a group name that begins with a digit',
        [['name: apps', 'name: 1apps']],
        [
          '22:13  `nodes.groups[0].name` must be 1 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "1apps"',
        ],
      ],
      [
        'a group name with a back-tick',
        [['name: apps', 'name: "a`b"']],
        [
          '22:13  `nodes.groups[0].name` must be 1 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got: "a`b"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });

  describe('tags, provider and backend', () => {
    it.each<Mistake>([
      [
        'a reserved tag',
        [['owner: platform', '"AWS:owner": platform']],
        [
          '3:9  `tags["AWS:owner"]` must be a tag key: 1 to 128 letters, digits and _ . : / = + -, not beginning with aws:, got: "AWS:owner"',
        ],
      ],
      [
        'a tag key with a blank, which Image Builder refuses',
        [['owner: platform', 'cost center: platform']],
        [
          '3:9  `tags["cost center"]` must be a tag key: 1 to 128 letters, digits and _ . : / = + -, not beginning with aws:, got: "cost center"',
        ],
      ],
      [
        'a tag value with a dollar sign',
        [['owner: platform', 'owner: "a$b"']],
        [
          '3:16  `tags.owner` must be a tag value: up to 256 letters, digits, blanks and _ . : / = + - @, not beginning with aws:, got: "a$b"',
        ],
      ],
      [
        'a tag value that is a number',
        [['owner: platform', 'owner: 0012']],
        [
          '3:16  `tags.owner` must be text, got: 12; put it in quotes: "0012", because YAML reads 0012 as 12',
        ],
      ],
      [
        'a place-holder of CDKTF as a key',
        [['owner: platform', '"${TfToken[TOKEN.1]}": a']],
        [
          '3:9  `tags["${TfToken[TOKEN.1]}"]` must be a plain value, not a place-holder of CDKTF, got: "${TfToken[TOKEN.1]}"',
        ],
      ],
      [
        'a provider version without quotes',
        [['"6.25.0"', '6.25']],
        ['4:22  `provider.version` must be text, got: 6.25; put it in quotes: "6.25"'],
      ],
      [
        'a provider version with a comma too many',
        [['"6.25.0"', '"~> 6.25,"']],
        [
          '4:22  `provider.version` must be a Terraform version constraint such as "6.25.0", "~> 6.25" or ">= 6.20, < 7.0", got: "~> 6.25,"',
        ],
      ],
      [
        'a bucket with capitals',
        [['acme-terraform-state', 'Acme']],
        [
          '6:17  `backend.s3.bucket` must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes, got: "Acme"',
        ],
      ],
      [
        'a bucket that looks like an address',
        [['acme-terraform-state', '10.0.0.1']],
        [
          '6:17  `backend.s3.bucket` must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes, got: "10.0.0.1"',
        ],
      ],
      [
        'a key prefix with a slash in front',
        [['windows/example', '/windows']],
        [
          '6:50  `backend.s3.keyPrefix` must be a folder such as windows/example: letters, digits and _ . = -, with / only in between, got: "/windows"',
        ],
      ],
      [
        'a key prefix with a folder above',
        [['windows/example', 'windows/../x']],
        [
          '6:50  `backend.s3.keyPrefix` must be a folder such as windows/example: letters, digits and _ . = -, with / only in between, got: "windows/../x"',
        ],
      ],
      [
        'a bucket Region that is none',
        [['windows/example, region: us-east-1', 'windows/example, region: us']],
        ['6:75  `backend.s3.region` must be an AWS Region code such as us-east-1, got: "us"'],
      ],
      [
        'a useLockfile that is not true or false',
        [['windows/example,', 'windows/example, useLockfile: "yes",']],
        [
          '6:80  `backend.s3.useLockfile` must be true or false, got: "yes"; write true or false, without quotes',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });

  describe('Windows and its versions', () => {
    it.each<Mistake>([
      [
        'a Kubernetes version without quotes',
        [['"1.35"', '1.30']],
        [
          '7:46  `cluster.kubernetesVersion` must be text, got: 1.3; put it in quotes: "1.30", because YAML reads 1.30 as 1.3',
        ],
      ],
      [
        'a Kubernetes version with a patch',
        [['"1.35"', '"1.35.2"']],
        [
          '7:46  `cluster.kubernetesVersion` must be a Kubernetes minor version such as "1.35", got: "1.35.2"; write it as text, in quotes, without the patch version',
        ],
      ],
      [
        'a Windows Server without quotes',
        [['"2022"', '2022']],
        ['8:20  `windows.server` must be text, got: 2022; put it in quotes: "2022"'],
      ],
      [
        'a Windows Server without AMIs',
        [['"2022"', '"2016"']],
        ['8:20  `windows.server` must be one of "2019", "2022", "2025", got: "2016"'],
      ],
      [
        'an edition in lower case',
        [['edition: Core', 'edition: core']],
        ['8:37  `windows.edition` must be one of "Core", "Full", got: "core"'],
      ],
      [
        'a release that is none',
        [['release: latest', 'release: newest']],
        [
          '8:52  `windows.release` must be "latest" or a dated release such as "1.35-2026.04.18", got: "newest"',
        ],
      ],
      [
        'a look-up at a time that is none',
        [['release: latest', 'lookUp: later']],
        ['8:51  `windows.lookUp` must be one of "at-plan", "at-build", got: "later"'],
      ],
      [
        'a look-up of a dated release at the build',
        [['release: latest', 'release: 1.35-2026.04.18, lookUp: at-build']],
        [
          '8:77  `windows.lookUp` must be "at-plan" for a dated release, because only the latest is in an SSM parameter, got: "at-build"; leave out `lookUp` or `release`',
        ],
      ],
      [
        'a release for another Kubernetes version',
        [['release: latest', 'release: 1.34-2026.01.17']],
        ['8:52  `windows.release` must be a release for Kubernetes 1.35, got: "1.34-2026.01.17"'],
      ],
      [
        'Windows Server 2025 on Kubernetes before 1.35',
        [
          ['"1.35"', '"1.34"'],
          ['"2022"', '"2025"'],
          ['ltsc2022', 'ltsc2025'],
        ],
        [
          '8:20  `windows.server` must be a Windows Server release with EKS optimized AMIs for Kubernetes 1.34, got: "2025"; Windows Server 2025 needs Kubernetes 1.35 or newer',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });

  describe('keys', () => {
    it.each<Mistake>([
      [
        'a key that is missing at the top',
        [['region: us-east-1\ntags', 'tags']],
        ['1:1  `region` must be given, got: nothing; add the key "region" to the file'],
      ],
      [
        'a key that is missing',
        [[', kubernetesVersion: "1.35"', '']],
        [
          '7:1  `cluster.kubernetesVersion` must be given, got: nothing; add the key "kubernetesVersion" to `cluster`',
        ],
      ],
      [
        'a key written wrongly',
        [['cachedImages', 'cachedImage']],
        [
          '13:3  `image.cachedImage` must be a known key, got: "cachedImage"; did you mean "cachedImages"?',
        ],
      ],
      [
        'a key that is like no other',
        [['buildOnApply', 'whatever']],
        [
          '17:3  `image.whatever` must be a known key, got: "whatever"; the keys here are base, components, componentBucket, componentFiles, registryCredentials, minimumFreeGiB, rootVolumeGiB, rootVolume, dataVolumes, workingDirectory, rebuild, instanceTypes, network, keyName, placement, httpPutResponseHopLimit, snsTopicArn, logs, terminateOnFailure, tests, scanning, workflows, cachedImages, pullThroughCachePrefixes, kmsKeyArns, logRetentionDays, logGroupKmsKeyId, distribution, schedule, pipelineEnabled, notifications, buildOnApply, retention, timeoutMinutes',
        ],
      ],
      [
        'a key in the wrong case',
        [['fastLaunch: {', 'fastlaunch: {']],
        ['18:1  `fastlaunch` must be a known key, got: "fastlaunch"; did you mean "fastLaunch"?'],
      ],
      [
        'a key without a value',
        [['tags: { owner: platform }', 'tags:']],
        ['3:1  `tags` must have a value, got: null; write one behind the colon, or remove the key'],
      ],
      [
        'a list in the place of keys',
        [['tags: { owner: platform }', 'tags: []']],
        ['3:7  `tags` must be keys with values, got: []'],
      ],
      [
        'a list in the place of text',
        [['name: example\n', 'name: [example]\n']],
        ['1:7  `name` must be text, got: ["example"]'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });
});
