import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { Token } from 'cdktf';
import type { ComponentDocuments } from '../environment/component-documents';
import { imageStackName, nodesStackName } from '../environment/names';
import { type Environment, environmentSchema } from '../environment/schema/environment-schema';
import { IMAGE_CACHE } from '../environment/schema/image/component-schema';
import type { Path, ValidationError } from '../modules/core';
import { buildStacks } from './environment-stacks';
import { Told } from './files/consequences';
import { type FileProblem, formatFileProblem } from './files/file-problem';
import { knownPath, valueAt } from './files/schema-walk';
import { foundInAnyCase, isStandIn, standInsAt } from './files/stand-ins';
import type { LoadedEnvironment } from './loading/load-environments';

/**
 * The problems of inputs that constructs have refused, at the keys of the files that they come
 * from. Some rules need more than a file says, such as the length of a policy, so that only the
 * constructs have them. What one construct says of a value by several rules is all told, and not
 * what the file's own problems or a construct before have said.
 */
export function locateRefusedInputs(
  refused: readonly ValidationError[],
  environments: readonly LoadedEnvironment[],
): readonly FileProblem[] {
  const toldOf = new Map(environments.map((one) => [one, new Told(problemsInFile(one))]));
  return refused.flatMap((error) => {
    const owner = ownerOf(error, environments);
    const told = toldOf.get(owner);
    const news = locatedIn(owner, error).filter((one) => !told?.isConsequence(one));
    told?.add(news);
    return news;
  });
}

/** Not those of the files that it names. */
const problemsInFile = ({ file, problems }: LoadedEnvironment): readonly FileProblem[] =>
  problems.filter((one) => one.file === file);

function ownerOf(
  { constructPath }: ValidationError,
  environments: readonly LoadedEnvironment[],
): LoadedEnvironment {
  const [stack = ''] = idsOf(constructPath);
  const owner = environments.find(({ environment }) =>
    [imageStackName(environment), nodesStackName(environment)].includes(stack),
  );
  if (owner === undefined) throw new Error(`bug: ${constructPath} is part of no environment`);
  return owner;
}

/** A construct of this name leaves no trace in addresses, and has no part of the file of its own. */
const idsOf = (constructPath: string): readonly string[] =>
  constructPath.split('/').filter((id) => id !== 'Default');

/** A problem of a construct, and whether the construct has an input there that no file has. */
type LocatedProblem = FileProblem & { readonly isCut: boolean };

function locatedIn(
  { environment, locate, isMisspelled }: LoadedEnvironment,
  { constructPath, problems }: ValidationError,
): readonly LocatedProblem[] {
  const [stack, ...ids] = idsOf(constructPath);
  const placeOf = stack === imageStackName(environment) ? imagePlace : nodesPlace;
  const place = placeOf(environment, ids);
  return problems.flatMap((one) => {
    const whole = inFile(place, one.path);
    const known = knownPath(environmentSchema, whole);
    if (isStandIn(environment, known) || isMisspelled(known)) return [];
    const path = one.value === undefined ? known : partThere(environment, known);
    const isCut = path.length < whole.length;
    const isKey = isCut && typeof path.at(-1) === 'string';
    return [{ ...locate({ ...one, path, ...(isKey && { at: 'key' }) }), isCut }];
  });
}

/**
 * What only constructs find in a file that has problems already. Its stand-ins pass their checks;
 * what cannot be built with them is passed over, and told when the rest is mended.
 */
export function stackProblems(loaded: LoadedEnvironment): readonly FileProblem[] {
  const told = problemsInFile(loaded);
  const environment = withNames(standInsAt(environmentSchema, loaded.environment, told));
  return foundInAnyCase(environment, (one) => problemsOfStacks(loaded, one), formatFileProblem);
}

function problemsOfStacks(
  loaded: LoadedEnvironment,
  environment: Environment,
): readonly FileProblem[] {
  const { documents } = loaded;
  const inputs = { environment: withComponents(environment, documents), documents };
  const passOver = loaded.problems.length > 0;
  const outputFolder = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-'));
  try {
    const { refused } = buildStacks([inputs], { outputFolder, passOver });
    return locateRefusedInputs(refused, [{ ...loaded, environment }]);
  } finally {
    rmSync(outputFolder, { recursive: true, force: true });
  }
}

/** What a component is made of is refused before there is an image, so another one stands in for it. */
function withComponents(environment: Environment, documents: ComponentDocuments): Environment {
  const { image } = environment;
  const components = image.components.map((one, index) =>
    canBeMade(one, environment, documents) ? one : standInComponent(index),
  );
  return { ...environment, image: { ...image, components } };
}

type Component = Environment['image']['components'][number];

function canBeMade(
  component: Component,
  { region }: Environment,
  documents: ComponentDocuments,
): boolean {
  if (component === IMAGE_CACHE) return true;
  const { file, arn = '' } = typeof component === 'string' ? {} : component;
  if (file !== undefined) return file in documents;
  return !Token.isUnresolved(arn) && !Token.isUnresolved(region);
}

const standInComponent = (index: number): Component => ({
  arn: `arn:aws:imagebuilder:us-east-1:aws:component/stand-in-${index}/x.x.x`,
});

/** Constructs are called after these names: there can be no token in their place, and none twice. */
function withNames(environment: Environment): Environment {
  const taken = new Set<string>();
  const groups = environment.nodes.groups.map((group, index) => {
    const isUsable = !Token.isUnresolved(group.name) && !taken.has(group.name);
    let name = isUsable ? group.name : `group-${index}`;
    while (taken.has(name)) name = `${name}x`;
    taken.add(name);
    return { ...group, name };
  });
  const name = Token.isUnresolved(environment.name) ? 'environment' : environment.name;
  return { ...environment, name, nodes: { ...environment.nodes, groups } };
}

/** As much of a path as the file has: constructs add to what it says. */
const partThere = (environment: Environment, path: Path): Path =>
  path.length <= 1 || valueAt(environment, path) !== undefined
    ? path
    : partThere(environment, path.slice(0, -1));

/** A path of a construct's props in a file, where some are not called so, or stand elsewhere. */
function inFile(place: Path, path: Path): Path {
  const whole = [...place, ...path];
  const [prop = '', ...rest] = path;
  const key = KEYS_OF_PROPS[prop];
  if (key === undefined || knownPath(environmentSchema, whole).length > place.length) return whole;
  return [...key, ...rest];
}

const KEYS_OF_PROPS: Readonly<Record<string, Path>> = {
  baseImage: ['image', 'base'],
  excludedSnatCidrs: ['nodes', 'excludedSnatCidrs'],
  iam: ['iam'],
  kubernetesVersion: ['cluster', 'kubernetesVersion'],
  name: ['name'],
  parentImage: ['image', 'base'],
  region: ['region'],
  tags: ['tags'],
  windowsServer: ['windows', 'server'],
};

function imagePlace(environment: Environment, [first = '', second = '']: readonly string[]): Path {
  if (first === 'Image') return IMAGE_PARTS[second] ?? ['image'];
  return BESIDE_THE_IMAGE[first] ?? componentPlace(environment, first);
}

const BESIDE_THE_IMAGE: Readonly<Record<string, Path>> = {
  BaseAmi: ['windows'],
  FastLaunchTemplate: ['fastLaunch'],
  FastLaunchKeyGrant: ['fastLaunch', 'keyGrant'],
};

/** Parts of the image with keys of their own, by their construct. */
const IMAGE_PARTS: Readonly<Record<string, Path>> = {
  Distribution: ['image', 'distribution'],
  Notifications: ['image', 'notifications'],
  Retention: ['image', 'retention'],
};

function componentPlace({ image }: Environment, id: string): Path {
  const index = image.components.findIndex(
    (one) =>
      typeof one === 'object' &&
      one.file !== undefined &&
      id === `Component-${posix.parse(one.file).name}`,
  );
  return index < 0 ? ['image'] : ['image', 'components', index];
}

const BESIDE_THE_NODES: Readonly<Record<string, Path>> = {
  EksAmi: ['windows'],
  FastLaunch: ['fastLaunch'],
  WindowsSupport: ['cluster', 'windowsSupport'],
};

function nodesPlace({ nodes }: Environment, [id = '']: readonly string[]): Path {
  const beside = BESIDE_THE_NODES[id];
  if (beside !== undefined) return beside;
  const index = nodes.groups.findIndex(({ name }) => id === `Group-${name}`);
  return index < 0 ? ['nodes'] : ['nodes', 'groups', index];
}
