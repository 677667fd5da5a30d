import type { ApiClient } from './api-client';
import { OWN_ACCOUNT } from './wire-format';
import { childrenAt, textAt, type XmlElement } from './xml-reading';

/** Names by kind. */
type Names = Record<string, readonly string[]>;

/** What moto_server has in a region. */
export async function motoKinds(moto: ApiClient, region: string): Promise<Names> {
  return {
    ...(await computeKinds(moto, region)),
    ...(await notificationKinds(moto, region)),
    ...(await securityKinds(moto, region)),
    parameters: await parameterNames(moto, region),
    logGroups: namesIn(
      await moto.json('logs', 'DescribeLogGroups', {}, region),
      'logGroups',
      'logGroupName',
    ),
  };
}

async function computeKinds(moto: ApiClient, region: string): Promise<Names> {
  const most = { MaxResults: 200 };
  const templates = await moto.query('ec2', 'DescribeLaunchTemplates', most, region);
  const groups = await moto.query('autoscaling', 'DescribeAutoScalingGroups', {}, region);
  const keyPairs = await moto.query('ec2', 'DescribeKeyPairs', {}, region);
  return {
    launchTemplates: textsAt(childrenAt(templates, 'launchTemplates'), 'launchTemplateName'),
    autoScalingGroups: textsAt(
      childrenAt(groups, 'DescribeAutoScalingGroupsResult', 'AutoScalingGroups'),
      'AutoScalingGroupName',
    ),
    liveInstances: await liveInstances(moto, region),
    keyPairs: textsAt(childrenAt(keyPairs, 'keySet'), 'keyName'),
  };
}

async function notificationKinds(moto: ApiClient, region: string): Promise<Names> {
  const topics = await moto.query('sns', 'ListTopics', {}, region);
  const subscriptions = await moto.query('sns', 'ListSubscriptions', {}, region);
  const rules = namesIn(await moto.json('events', 'ListRules', {}, region), 'Rules', 'Name');
  const eventTargets: string[] = [];
  for (const Rule of rules) {
    const answer = await moto.json('events', 'ListTargetsByRule', { Rule }, region);
    eventTargets.push(...namesIn(answer, 'Targets', 'Arn').map((arn) => `${Rule} ${arn}`));
  }
  return {
    topics: textsAt(childrenAt(topics, 'ListTopicsResult', 'Topics'), 'TopicArn'),
    subscriptions: childrenAt(subscriptions, 'ListSubscriptionsResult', 'Subscriptions').map(
      (item) => ['TopicArn', 'Protocol', 'Endpoint'].map((field) => textAt(item, field)).join(' '),
    ),
    eventRules: rules,
    eventTargets,
  };
}

async function securityKinds(moto: ApiClient, region: string): Promise<Names> {
  const groups = await moto.query('ec2', 'DescribeSecurityGroups', {}, region);
  const items = childrenAt(groups, 'securityGroupInfo');
  const defaults = new Set(
    items.filter((item) => textAt(item, 'groupName') === 'default').map(groupId),
  );
  const rules = await moto.query('ec2', 'DescribeSecurityGroupRules', {}, region);
  const aliases = await moto.json('kms', 'ListAliases', {}, region);
  const secrets = await moto.json('secretsmanager', 'ListSecrets', {}, region);
  return {
    // Every VPC has its default group, also the VPC that every region has.
    securityGroups: items.map(groupId).filter((id) => !defaults.has(id)),
    securityGroupRules: childrenAt(rules, 'securityGroupRuleSet')
      .filter((rule) => !defaults.has(groupId(rule)))
      .map((rule) => `${groupId(rule)} ${textAt(rule, 'securityGroupRuleId')}`),
    kmsKeys: await usableKeys(moto, region, aliases),
    kmsAliases: namesIn(aliases, 'Aliases', 'AliasName').filter(
      (name) => !name.startsWith('alias/aws/'),
    ),
    secrets: namesIn(secrets, 'SecretList', 'Name'),
  };
}

/** What IAM has. */
export async function iamKinds(moto: ApiClient, region: string): Promise<Names> {
  const answer = await moto.query('iam', 'ListRoles', {}, region);
  const roles = textsAt(childrenAt(answer, 'ListRolesResult', 'Roles'), 'RoleName');
  const profiles = await moto.query('iam', 'ListInstanceProfiles', {}, region);
  const policies = await moto.query('iam', 'ListPolicies', { Scope: 'Local' }, region);
  return {
    roles,
    rolePolicies: await rolePolicies(moto, region, roles),
    instanceProfiles: textsAt(
      childrenAt(profiles, 'ListInstanceProfilesResult', 'InstanceProfiles'),
      'InstanceProfileName',
    ),
    policies: textsAt(childrenAt(policies, 'ListPoliciesResult', 'Policies'), 'Arn').filter((arn) =>
      arn.includes(OWN_ACCOUNT),
    ),
  };
}

/** Inline policies, as `<role> <policy>`. */
async function rolePolicies(
  moto: ApiClient,
  region: string,
  roles: readonly string[],
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const RoleName of roles) {
    const answer = await moto.query('iam', 'ListRolePolicies', { RoleName }, region);
    const policies = childrenAt(answer, 'ListRolePoliciesResult', 'PolicyNames');
    names.push(...policies.map((policy) => `${RoleName} ${policy.text.trim()}`));
  }
  return names;
}

/** Keys that are not waiting for their deletion. */
async function usableKeys(
  moto: ApiClient,
  region: string,
  aliases: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const list = (aliases['Aliases'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  // AWS makes the keys of its own services when they are first used.
  const ofServices = list
    .filter(({ AliasName }) => String(AliasName).startsWith('alias/aws/'))
    .map(({ TargetKeyId }) => TargetKeyId);
  const ids = namesIn(await moto.json('kms', 'ListKeys', {}, region), 'Keys', 'KeyId');
  const usable: string[] = [];
  for (const KeyId of ids.filter((id) => !ofServices.includes(id))) {
    const { KeyMetadata } = await moto.json('kms', 'DescribeKey', { KeyId }, region);
    const state = (KeyMetadata as Readonly<Record<string, unknown>>)['KeyState'];
    if (state !== 'PendingDeletion') usable.push(KeyId);
  }
  return usable;
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

function groupId(item: XmlElement): string {
  return textAt(item, 'groupId');
}

function textsAt(items: readonly XmlElement[], name: string): readonly string[] {
  return items.map((item) => textAt(item, name));
}

function namesIn(
  answer: Readonly<Record<string, unknown>>,
  list: string,
  field: string,
): readonly string[] {
  const entries = (answer[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return entries.map((entry) => String(entry[field]));
}
