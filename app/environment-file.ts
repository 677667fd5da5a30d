import { formatProblem, type Path } from '../modules/core';
import { checkEnvironment } from './environment-rules';
import { type Environment, environmentSchema } from './environment-schema';
import type { FileProblem, Position } from './file-problem';
import { type FieldProblem, fieldProblems } from './schema-problems';
import { isMapping, validParts } from './schema-walk';
import { readYaml, type YamlFile } from './yaml-file';

/** One environment file, read. */
export interface EnvironmentFile {
  readonly file: string;
  /** Given when the file has no problem by itself. */
  readonly environment: Environment | undefined;
  /** The name and its place; given when it is a valid name, whatever else is wrong. */
  readonly name: (Position & { readonly text: string }) | undefined;
  readonly problems: readonly FileProblem[];
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
  const unread = { file, environment: undefined, name: undefined };
  if (!isMapping(yaml.data)) {
    const { length } = yamlProblems;
    return { ...unread, problems: length > 0 ? yamlProblems : [wrongTop(file, yaml)] };
  }
  const parsed = environmentSchema.safeParse(yaml.data);
  const parts = parsed.success ? parsed.data : (validParts(environmentSchema, yaml.data) ?? {});
  const context = { schema: environmentSchema, data: yaml.data, sourceOf: yaml.sourceOf };
  const found: FieldProblem[] = [
    ...(parsed.success ? [] : fieldProblems(parsed.error.issues, context)),
    ...checkEnvironment(parts),
  ];
  const problems = [
    ...yamlProblems,
    ...found.map((one) => ({
      file,
      ...yaml.positionOf(one.path, one.at),
      text: formatProblem(one),
    })),
  ];
  const namePath: Path = ['name'];
  return {
    file,
    environment: parsed.success && problems.length === 0 ? parsed.data : undefined,
    name: parts.name === undefined ? undefined : { text: parts.name, ...yaml.positionOf(namePath) },
    problems,
  };
}

/** The file is YAML, but not a mapping. */
function wrongTop(file: string, { data, positionOf }: YamlFile): FileProblem {
  const advice = 'begin with a copy of environments/example.yaml';
  const found = data === null ? 'nothing' : Array.isArray(data) ? 'a list' : 'a single value';
  const text = `the file must have keys such as name and region at its top, got: ${found}; ${advice}`;
  return { file, ...positionOf([]), text };
}
