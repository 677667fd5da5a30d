import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { executablePath, type FoundTool, type MissingTool } from './tools';

/** Where `.ci/install-aws-cli-v2` puts it. */
const INSTALLED = join(__dirname, '../../node_modules/.cache/aws-cli-v2/aws');

let found: FoundTool | MissingTool | undefined;

/**
 * Finds version 2 of the AWS CLI, which most people have: where `.ci/install-aws-cli-v2` puts it, or
 * as `aws` on PATH. The answer is kept.
 */
export function findAwsCliV2(): FoundTool | MissingTool {
  found ??= find();
  return found;
}

function find(): FoundTool | MissingTool {
  for (const path of [INSTALLED, executablePath('aws') ?? INSTALLED]) {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    const [, version] = /^aws-cli\/(2\.\S+)/.exec(stdout ?? '') ?? [];
    if (version !== undefined) return { path, version };
  }
  return { missing: 'version 2 of the AWS CLI is not there; .ci/install-aws-cli-v2 gets it' };
}
