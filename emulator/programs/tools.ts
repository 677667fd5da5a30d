import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs the tests and the demo can use. */
export type ToolName = 'terraform' | 'aws' | 'moto_server';

/** A program that was found and runs. */
export interface FoundTool {
  readonly path: string;
  /** Undefined for a program that tells none. */
  readonly version: string | undefined;
}

/** Why something is not usable: one sentence that says how to get it. */
export interface MissingTool {
  readonly missing: string;
}

interface Probe {
  readonly arguments: readonly string[];
  readonly version: (output: string) => string | undefined;
  readonly advice: string;
}

/** Only what hangs takes as long, however busy the machine is. */
const PROBE_LIMIT_MS = 120_000;

const PROBES: Readonly<Record<ToolName, Probe>> = {
  terraform: {
    arguments: ['version', '-json'],
    version: (output) => /"terraform_version":\s*"([^"]+)"/.exec(output)?.[1],
    advice: 'install it from https://developer.hashicorp.com/terraform/install',
  },
  aws: {
    arguments: ['--version'],
    version: (output) => /aws-cli\/(\S+)/.exec(output)?.[1],
    advice: 'install the AWS CLI, version 2 (or version 1 with pip install awscli)',
  },
  moto_server: {
    arguments: ['--help'],
    version: () => undefined,
    advice: "install it with pip install 'moto[server]'",
  },
};

/** Answers by name and PATH. */
const found = new Map<string, FoundTool | MissingTool>();

/**
 * Finds a program on PATH and checks by a version call that it runs. The answer is kept, in the folder
 * of the variable TOOL_ANSWERS too, when there is one: then other processes need not ask again.
 */
export function findTool(name: ToolName): FoundTool | MissingTool {
  const key = `${name} ${process.env['PATH'] ?? ''}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const folder = process.env['TOOL_ANSWERS'];
  const digest = createHash('sha256').update(key).digest('hex');
  const tool = folder === undefined ? probe(name) : answerIn(join(folder, `${digest}.json`), name);
  found.set(key, tool);
  return tool;
}

function answerIn(file: string, name: ToolName): FoundTool | MissingTool {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as FoundTool | MissingTool;
  const tool = probe(name);
  // Nobody may read half of it.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(tool));
  renameSync(draft, file);
  return tool;
}

/** The path of an executable on PATH; undefined when there is none. */
export function executablePath(name: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '');
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function probe(name: ToolName): FoundTool | MissingTool {
  const { arguments: probeArguments, version, advice } = PROBES[name];
  const path = executablePath(name);
  if (path === undefined) return { missing: `${name} is not on PATH; ${advice}` };
  const result = spawnSync(path, probeArguments, {
    encoding: 'utf8',
    timeout: PROBE_LIMIT_MS,
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  if (result.status !== 0) {
    const call = [name, ...probeArguments].join(' ');
    return { missing: `${call} fails with exit status ${result.status ?? 'none'}; ${advice}` };
  }
  return { path, version: version(`${result.stdout}${result.stderr}`) };
}

/** A directory with provider packages for terraform. */
export interface ProviderMirror {
  readonly path: string;
  /** The newest mirrored version of hashicorp/aws for this platform. */
  readonly version: string;
}

const PROVIDER_PATH = join('registry.terraform.io', 'hashicorp', 'aws');

/** Directories to look for mirrors in when none is in a usual place. */
const SEARCH_ROOTS = ['/opt', '/usr/share', '/usr/lib', '/var/lib'];

/**
 * Finds a filesystem mirror with the AWS provider: the directory in TF_PLUGIN_MIRROR, the usual
 * places, then directories below /opt and the like.
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export function findProviderMirror(): ProviderMirror | MissingTool {
  const named = process.env['TF_PLUGIN_MIRROR'];
  const candidates = [
    ...(named === undefined || named === '' ? [] : [named]),
    join(homedir(), '.terraform.d', 'plugins'),
    '/usr/share/terraform/plugins',
    '/usr/local/share/terraform/plugins',
    ...SEARCH_ROOTS.flatMap(directoriesBelow),
  ];
  for (const path of candidates) {
    const version = newestVersion(join(path, PROVIDER_PATH));
    if (version !== undefined) return { path, version };
  }
  return {
    missing:
      'no terraform provider mirror has hashicorp/aws; make one with terraform providers mirror ' +
      'and name its directory in TF_PLUGIN_MIRROR',
  };
}

function directoriesBelow(root: string): readonly string[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name));
  } catch {
    return [];
  }
}

/** The provider's own program. @throws Error when the mirror has none. */
export function providerExecutable({ path, version }: ProviderMirror): string {
  const directory = join(path, PROVIDER_PATH, version, terraformPlatform());
  const [name] = readdirSync(directory).filter((file) => file.startsWith('terraform-provider-'));
  if (name === undefined) throw new Error(`${directory} has no provider`);
  return join(directory, name);
}

function newestVersion(providerDirectory: string): string | undefined {
  if (!existsSync(providerDirectory)) return undefined;
  const versions = directoriesBelow(providerDirectory)
    .filter((directory) => existsSync(join(directory, terraformPlatform())))
    .map((directory) => directory.slice(providerDirectory.length + 1));
  return versions.sort(compareVersions)[versions.length - 1];
}

/** Such as `linux_amd64`. */
function terraformPlatform(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
}

function compareVersions(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

/** Where terraform gets its providers from. */
export type ProviderSource = ProviderMirror | 'registry';

/**
 * Writes a terraform CLI configuration into a directory and returns the variables that make
 * terraform use it and nothing of the caller's.
 */
export function configureTerraform(
  directory: string,
  source: ProviderSource,
): Record<string, string> {
  const file = join(directory, 'terraform.rc');
  const lines = ['disable_checkpoint = true'];
  if (source !== 'registry') {
    const path = JSON.stringify(source.path);
    lines.push('provider_installation {', `  filesystem_mirror { path = ${path} }`, '}');
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: file };
}
