import { type Json, listOfJson, objectOf, textsOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { readComponentDocument } from '../resources/component-document';
import { requireParentAmi } from '../resources/parent-image';
import { checkVersion, VERSION_SELECTOR } from '../resources/resource-versions';
import { checkChoice, checkRange, invalidValue, type RuleContext } from '../resources/rule-context';

const COMPONENT_LIMIT = 20;
const VOLUME_LIMIT_GIB = 16_000;
const VOLUME_TYPES = ['standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1'];
const USER_DATA_LENGTH = 21_847;

/**
 * Checks an image recipe.
 * @throws ApiError when Image Builder would refuse it.
 */
export async function checkRecipe(context: RuleContext, content: Json): Promise<void> {
  checkVersion(textOf(content, 'version'), VERSION_SELECTOR);
  const components = listOfJson(content['components']);
  if (components.length < 1 || components.length > COMPONENT_LIMIT) {
    const detail = `It must have 1 to ${COMPONENT_LIMIT} entries, got: ${components.length}`;
    throw invalidValue('components', detail);
  }
  for (const component of components) checkRecipeComponent(context, component);
  const devices = listOfJson(content['blockDeviceMappings']);
  for (const device of devices) checkDevice(device);
  const names = devices.map((device) => textOf(device, 'deviceName'));
  if (new Set(names).size !== names.length) {
    throw invalidValue('blockDeviceMappings', `A device is repeated: ${names.join(', ')}`);
  }
  const userData = textOf(objectOf(content, 'additionalInstanceConfiguration'), 'userDataOverride');
  if (userData.length > USER_DATA_LENGTH) {
    const detail = `It must have at most ${USER_DATA_LENGTH} characters, got: ${userData.length}`;
    throw invalidValue('userDataOverride', detail);
  }
  await requireParentAmi(context, textOf(content, 'parentImage'));
}

/** Source of the ranges: the API model of Image Builder, EbsInstanceBlockDeviceSpecification. */
function checkDevice(device: Json): void {
  const ebs = objectOf(device, 'ebs');
  checkRange(ebs, 'volumeSize', 1, VOLUME_LIMIT_GIB);
  checkRange(ebs, 'iops', 100, 64_000);
  checkRange(ebs, 'throughput', 125, 1000);
  checkChoice(ebs, 'volumeType', VOLUME_TYPES);
}

function checkRecipeComponent(context: RuleContext, reference: Json): void {
  const arn = textOf(reference, 'componentArn');
  const version = /\/([^/]*x[^/]*)$/.exec(arn)?.[1];
  if (version !== undefined && /^[\dx.]+$/.test(version)) checkVersion(version, VERSION_SELECTOR);
  const other = context.knownComponents.find(context.store.region, arn);
  if (other !== undefined) {
    if (other.parameters !== undefined) checkNames(arn, reference, other.parameters);
    return;
  }
  const component = context.store.find(arn);
  if (component === undefined || component.kind.arnType !== 'component') {
    throw invalidValue('components', `The component with ARN '${arn}' does not exist.`);
  }
  const { parameters } = readComponentDocument(textOf(component.content, 'data'));
  checkNames(
    arn,
    reference,
    parameters.map(({ name }) => name),
  );
  const given = parameterNames(reference);
  const missing = parameters.find(
    ({ name, defaultValue }) => defaultValue === undefined && !given.includes(name),
  );
  if (missing === undefined) return;
  const detail = `The component ${arn} needs a value for the parameter '${missing.name}'.`;
  throw invalidValue('components', detail);
}

function checkNames(arn: string, reference: Json, declared: readonly string[]): void {
  const unknown = parameterNames(reference).find((name) => !declared.includes(name));
  if (unknown !== undefined) {
    throw invalidValue('components', `The component ${arn} has no parameter named '${unknown}'.`);
  }
  const many = listOfJson(reference['parameters']).find(
    (parameter) => textsOf(parameter, 'value').length !== 1,
  );
  if (many === undefined) return;
  const detail = `The parameter '${textOf(many, 'name')}' of ${arn} must have one value.`;
  throw invalidValue('components', detail);
}

function parameterNames(reference: Json): readonly string[] {
  return listOfJson(reference['parameters']).map((parameter) => textOf(parameter, 'name'));
}
