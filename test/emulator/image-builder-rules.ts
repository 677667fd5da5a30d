import type { AmiStore } from './ami-store';
import type { ApiClient } from './api-client';
import { readComponentDocument } from './component-document';
import { type ImageBuilderStore, type Json, REFERENCES } from './image-builder-store';
import { scheduleProblem } from './pipeline-schedule';
import type { PublicParameters } from './public-parameters';
import { ApiError, textOf } from './wire-format';

const NAME = /^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z0-9]$/;
const AMI_NAME = /^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/;
const AMI_NAME_LENGTH = 127;
const DATA_LENGTH = 16_000;
const VERSION_LIMIT = 2 ** 30;
const COMPONENT_LIMIT = 20;
const VOLUME_LIMIT_GIB = 16_000;

/** Components Amazon owns which recipes may name. */
const MANAGED_COMPONENTS = new Set([
  ...['update-windows', 'reboot-windows', 'amazon-cloudwatch-agent-windows'],
  ...['aws-cli-version-2-windows', 'powershell-windows', 'simple-boot-test-windows'],
  ...['windows-activation-test', 'stig-build-windows-low', 'stig-build-windows-medium'],
  ...['stig-build-windows-high', 'eks-optimized-ami-windows'],
]);

/** Everything a rule may look at. */
export interface RuleContext {
  readonly store: ImageBuilderStore;
  readonly amis: AmiStore;
  readonly moto: ApiClient;
  readonly parameters: PublicParameters;
}

type Rule = (context: RuleContext, content: Json) => Promise<void> | void;

/** The rules of each kind, by the name used in operations; they throw ApiError. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  Component: [checkComponent],
  ImageRecipe: [checkRecipe],
  InfrastructureConfiguration: [checkInfrastructure],
  DistributionConfiguration: [checkDistribution],
  ImagePipeline: [checkReferences, checkSchedule, checkTests, checkRole],
  Image: [checkReferences, checkTests, checkRole],
  LifecyclePolicy: [checkRole],
};

/**
 * Checks the content of a resource before it is stored.
 * @throws ApiError with the code Image Builder uses.
 */
export async function checkContent(
  context: RuleContext,
  operation: string,
  content: Json,
): Promise<void> {
  if (operation !== 'Image') checkName(content);
  for (const rule of RULES[operation] ?? []) await rule(context, content);
}

/** A refusal of a value, in Image Builder's words. */
export function invalidValue(parameter: string, detail: string): ApiError {
  const message = `The value supplied for parameter '${parameter}' is not valid. ${detail}`;
  return new ApiError(400, 'InvalidParameterValueException', message);
}

function checkName(content: Json): void {
  const name = textOf(content, 'name');
  if (!NAME.test(name)) throw invalidValue('name', `It must match ${NAME.source}, got: ${name}`);
}

function checkVersion(version: string, pattern: RegExp): void {
  const inRange = version.split('.').every((part) => part === 'x' || Number(part) < VERSION_LIMIT);
  if (pattern.test(version) && inRange) return;
  const message = `The version number '${version}' is not valid.`;
  throw new ApiError(400, 'InvalidVersionNumberException', message);
}

function checkComponent(_context: RuleContext, content: Json): void {
  checkVersion(textOf(content, 'version'), /^\d+\.\d+\.\d+$/);
  const data = textOf(content, 'data');
  if ((data === '') === (textOf(content, 'uri') === '')) {
    const message = 'Exactly one of data and uri must be provided.';
    throw new ApiError(400, 'InvalidParameterCombinationException', message);
  }
  if (data === '') return;
  if (data.length > DATA_LENGTH) {
    throw invalidValue('data', `It must have 1 to ${DATA_LENGTH} characters, got: ${data.length}`);
  }
  try {
    readComponentDocument(data);
  } catch (error) {
    throw invalidValue('data', error instanceof Error ? error.message : String(error));
  }
}

async function checkRecipe(context: RuleContext, content: Json): Promise<void> {
  checkVersion(textOf(content, 'version'), /^(\d+\.\d+\.(\d+|x)|\d+\.x\.x|x\.x\.x)$/);
  const components = listOfJson(content['components']);
  if (components.length < 1 || components.length > COMPONENT_LIMIT) {
    const detail = `It must have 1 to ${COMPONENT_LIMIT} entries, got: ${components.length}`;
    throw invalidValue('components', detail);
  }
  for (const component of components) checkRecipeComponent(context, component);
  for (const device of listOfJson(content['blockDeviceMappings'])) checkDevice(device);
  await requireParentAmi(context, textOf(content, 'parentImage'));
}

function checkDevice(device: Json): void {
  const size = objectOf(device, 'ebs')['volumeSize'];
  if (size === undefined || size === null) return;
  if (Number.isInteger(size) && Number(size) >= 1 && Number(size) <= VOLUME_LIMIT_GIB) return;
  throw invalidValue('volumeSize', `It must be 1 to ${VOLUME_LIMIT_GIB}, got: ${String(size)}`);
}

function checkRecipeComponent(context: RuleContext, reference: Json): void {
  const arn = textOf(reference, 'componentArn');
  const managed = /:imagebuilder:[^:]+:aws:component\/([^/]+)\//.exec(arn)?.[1];
  if (managed !== undefined && MANAGED_COMPONENTS.has(managed)) return;
  const component = context.store.find(arn);
  if (component === undefined || component.kind.arnType !== 'component') {
    throw invalidValue('components', `The component with ARN '${arn}' does not exist.`);
  }
  const declared = listOfJson(component.content['parameters']);
  const known = declared.map((parameter) => textOf(parameter, 'name'));
  for (const parameter of listOfJson(reference['parameters'])) {
    const name = textOf(parameter, 'name');
    if (known.includes(name) || component.content['data'] === undefined) continue;
    throw invalidValue('components', `The component ${arn} has no parameter named '${name}'.`);
  }
}

/**
 * The AMI a recipe starts from: an AMI id, or `ssm:` and a parameter name.
 * @throws ApiError when there is none.
 */
export async function requireParentAmi(context: RuleContext, parent: string): Promise<string> {
  const { region } = context.store;
  const name = parent.startsWith('ssm:') ? parent.slice('ssm:'.length) : undefined;
  const id = name === undefined ? parent : await context.parameters.valueOf(region, name);
  if (id !== undefined && context.amis.find(region, id) !== undefined) return id;
  throw invalidValue('parentImage', `The image '${parent}' does not exist.`);
}

async function checkInfrastructure(context: RuleContext, content: Json): Promise<void> {
  const { region } = context.store;
  const profile = textOf(content, 'instanceProfileName');
  const named = { InstanceProfileName: profile };
  await requireExisting(
    context.moto.query('iam', 'GetInstanceProfile', named, region),
    'instanceProfileName',
    `The instance profile '${profile}' does not exist.`,
  );
  const subnet = textOf(content, 'subnetId');
  const groups = (content['securityGroupIds'] ?? []) as readonly string[];
  if ((subnet === '') !== (groups.length === 0)) {
    const message = 'subnetId and securityGroupIds must be provided together.';
    throw new ApiError(400, 'InvalidParameterCombinationException', message);
  }
  if (subnet === '') return;
  await requireExisting(
    context.moto.query('ec2', 'DescribeSubnets', { 'SubnetId.1': subnet }, region),
    'subnetId',
    `The subnet '${subnet}' does not exist.`,
  );
  for (const group of groups) {
    await requireExisting(
      context.moto.query('ec2', 'DescribeSecurityGroups', { 'GroupId.1': group }, region),
      'securityGroupIds',
      `The security group '${group}' does not exist.`,
    );
  }
}

async function requireExisting(
  lookup: Promise<unknown>,
  parameter: string,
  detail: string,
): Promise<void> {
  try {
    await lookup;
  } catch {
    throw invalidValue(parameter, detail);
  }
}

function checkDistribution(_context: RuleContext, content: Json): void {
  const distributions = listOfJson(content['distributions']);
  if (distributions.length === 0) throw invalidValue('distributions', 'It must not be empty.');
  const regions = distributions.map((distribution) => textOf(distribution, 'region'));
  if (new Set(regions).size !== regions.length) {
    throw invalidValue('distributions', `A region is repeated: ${regions.join(', ')}`);
  }
  for (const distribution of distributions) {
    const name = objectOf(distribution, 'amiDistributionConfiguration')['name'];
    if (name === undefined || name === null) continue;
    if (AMI_NAME.test(String(name)) && String(name).length <= AMI_NAME_LENGTH) continue;
    throw invalidValue('name', `The AMI name is not valid, got: ${String(name)}`);
  }
}

function checkReferences(context: RuleContext, content: Json): void {
  const fields = Object.entries(REFERENCES);
  for (const [field, arnType] of fields) {
    const arn = textOf(content, field);
    if (arn === '' && field === 'distributionConfigurationArn') continue;
    const resource = context.store.find(arn);
    if (resource?.kind.arnType === arnType && resource.arn === arn) continue;
    throw invalidValue(field, `The resource with ARN '${arn}' does not exist.`);
  }
}

function checkSchedule(_context: RuleContext, content: Json): void {
  const schedule = objectOf(content, 'schedule');
  const expression = textOf(schedule, 'scheduleExpression');
  if (expression === '') return;
  const problem = scheduleProblem(expression, textOf(schedule, 'timezone') || undefined);
  if (problem !== undefined) throw invalidValue('schedule', problem);
}

function checkTests(_context: RuleContext, content: Json): void {
  const minutes = objectOf(content, 'imageTestsConfiguration')['timeoutMinutes'];
  if (minutes === undefined || minutes === null) return;
  if (Number.isInteger(minutes) && Number(minutes) >= 60 && Number(minutes) <= 1440) return;
  throw invalidValue('timeoutMinutes', `It must be 60 to 1440, got: ${String(minutes)}`);
}

async function checkRole(context: RuleContext, content: Json): Promise<void> {
  const role = textOf(content, 'executionRole');
  if (role === '') {
    if (listOfJson(content['workflows']).length === 0) return;
    const message = 'An execution role is required to provide workflows.';
    throw new ApiError(400, 'InvalidParameterCombinationException', message);
  }
  const named = { RoleName: role.split('/').pop() ?? role };
  await requireExisting(
    context.moto.query('iam', 'GetRole', named, context.store.region),
    'executionRole',
    `The role '${role}' does not exist.`,
  );
}

/** A field as a list of objects; empty when it is absent. */
export function listOfJson(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A field as an object; empty when it is absent. */
export function objectOf(content: Json, name: string): Json {
  const value = content[name];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
