import { CREATED_BY_FAST_LAUNCH, FAST_LAUNCH_SERVICE } from '../../core';
import { allow, allowServiceLinkedRole, type PolicyStatement } from '../../iam';
import { ON_TAGGED } from './policy-scope';

/**
 * What Image Builder needs to switch Fast Launch on with these launch templates. EC2 tries the
 * launch of an instance as the caller. When a template names an instance profile, its role has to be
 * allowed as well.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
 */
export function fastLaunchStatements(
  partition: string,
  accountId: string,
  launchTemplateIds: readonly string[],
): PolicyStatement[] {
  const instances = [`arn:${partition}:ec2:*:*:instance/*`, `arn:${partition}:ec2:*:*:volume/*`];
  const tag = { 'aws:RequestTag/CreatedBy': CREATED_BY_FAST_LAUNCH };
  return [
    allow('EnableFastLaunchOnTaggedImages', {
      actions: 'ec2:EnableFastLaunch',
      resources: `arn:${partition}:ec2:*::image/*`,
      conditions: ON_TAGGED,
    }),
    allow('EnableFastLaunchWith', {
      actions: 'ec2:EnableFastLaunch',
      resources: launchTemplateIds.map(
        (id) => `arn:${partition}:ec2:*:${accountId}:launch-template/${id}`,
      ),
    }),
    allow('LaunchFastLaunchInstances', {
      actions: 'ec2:RunInstances',
      resources: instances,
      conditions: { StringEquals: tag },
    }),
    allow('TagFastLaunchInstances', {
      actions: 'ec2:CreateTags',
      resources: [...instances, `arn:${partition}:ec2:*::snapshot/*`],
      conditions: { StringEquals: { ...tag, 'ec2:CreateAction': 'RunInstances' } },
    }),
    allowServiceLinkedRole('CreateRoleOfFastLaunch', {
      partition,
      accountId,
      service: FAST_LAUNCH_SERVICE,
    }),
  ];
}
