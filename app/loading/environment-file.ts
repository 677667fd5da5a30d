import { type Environment, environmentSchema } from '../../environment/schema/environment-schema';
import { formatProblem, type Path } from '../../modules/core';
import { FILE_START, type FileProblem, type Position } from '../files/file-problem';
import { type FieldProblem, fieldProblems, isMisspelled } from '../files/schema-problems';
import { isMapping, type ValidParts, validParts } from '../files/schema-walk';
import { readYaml, type YamlFile } from '../files/yaml-file';
import { checkEnvironment } from '../rules/environment-rules';
import { withoutWrongValues } from '../rules/list-rules';
import type { ComponentFileReference } from './component-files';
import { type NodeFileReference, nodeFilesOf } from './node-files';

/** One environment file, read. */
export interface EnvironmentFile {
  readonly file: string;
  /** Given when the file has no problem by itself. */
  readonly environment: Environment | undefined;
  /** The name and its place; given when it is a valid name, whatever else is wrong. */
  readonly name: (Position & { readonly text: string }) | undefined;
  /** The component files that it names, as far as their paths are right. */
  readonly componentFiles: readonly ComponentFileReference[];
  /** The scripts and certificates that its node groups name, likewise. */
  readonly nodeFiles: readonly NodeFileReference[];
  readonly problems: readonly FileProblem[];
  readonly locate: Locate;
}

/** Puts a problem to its place: that of the value, of its key, or of what they would stand in. */
export type Locate = (problem: FieldProblem) => FileProblem;

/** A file of which nothing can be said but its problems. */
export function unreadFile(file: string, problems: readonly FileProblem[]): EnvironmentFile {
  const locate: Locate = (one) => ({ file, ...FILE_START, text: formatProblem(one) });
  const nothing = { environment: undefined, name: undefined, componentFiles: [], nodeFiles: [] };
  return { file, ...nothing, problems, locate };
}

/**
 * Reads the text of one environment file. Never throws for what the text says: all its problems
 * are in the result.
 *
 * @param file the path to show in problems
 */
export function readEnvironmentFile(file: string, text: string): EnvironmentFile {
  const yaml = readYaml(text);
  const yamlProblems = yaml.problems.map((problem) => ({ file, ...problem }));
  if (!isMapping(yaml.data)) {
    return unreadFile(file, yamlProblems.length > 0 ? yamlProblems : [wrongTop(file, yaml)]);
  }
  const parsed = environmentSchema.safeParse(yaml.data);
  const parts = parsed.success ? parsed.data : (validParts(environmentSchema, yaml.data) ?? {});
  const context = { schema: environmentSchema, data: yaml.data, sourceOf: yaml.sourceOf };
  const found: FieldProblem[] = [
    ...(parsed.success ? [] : fieldProblems(parsed.error.issues, context)),
    ...checkEnvironment(parts).filter((one) => !isMisspelled(one.path, context)),
  ];
  const locate: Locate = (one) => ({
    file,
    ...yaml.positionOf(one.path, one.at),
    text: formatProblem(one),
  });
  const problems = [...yamlProblems, ...found.map(locate)];
  const namePath: Path = ['name'];
  return {
    file,
    environment: parsed.success && problems.length === 0 ? parsed.data : undefined,
    name: parts.name === undefined ? undefined : { text: parts.name, ...yaml.positionOf(namePath) },
    componentFiles: componentFilesOf(parts),
    nodeFiles: nodeFilesOf(parts),
    problems,
    locate,
  };
}

function componentFilesOf({ image }: ValidParts<Environment>): ComponentFileReference[] {
  const components = image?.components ?? [];
  return components.flatMap((component, index) => {
    if (typeof component !== 'object' || component.file === undefined) return [];
    const { file, whenTooLong, parameters = {} } = component;
    const path = ['image', 'components', index];
    return [{ path, file, whenTooLong, parameters: withoutWrongValues(parameters) }];
  });
}

/** The file is YAML, but not a mapping. */
function wrongTop(file: string, { data, positionOf }: YamlFile): FileProblem {
  const advice = 'begin with a copy of environments/example.yaml';
  const found = data === null ? 'nothing' : Array.isArray(data) ? 'a list' : 'a single value';
  const text = `the file must have keys such as name and region at its top, got: ${found}; ${advice}`;
  return { file, ...positionOf([]), text };
}
