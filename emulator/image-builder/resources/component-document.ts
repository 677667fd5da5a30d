import { parseDocument } from 'yaml';

/** What Image Builder reads from a component document. */
export interface ComponentDocument {
  readonly type: 'BUILD' | 'TEST';
  readonly parameters: readonly ComponentParameter[];
}

/** One declared parameter of a component document. */
interface ComponentParameter {
  readonly name: string;
  readonly type: string;
  readonly defaultValue: readonly string[] | undefined;
  readonly description: string | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

const PHASES = new Set(['build', 'validate', 'test', 'container-host-test']);
const ON_FAILURE = new Set(['Abort', 'Continue', 'Ignore']);

/** Source: https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html */
const ACTIONS = new Set([
  ...['Assert', 'ExecuteBash', 'ExecuteBinary', 'ExecuteDocument', 'ExecutePowerShell'],
  ...['S3Download', 'S3Upload', 'WebDownload', 'AppendFile', 'CopyFile', 'CopyFolder'],
  ...['CreateFile', 'CreateFolder', 'CreateSymlink', 'DeleteFile', 'DeleteFolder', 'ListFiles'],
  ...['MoveFile', 'MoveFolder', 'ReadFile', 'SetFileEncoding', 'SetFileOwner'],
  ...['SetFolderOwner', 'SetFilePermissions', 'SetFolderPermissions', 'InstallMSI'],
  ...['UninstallMSI', 'Reboot', 'SetRegistry', 'UpdateOS'],
]);

/**
 * Reads a component document of AWSTOE.
 * @throws Error naming the first thing Image Builder would refuse.
 */
export function readComponentDocument(data: string): ComponentDocument {
  const parsed = parseDocument(data, { version: '1.1', strict: true, uniqueKeys: true });
  const problem = parsed.errors[0];
  if (problem !== undefined) throw new Error(`not valid YAML: ${problem.message.split('\n')[0]}`);
  const document = mapping(parsed.toJS(), 'the document');
  if (!['1', '1.0'].includes(String(document['schemaVersion']))) {
    throw new Error(`schemaVersion must be 1.0, got: ${String(document['schemaVersion'])}`);
  }
  const phases = sequence(document['phases'], 'phases').map((phase) => mapping(phase, 'a phase'));
  if (phases.length === 0) throw new Error('phases must not be empty');
  requireUnique(
    phases.map((phase) => String(phase['name'])),
    'phase',
  );
  for (const phase of phases) checkPhase(phase);
  const onlyTests = phases.every((phase) => phase['name'] === 'test');
  return { type: onlyTests ? 'TEST' : 'BUILD', parameters: parametersOf(document) };
}

function checkPhase(phase: Mapping): void {
  const name = String(phase['name']);
  if (!PHASES.has(name)) throw new Error(`unknown phase: ${name}`);
  const steps = sequence(phase['steps'], `steps of phase ${name}`);
  if (steps.length === 0) throw new Error(`phase ${name} must have steps`);
  const checked = steps.map((step) => mapping(step, `a step of phase ${name}`));
  requireUnique(
    checked.map((step) => String(step['name'])),
    `step of phase ${name}`,
  );
  for (const step of checked) checkStep(step);
}

function checkStep(step: Mapping): void {
  const name = String(step['name']);
  if (typeof step['name'] !== 'string' || name === '') throw new Error('a step must have a name');
  const action = String(step['action']);
  if (!ACTIONS.has(action)) throw new Error(`step ${name} has an unknown action: ${action}`);
  const onFailure = step['onFailure'] ?? 'Abort';
  if (!ON_FAILURE.has(String(onFailure))) {
    throw new Error(`step ${name} has an unknown onFailure: ${String(onFailure)}`);
  }
  const timeout = step['timeoutSeconds'] ?? 1;
  if (!Number.isInteger(timeout) || timeout === 0 || Number(timeout) < -1) {
    throw new Error(`step ${name} has an invalid timeoutSeconds: ${String(timeout)}`);
  }
  if (action === 'ExecutePowerShell' || action === 'ExecuteBash') checkCommands(name, step);
}

function checkCommands(name: string, step: Mapping): void {
  const inputs = mapping(step['inputs'], `inputs of step ${name}`);
  if (inputs['file'] !== undefined) return;
  const commands = sequence(inputs['commands'], `commands of step ${name}`);
  if (commands.length === 0 || commands.some((command) => typeof command !== 'string')) {
    throw new Error(`commands of step ${name} must be strings`);
  }
}

function parametersOf(document: Mapping): readonly ComponentParameter[] {
  if (document['parameters'] === undefined) return [];
  return sequence(document['parameters'], 'parameters').map((entry) => {
    const [name = '', content] = Object.entries(mapping(entry, 'a parameter'))[0] ?? [];
    const declared = mapping(content, `parameter ${name}`);
    if (!/^[\w-]{3,128}$/.test(name)) throw new Error(`invalid parameter name: ${name}`);
    if (declared['type'] !== 'string') throw new Error(`parameter ${name} must be of type string`);
    const fallback = declared['default'];
    const description = declared['description'];
    return {
      name,
      type: 'string',
      defaultValue: fallback === undefined ? undefined : [String(fallback)],
      description: description ? String(description) : undefined,
    };
  });
}

function requireUnique(names: readonly string[], what: string): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`repeated name of a ${what}: ${repeated}`);
}

function mapping(value: unknown, what: string): Mapping {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} must be a mapping`);
  }
  return value as Mapping;
}

function sequence(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} must be a list`);
  return value;
}
