import type { AccessEntries } from './access-entries';
import type { AmiStore } from './ami-store';
import type { ApiClient } from './api-client';
import type { FastLaunch } from './fast-launch';
import type { ImageBuilder } from './image-builder';
import type { InstanceRefreshes } from './instance-refresh';
import { OWN_ACCOUNT } from './wire-format';
import { childrenAt, textAt, type XmlElement } from './xml-reading';

/** Sorted names of everything that exists, by kind. */
export type Inventory = Record<string, readonly string[]>;

/** Where the inventory looks. */
export interface InventoryParts {
  readonly moto: ApiClient;
  readonly amis: AmiStore;
  readonly fastLaunch: FastLaunch;
  readonly imageBuilder: ImageBuilder;
  readonly refreshes: InstanceRefreshes;
  readonly accessEntries: AccessEntries;
}

/**
 * Lists everything that exists in a region and in IAM. Kinds of other regions that were used are
 * named `<region>/<kind>` and left out while they are empty.
 */
export async function takeInventory(
  parts: InventoryParts,
  region: string,
  usedRegions: Iterable<string>,
): Promise<Inventory> {
  const kinds: Inventory = {
    ...(await regionalKinds(parts, region)),
    securityGroups: await securityGroups(parts.moto, region),
    ...(await iamKinds(parts.moto, region)),
  };
  for (const other of usedRegions) {
    if (other === region) continue;
    for (const [kind, names] of Object.entries(await regionalKinds(parts, other))) {
      if (names.length > 0) kinds[`${other}/${kind}`] = names;
    }
  }
  for (const [kind, names] of Object.entries(kinds)) kinds[kind] = [...names].sort();
  return kinds;
}

async function regionalKinds(parts: InventoryParts, region: string): Promise<Inventory> {
  return {
    ...imageBuilderKinds(parts.imageBuilder.arns(region)),
    amis: parts.amis.amis(region).map((ami) => ami.id),
    snapshots: parts.amis.snapshots(region).map((snapshot) => snapshot.id),
    fastLaunchImages: parts.fastLaunch.imageIds(region),
    activeInstanceRefreshes: parts.refreshes.activeGroups(region),
    accessEntries: parts.accessEntries.names(region),
    ...(await motoKinds(parts.moto, region)),
  };
}

function imageBuilderKinds(arns: readonly string[]): Inventory {
  const kinds: Inventory = {};
  const names: Readonly<Record<string, string>> = {
    components: 'component',
    imageRecipes: 'image-recipe',
    infrastructureConfigurations: 'infrastructure-configuration',
    distributionConfigurations: 'distribution-configuration',
    imagePipelines: 'image-pipeline',
    images: 'image',
    lifecyclePolicies: 'lifecycle-policy',
  };
  for (const [kind, type] of Object.entries(names)) {
    kinds[kind] = arns.filter((arn) => arn.includes(`:${type}/`));
  }
  return kinds;
}

async function motoKinds(moto: ApiClient, region: string): Promise<Inventory> {
  const most = { MaxResults: 200 };
  const templates = await moto.query('ec2', 'DescribeLaunchTemplates', most, region);
  const groups = await moto.query('autoscaling', 'DescribeAutoScalingGroups', {}, region);
  return {
    launchTemplates: childrenAt(templates, 'launchTemplates').map((item) =>
      textAt(item, 'launchTemplateName'),
    ),
    autoScalingGroups: childrenAt(
      groups,
      'DescribeAutoScalingGroupsResult',
      'AutoScalingGroups',
    ).map((item) => textAt(item, 'AutoScalingGroupName')),
    liveInstances: await liveInstances(moto, region),
    parameters: await parameterNames(moto, region),
    topics: childrenAt(
      await moto.query('sns', 'ListTopics', {}, region),
      'ListTopicsResult',
      'Topics',
    ).map((topic) => textAt(topic, 'TopicArn')),
    logGroups: namesIn(
      await moto.json('logs', 'DescribeLogGroups', {}, region),
      'logGroups',
      'logGroupName',
    ),
    eventRules: namesIn(await moto.json('events', 'ListRules', {}, region), 'Rules', 'Name'),
  };
}

function namesIn(
  answer: Readonly<Record<string, unknown>>,
  list: string,
  field: string,
): readonly string[] {
  const entries = (answer[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return entries.map((entry) => String(entry[field]));
}

async function parameterNames(moto: ApiClient, region: string): Promise<readonly string[]> {
  const names: string[] = [];
  let token: unknown;
  do {
    const page = token === undefined ? {} : { NextToken: token };
    const answer = await moto.json('ssm', 'DescribeParameters', page, region);
    names.push(...namesIn(answer, 'Parameters', 'Name'));
    token = answer['NextToken'];
  } while (token !== undefined && token !== null && token !== '');
  return names;
}

async function securityGroups(moto: ApiClient, region: string): Promise<readonly string[]> {
  const groups = await moto.query('ec2', 'DescribeSecurityGroups', {}, region);
  return childrenAt(groups, 'securityGroupInfo').map((item) => textAt(item, 'groupId'));
}

async function iamKinds(moto: ApiClient, region: string): Promise<Inventory> {
  const roles = await moto.query('iam', 'ListRoles', {}, region);
  const profiles = await moto.query('iam', 'ListInstanceProfiles', {}, region);
  const policies = await moto.query('iam', 'ListPolicies', { Scope: 'Local' }, region);
  return {
    roles: childrenAt(roles, 'ListRolesResult', 'Roles').map((item) => textAt(item, 'RoleName')),
    instanceProfiles: childrenAt(profiles, 'ListInstanceProfilesResult', 'InstanceProfiles').map(
      (item) => textAt(item, 'InstanceProfileName'),
    ),
    policies: childrenAt(policies, 'ListPoliciesResult', 'Policies')
      .map((item) => textAt(item, 'Arn'))
      .filter((arn) => arn.includes(OWN_ACCOUNT)),
  };
}

/** Instances that are not terminated, as `<id> <image id>`. */
async function liveInstances(moto: ApiClient, region: string): Promise<readonly string[]> {
  const document = await moto.query('ec2', 'DescribeInstances', {}, region);
  return childrenAt(document, 'reservationSet')
    .flatMap((reservation) => childrenAt(reservation, 'instancesSet'))
    .filter((instance) => isLive(instance))
    .map((instance) => `${textAt(instance, 'instanceId')} ${textAt(instance, 'imageId')}`);
}

function isLive(instance: XmlElement): boolean {
  return !['terminated', 'shutting-down'].includes(textAt(instance, 'instanceState', 'name'));
}
