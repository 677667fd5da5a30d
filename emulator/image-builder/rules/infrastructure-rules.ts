import { type Json, objectOf, textsOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { childrenAt, textAt } from '../../front/xml-reading';
import {
  checkChoice,
  checkRange,
  invalidCombination,
  invalidValue,
  type RuleContext,
  requireExisting,
} from '../resources/rule-context';

const RESOURCE_TAG_LIMIT = 30;

/**
 * Checks an infrastructure configuration. The log bucket, topic and key pair it names are only
 * looked at by a build.
 * @throws ApiError when Image Builder would refuse it.
 */
export async function checkInfrastructure(context: RuleContext, content: Json): Promise<void> {
  const { region } = context.store;
  const profile = textOf(content, 'instanceProfileName');
  const named = { InstanceProfileName: profile };
  await requireExisting(
    context.moto.query('iam', 'GetInstanceProfile', named, region),
    'instanceProfileName',
    `The instance profile '${profile}' does not exist.`,
  );
  const metadata = objectOf(content, 'instanceMetadataOptions');
  checkChoice(metadata, 'httpTokens', ['optional', 'required']);
  checkRange(metadata, 'httpPutResponseHopLimit', 1, 64);
  const tags = Object.keys(objectOf(content, 'resourceTags'));
  if (tags.length > RESOURCE_TAG_LIMIT) {
    const detail = `It must have at most ${RESOURCE_TAG_LIMIT} tags, got: ${tags.length}`;
    throw invalidValue('resourceTags', detail);
  }
  checkPlacement(region, objectOf(content, 'placement'));
  await checkNetwork(context, content);
}

function checkPlacement(region: string, placement: Json): void {
  checkChoice(placement, 'tenancy', ['default', 'dedicated', 'host']);
  const zone = textOf(placement, 'availabilityZone');
  if (zone !== '' && !zone.startsWith(region)) {
    throw invalidValue('availabilityZone', `It must be a zone of ${region}, got: ${zone}`);
  }
  const onHost = ['hostId', 'hostResourceGroupArn'].filter(
    (name) => textOf(placement, name) !== '',
  );
  if (onHost.length > 1) {
    throw invalidCombination('Only one of hostId and hostResourceGroupArn can be provided.');
  }
  if (onHost.length === 1 && placement['tenancy'] !== 'host') {
    throw invalidCombination(`The tenancy must be host when ${onHost[0]} is provided.`);
  }
}

async function checkNetwork(context: RuleContext, content: Json): Promise<void> {
  const { region } = context.store;
  const subnet = textOf(content, 'subnetId');
  const groups = textsOf(content, 'securityGroupIds');
  if ((subnet === '') !== (groups.length === 0)) {
    throw invalidCombination('subnetId and securityGroupIds must be provided together.');
  }
  if (subnet === '') return;
  const subnets = await requireExisting(
    context.moto.query('ec2', 'DescribeSubnets', { 'SubnetId.1': subnet }, region),
    'subnetId',
    `The subnet '${subnet}' does not exist.`,
  );
  const vpc = textAt(childrenAt(subnets, 'subnetSet')[0], 'vpcId');
  for (const group of groups) {
    const found = await requireExisting(
      context.moto.query('ec2', 'DescribeSecurityGroups', { 'GroupId.1': group }, region),
      'securityGroupIds',
      `The security group '${group}' does not exist.`,
    );
    if (textAt(childrenAt(found, 'securityGroupInfo')[0], 'vpcId') === vpc) continue;
    const detail = `The security group '${group}' is not in the VPC of the subnet '${subnet}'.`;
    throw invalidValue('securityGroupIds', detail);
  }
}
