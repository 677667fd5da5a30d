import { Token } from 'cdktf';
import { type Environment, environmentSchema } from '../../environment/schema/environment-schema';
import { formatPath, formatProblem, type Path, type Problem, wording } from '../../modules/core';
import { Told } from '../files/consequences';
import {
  FILE_START,
  type FileProblem,
  type Position,
  problemInText,
  wholeProblem,
} from '../files/file-problem';
import { type FieldProblem, fieldProblems, isMisspelled } from '../files/schema-problems';
import { isMapping } from '../files/schema-walk';
import { foundInAnyCase, isStandIn, standIns, standInsAt } from '../files/stand-ins';
import { readYaml, type YamlFile } from '../files/yaml-file';
import { checkEnvironment } from '../rules/environment-rules';
import type { ComponentFileReference } from './component-files';
import { type NodeFileReference, nodeFilesOf } from './node-files';

/** One environment file, read. */
export interface EnvironmentFile {
  readonly file: string;
  /** With a stand-in for everything that is wrong; not given when the file has no keys at all. */
  readonly environment: Environment | undefined;
  /** The name and its place; given when it is a valid name, whatever else is wrong. */
  readonly name: (Position & { readonly text: string }) | undefined;
  /** The component files that it names, as far as their paths are right. */
  readonly componentFiles: readonly ComponentFileReference[];
  /** The scripts and certificates that its node groups name, likewise. */
  readonly nodeFiles: readonly NodeFileReference[];
  readonly problems: readonly FileProblem[];
  readonly locate: Locate;
  /** Whether a key is not there because it, or what it stands in, is written wrongly. */
  readonly isMisspelled: (path: Path) => boolean;
}

/** Puts a problem to its place: that of the value, of its key, or of what they would stand in. */
export type Locate = (problem: FieldProblem) => FileProblem;

/** A file of which nothing can be said but its problems. */
export function unreadFile(file: string, problems: readonly FileProblem[]): EnvironmentFile {
  const locate: Locate = (one) => ({ file, ...problemInText(FILE_START, one) });
  const nothing = { environment: undefined, name: undefined, componentFiles: [], nodeFiles: [] };
  return { file, ...nothing, problems, locate, isMisspelled: () => false };
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
  if (isComponent(yaml.data)) return unreadFile(file, [componentHere(file)]);
  const parsed = environmentSchema.safeParse(yaml.data);
  const context = { schema: environmentSchema, data: yaml.data, sourceOf: yaml.sourceOf };
  const inFields = parsed.success ? [] : fieldProblems(parsed.error.issues, context);
  const environment = parsed.success
    ? parsed.data
    : standInsAt(environmentSchema, standIns(environmentSchema, yaml.data), inFields);
  const isMisspelledIn = (path: Path): boolean =>
    path.some((_part, index) => isMisspelled(path.slice(0, index + 1), context));
  const isNews = newsBeside(inFields, environment);
  const inRules = foundInAnyCase(environment, checkEnvironment, formatProblem).filter(
    (one) => isNews(one) && !isMisspelledIn(one.path),
  );
  const found: FieldProblem[] = [...inFields, ...inRules];
  const locate: Locate = (one) => ({
    file,
    ...problemInText(yaml.positionOf(one.path, one.at), one),
  });
  const inFirsts = yaml.problems.length === 0 ? [] : problemsOfFirsts(file, text);
  const problems = [...yamlProblems, ...found.map(locate), ...inFirsts];
  const namePath: Path = ['name'];
  return {
    file,
    environment,
    name: Token.isUnresolved(environment.name)
      ? undefined
      : { text: environment.name, ...yaml.positionOf(namePath) },
    componentFiles: componentFilesOf(environment),
    nodeFiles: nodeFilesOf(environment),
    problems,
    locate,
    isMisspelled: isMisspelledIn,
  };
}

/**
 * What is wrong with the first value of a key that is there twice; else the last one counts. What the
 * first one lacks may be in the other.
 */
function problemsOfFirsts(file: string, text: string): FileProblem[] {
  const { data, sourceOf, positionOf } = readYaml(text, 'first');
  if (!isMapping(data)) return [];
  const issues = environmentSchema.safeParse(data).error?.issues ?? [];
  return fieldProblems(issues, { schema: environmentSchema, data, sourceOf })
    .filter(({ value }) => value !== undefined)
    .map((one) => ({ file, ...problemInText(positionOf(one.path, one.at), one) }));
}

/** Tells what is not told by the fields already. */
function newsBeside(
  inFields: readonly FieldProblem[],
  environment: Environment,
): (one: Problem) => boolean {
  const told = new Told(inFields);
  const withUnknownKeys = new Set(
    inFields.flatMap(({ at, path }) => (at === 'key' ? [formatPath(path.slice(0, -1))] : [])),
  );
  // What is missing may be what the key that is not known stands for.
  const mayBeThere = ({ path, value }: Problem): boolean =>
    value === undefined && withUnknownKeys.has(formatPath(path));
  return (one) => !isStandIn(environment, one.path) && !mayBeThere(one) && !told.isConsequence(one);
}

function componentFilesOf({ image }: Environment): ComponentFileReference[] {
  return image.components.flatMap((component, index) => {
    if (typeof component !== 'object') return [];
    const { file, whenTooLong, parameters = {} } = component;
    if (file === undefined || Token.isUnresolved(file)) return [];
    const path = ['image', 'components', index];
    return [{ path, file, whenTooLong, parameters }];
  });
}

const isComponent = (data: object): boolean => 'phases' in data && !('image' in data);

/** All its keys would be told else. */
function componentHere(file: string): FileProblem {
  const value = 'a component document';
  const message = wording('be an environment', value, 'move it to a folder such as components');
  return { file, ...wholeProblem('file', { id: 'component-as-environment', value, message }) };
}

/** The file is YAML, but not a mapping. */
function wrongTop(file: string, { data, positionOf }: YamlFile): FileProblem {
  const advice = 'begin with a copy of environments/example.yaml';
  const value = data === null ? 'nothing' : Array.isArray(data) ? 'a list' : 'a single value';
  const message = wording('have keys such as name and region at its top', value, advice);
  return { file, ...wholeProblem('file', { id: 'no-keys', value, message }, positionOf([])) };
}
