import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../full-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

function expectProblems(changes: readonly Change[], expected: readonly string[]): void {
  expect(problemsOf(withChanges(...changes))).toEqual(expected.map((one) => `e.yaml:${one}`));
}

describe('names, keys and versions in an environment file', () => {
  describe('names', () => {
    it.each<Mistake>([
      [
        'a name with a capital',
        [['name: example\n', 'name: Example\n']],
        ['1:7  `name` environment-name: "Example"'],
      ],
      [
        'a name of two letters',
        [['name: example\n', 'name: ex\n']],
        ['1:7  `name` environment-name: "ex"'],
      ],
      [
        'a name that ends with a dash',
        [['name: example\n', 'name: example-\n']],
        ['1:7  `name` environment-name: "example-"'],
      ],
      [
        'a name with a quote',
        [['name: example\n', "name: ex'ample\n"]],
        [`1:7  \`name\` environment-name: "ex'ample"`],
      ],
      [
        'a name with a dollar sign and a back-tick',
        [['name: example\n', 'name: "ex`$(x)`"\n']],
        ['1:7  `name` environment-name: "ex`$(x)`"'],
      ],
      [
        'a name with a Terraform expression',
        [['name: example\n', 'name: "ex${path.cwd}"\n']],
        ['1:7  `name` environment-name: "ex${path.cwd}"'],
      ],
      [
        'a name with a Terraform directive',
        [['name: example\n', 'name: "ex%{if true}"\n']],
        ['1:7  `name` environment-name: "ex%{if true}"'],
      ],
      [
        'a name with a line end',
        [['name: example\n', 'name: "example\\n"\n']],
        ['1:7  `name` environment-name: "example\\n"'],
      ],
      [
        'a place-holder of CDKTF',
        [['name: example\n', 'name: "${TfToken[TOKEN.1]}"\n']],
        ['1:7  `name` place-holder: "${TfToken[TOKEN.1]}"'],
      ],
      [
        'a place-holder of CDKTF as a number',
        [['minSize: 1', 'minSize: -1.8881545897087503e+289']],
        ['25:16  `nodes.groups[0].minSize` integer-range: -1.8881545897087503e+289'],
      ],
      [
        'a Region without a number',
        [['region: us-east-1\ntags', 'region: us-east\ntags']],
        ['2:9  `region` region: "us-east"'],
      ],
      [
        'a cluster name with a blank',
        [['name: example, kuber', 'name: ex ample, kuber']],
        ['7:18  `cluster.name` cluster-name: "ex ample"'],
      ],
      [
        'a cluster name with an expression',
        [['name: example, kuber', 'name: "${x}", kuber']],
        ['7:18  `cluster.name` cluster-name: "${x}"'],
      ],
      [
        'a group name that begins with a digit',
        [['name: apps', 'name: 1apps']],
        ['22:13  `nodes.groups[0].name` group-name: "1apps"'],
      ],
      [
        'a group name with a back-tick',
        [['name: apps', 'name: "a`b"']],
        ['22:13  `nodes.groups[0].name` group-name: "a`b"'],
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
        ['3:9  `tags["AWS:owner"]` tag-key: "AWS:owner"'],
      ],
      [
        'a tag key with a blank, which Image Builder refuses',
        [['owner: platform', 'cost center: platform']],
        ['3:9  `tags["cost center"]` tag-key: "cost center"'],
      ],
      [
        'a tag value with a dollar sign',
        [['owner: platform', 'owner: "a$b"']],
        ['3:16  `tags.owner` tag-value: "a$b"'],
      ],
      [
        'a tag value that is a number',
        [['owner: platform', 'owner: 0012']],
        ['3:16  `tags.owner` wrong-type: 12'],
      ],
      [
        'a place-holder of CDKTF as a key',
        [['owner: platform', '"${TfToken[TOKEN.1]}": a']],
        ['3:9  `tags["${TfToken[TOKEN.1]}"]` place-holder: "${TfToken[TOKEN.1]}"'],
      ],
      [
        'a provider version without quotes',
        [['"6.25.0"', '6.25']],
        ['4:22  `provider.version` wrong-type: 6.25'],
      ],
      [
        'a provider version with a comma too many',
        [['"6.25.0"', '"~> 6.25,"']],
        ['4:22  `provider.version` version-constraint: "~> 6.25,"'],
      ],
      [
        'a bucket with capitals',
        [['acme-terraform-state', 'Acme']],
        ['6:17  `backend.s3.bucket` bucket-name: "Acme"'],
      ],
      [
        'a bucket that looks like an address',
        [['acme-terraform-state', '10.0.0.1']],
        ['6:17  `backend.s3.bucket` bucket-name: "10.0.0.1"'],
      ],
      [
        'a key prefix with a slash in front',
        [['windows/example', '/windows']],
        ['6:50  `backend.s3.keyPrefix` key-prefix: "/windows"'],
      ],
      [
        'a key prefix with a folder above',
        [['windows/example', 'windows/../x']],
        ['6:50  `backend.s3.keyPrefix` key-prefix: "windows/../x"'],
      ],
      [
        'a bucket Region that is none',
        [['windows/example, region: us-east-1', 'windows/example, region: us']],
        ['6:75  `backend.s3.region` region: "us"'],
      ],
      [
        'a useLockfile that is not true or false',
        [['windows/example,', 'windows/example, useLockfile: "yes",']],
        ['6:80  `backend.s3.useLockfile` wrong-type: "yes"'],
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
        ['7:46  `cluster.kubernetesVersion` wrong-type: 1.3'],
      ],
      [
        'a Kubernetes version with a patch',
        [['"1.35"', '"1.35.2"']],
        ['7:46  `cluster.kubernetesVersion` kubernetes-version: "1.35.2"'],
      ],
      [
        'a Windows Server without quotes',
        [['"2022"', '2022']],
        ['8:20  `windows.server` wrong-type: 2022'],
      ],
      [
        'a Windows Server without AMIs',
        [['"2022"', '"2016"']],
        ['8:20  `windows.server` one-of: "2016"'],
      ],
      [
        'an edition in lower case',
        [['edition: Core', 'edition: core']],
        ['8:37  `windows.edition` one-of: "core"'],
      ],
      [
        'a release that is none',
        [['release: latest', 'release: newest']],
        ['8:52  `windows.release` ami-release: "newest"'],
      ],
      [
        'a look-up at a time that is none',
        [['release: latest', 'lookUp: later']],
        ['8:51  `windows.lookUp` one-of: "later"'],
      ],
      [
        'a look-up of a dated release at the build',
        [['release: latest', 'release: 1.35-2026.04.18, lookUp: at-build']],
        ['8:77  `windows.lookUp` look-up-of-dated-release: "at-build"'],
      ],
      [
        'a release for another Kubernetes version',
        [['release: latest', 'release: 1.34-2026.01.17']],
        ['8:52  `windows.release` release-of-another-version: "1.34-2026.01.17"'],
      ],
      [
        'Windows Server 2025 on Kubernetes before 1.35',
        [
          ['"1.35"', '"1.34"'],
          ['"2022"', '"2025"'],
          ['ltsc2022', 'ltsc2025'],
        ],
        ['8:20  `windows.server` windows-server-for-kubernetes: "2025"'],
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
        ['1:1  `region` missing-key: nothing'],
      ],
      [
        'a key that is missing',
        [[', kubernetesVersion: "1.35"', '']],
        ['7:1  `cluster.kubernetesVersion` missing-key: nothing'],
      ],
      [
        'a key written wrongly',
        [['cachedImages', 'cachedImage']],
        ['13:3  `image.cachedImage` unknown-key: "cachedImage"'],
      ],
      [
        'a key that has to be there, with two letters that have changed places',
        [['name: example\n', 'nmae: example\n']],
        ['1:1  `nmae` unknown-key: "nmae"'],
      ],
      [
        'a key that is like no other',
        [['buildOnApply', 'whatever']],
        ['17:3  `image.whatever` unknown-key: "whatever"'],
      ],
      [
        'a key in the wrong case',
        [['fastLaunch: {', 'fastlaunch: {']],
        ['18:1  `fastlaunch` unknown-key: "fastlaunch"'],
      ],
      [
        'a key without a value',
        [['tags: { owner: platform }', 'tags:']],
        ['3:1  `tags` empty-value: null'],
      ],
      [
        'a list in the place of keys',
        [['tags: { owner: platform }', 'tags: []']],
        ['3:7  `tags` wrong-type: []'],
      ],
      [
        'a list in the place of text',
        [['name: example\n', 'name: [example]\n']],
        ['1:7  `name` wrong-type: ["example"]'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expectProblems(changes, expected);
    });
  });
});
