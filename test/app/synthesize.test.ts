import { mkdirSync, readdirSync } from 'node:fs';
import os, { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { StackInputs } from '../../app/environment-stacks';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { type SynthesizedStack, synthesize } from '../../app/synthesize';
import { fileTexts, folderContents } from '../support/folder-contents';
import { FULL_ENVIRONMENT, withChanges } from './full-environment';
import { TemporaryProject } from './temporary-project';

const ROOT = join(__dirname, '..', '..');

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
});
afterEach(() => {
  jest.restoreAllMocks();
  project.leave();
});

function environmentOf(text: string): StackInputs {
  const { environment, problems } = readEnvironmentFile('e.yaml', text);
  if (environment === undefined) throw new Error(problems.map((one) => one.text).join('\n'));
  return { environment, documents: {} };
}

/** The files that are made of the text of one environment. */
function filesOf(text: string): Readonly<Record<string, string>> {
  synthesize([environmentOf(text)], project.output);
  return fileTexts(project.output);
}

/** The same data with the keys of every mapping the other way round. */
function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withKeysReversed(one)] as const);
  return Object.fromEntries(entries.reverse());
}

function stacksOf(result: ReturnType<typeof synthesize>): readonly SynthesizedStack[] {
  if (!('stacks' in result)) throw new Error(JSON.stringify(result));
  return result.stacks;
}

describe('synthesize', () => {
  it('tells of each stack where its JSON is and how many resources of each type it has', () => {
    const stacks = stacksOf(synthesize([environmentOf(FULL_ENVIRONMENT)], 'cdktf.out'));
    expect(stacks.map(({ name, file }) => [name, file])).toEqual([
      ['example-windows-image', 'stacks/example-windows-image/cdk.tf.json'],
      ['example-windows-nodes', 'stacks/example-windows-nodes/cdk.tf.json'],
    ]);
    expect(Object.fromEntries(stacks[1]?.resources ?? [])).toEqual({
      aws_autoscaling_group: 1,
      aws_ec2_tag: 1,
      aws_eks_access_entry: 1,
      aws_iam_instance_profile: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 2,
      aws_launch_template: 2,
      terraform_data: 3,
    });
  });

  it('names in the manifest every stack, its JSON and what it depends on, and nothing else', () => {
    const environments = ['env-a', 'env-b'].map((name) =>
      environmentOf(withChanges(['name: example\n', `name: ${name}\n`])),
    );
    synthesize(environments, project.output);
    const manifest = JSON.parse(fileTexts(project.output)['manifest.json'] ?? '');
    const stack = (name: string, dependencies: readonly string[]) => ({
      annotations: [],
      constructPath: name,
      dependencies,
      name,
      stackMetadataPath: `stacks/${name}/metadata.json`,
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      workingDirectory: `stacks/${name}`,
    });
    expect(manifest.stacks).toEqual({
      'env-a-windows-image': stack('env-a-windows-image', []),
      'env-a-windows-nodes': stack('env-a-windows-nodes', ['env-a-windows-image']),
      'env-b-windows-image': stack('env-b-windows-image', []),
      'env-b-windows-nodes': stack('env-b-windows-nodes', ['env-b-windows-image']),
    });
  });

  it('makes of one environment the same with and without another beside it', () => {
    const alone = filesOf(FULL_ENVIRONMENT);
    const other = withChanges(['name: example\n', 'name: other\n']);
    synthesize([environmentOf(other), environmentOf(FULL_ENVIRONMENT)], project.output);
    const name = 'stacks/example-windows-nodes/cdk.tf.json';
    expect(fileTexts(project.output)[name]).toBe(alone[name]);
  });

  it('writes the user data and the component documents beside the stacks, as people read them', () => {
    const files = filesOf(FULL_ENVIRONMENT);
    const review = Object.keys(files).filter((name) => name.includes('/review/'));
    expect(review).toEqual([
      'stacks/example-windows-image/review/components/example-windows-container-image-cache.yaml',
      'stacks/example-windows-nodes/review/fast-launch-runner-policy.json',
      'stacks/example-windows-nodes/review/user-data/apps.ps1',
    ]);
    const [component = '', , userData = ''] = review.map((name) => files[name]);
    expect(component).toContain('\n  - name: build\n');
    expect(userData).toMatch(/^<powershell>\n/);
    // References stand in them as the expressions of Terraform, as in the JSON.
    expect(userData).toContain('data.aws_eks_cluster.Cluster_EB0386A7.endpoint');
    expect(`${component}${userData}`).not.toContain('TfToken');
  });

  it('makes the same bytes in another folder, with other folders for what is temporary', () => {
    const first = filesOf(FULL_ENVIRONMENT);
    const second = new TemporaryProject();
    jest.spyOn(os, 'tmpdir').mockReturnValue(second.folder);
    try {
      synthesize([environmentOf(FULL_ENVIRONMENT)], second.output);
      expect(fileTexts(second.output)).toEqual(first);
    } finally {
      second.leave();
    }
  });

  it('puts no path of the machine and no stack trace into any file', () => {
    const files = filesOf(FULL_ENVIRONMENT.replace(/^provider:.*\nbackend:\n.*\n/m, ''));
    const folders = [ROOT, project.folder, os.tmpdir(), homedir()].filter(
      (path) => path.length > 1,
    );
    const paths = folders.map((path) => `${path}/`);
    for (const word of [...paths, 'stackTrace', 'cdktf-eks-windows-ami-', 'file://']) {
      const found = Object.keys(files).filter((name) => files[name]?.includes(word));
      expect([word, found]).toEqual([word, []]);
    }
  });

  it.each([
    ['another order of all keys', stringify(withKeysReversed(parse(FULL_ENVIRONMENT)))],
    ['another way to write the same YAML', JSON.stringify(parse(FULL_ENVIRONMENT))],
    ['comments', FULL_ENVIRONMENT.replaceAll('\n', ' # why\n')],
    ['defaults written out', withChanges(['buildOnApply: true', 'base: eks-optimized'])],
  ])('does not depend on %s', (_name, text) => {
    expect(text).not.toBe(FULL_ENVIRONMENT);
    expect(filesOf(text)).toEqual(filesOf(FULL_ENVIRONMENT));
  });

  it.each([
    [
      'tags',
      ['{ owner: platform }', '{ owner: platform, cost: "1" }'],
      ['owner: platform, cost: "1"', 'cost: "1", owner: platform'],
    ],
    [
      'labels',
      ['{ workload: web }', '{ workload: web, team: shop }'],
      ['workload: web, team: shop', 'team: shop, workload: web'],
    ],
  ] as const)('does not depend on the order of %s', (_name, [from, to], [one, other]) => {
    const text = withChanges([from, to]);
    const swapped = text.replace(one, other);
    expect(swapped).not.toBe(text);
    expect(filesOf(swapped)).toEqual(filesOf(text));
  });

  it('does not depend on the order of the cached images', () => {
    const lines = FULL_ENVIRONMENT.split('\n').filter((line) => /^ {4}- \S+:\S+$/.test(line));
    const text = FULL_ENVIRONMENT.replace(lines.join('\n'), [...lines].reverse().join('\n'));
    expect(text).not.toBe(FULL_ENVIRONMENT);
    expect(filesOf(text)).toEqual(filesOf(FULL_ENVIRONMENT));
  });
});

describe('synthesize, when a construct refuses its inputs', () => {
  const refused = (): StackInputs => {
    const { environment, documents } = environmentOf(FULL_ENVIRONMENT);
    const image = { ...environment.image, timeoutMinutes: 59 };
    return { environment: { ...environment, image }, documents };
  };
  const MESSAGE =
    'BuiltImage at "example-windows-image/Image/Image":\n' +
    '  - `timeoutMinutes` must be an integer between 60 and 1440, got: 59';

  const messages = (): readonly string[] => {
    const result = synthesize([refused()], project.output);
    return 'refused' in result ? result.refused.map(({ message }) => message) : [];
  };

  it('gives what it says back and does not touch the output folder', () => {
    const before = filesOf(FULL_ENVIRONMENT) && folderContents(project.output);
    expect(messages()).toEqual([MESSAGE]);
    expect(folderContents(project.output)).toEqual(before);
  });

  it('leaves nothing behind in the folder for temporary files, as after a good run', () => {
    const temporary = join(project.folder, 'tmp');
    mkdirSync(temporary);
    jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    expect(messages()).toEqual([MESSAGE]);
    expect(readdirSync(temporary)).toEqual([]);
    synthesize([environmentOf(FULL_ENVIRONMENT)], project.output);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
