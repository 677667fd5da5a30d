import { AMI_IMAGE_TAG, FAST_LAUNCH_SERVICE, partitionOf } from '../core';
import {
  allow,
  allowServiceLinkedRole,
  type PolicyDocument,
  policyOf,
  type ServiceLinkedRole,
  serviceLinkedRoleArn,
} from '../iam';

/** What the policy is made for. */
export interface FastLaunchRunner {
  readonly region: string;
  /** The account that Terraform works in. @default - any: `*` */
  readonly accountId?: string | undefined;
  /**
   * Name of the image whose AMIs are switched, as `WindowsImage` has it: then only AMIs with its
   * tag. @default - every AMI of the account
   */
  readonly imageName?: string | undefined;
  /** ARN of the customer managed key that EC2 Fast Launch is granted. @default - none */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * What the identity that runs Terraform needs for the steps of `FastLaunch`, beside the rights for
 * the resources that Terraform makes: switching, looking, and launching an instance, which EC2
 * tries as the caller before it switches on. No `iam:PassRole`, because the launch template has no
 * instance profile.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function fastLaunchRunnerPolicy(runner: FastLaunchRunner): PolicyDocument {
  const { region, accountId = '*', imageName, kmsKeyArn } = runner;
  const partition = partitionOf(region);
  const role = { partition, accountId, service: FAST_LAUNCH_SERVICE };
  const own = (resource: string): string =>
    `arn:${partition}:ec2:${region}:${accountId}:${resource}`;
  const images = `arn:${partition}:ec2:${region}::image/*`;
  const ofImage =
    imageName === undefined
      ? {}
      : { conditions: { StringEquals: { [`aws:ResourceTag/${AMI_IMAGE_TAG}`]: imageName } } };
  return policyOf([
    allow('LookAtFastLaunch', {
      actions: [
        'ec2:DescribeFastLaunchImages',
        'ec2:DescribeImages',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:DescribeSnapshots',
      ],
      resources: '*',
    }),
    allow('SwitchFastLaunch', {
      actions: ['ec2:EnableFastLaunch', 'ec2:DisableFastLaunch'],
      resources: images,
      ...ofImage,
    }),
    allow('UseLaunchTemplate', {
      actions: 'ec2:EnableFastLaunch',
      resources: own('launch-template/*'),
    }),
    allow('TryLaunchFromImages', { actions: 'ec2:RunInstances', resources: images, ...ofImage }),
    allow('TryLaunch', {
      actions: 'ec2:RunInstances',
      resources: [
        own('instance/*'),
        own('launch-template/*'),
        own('network-interface/*'),
        own('security-group/*'),
        own('subnet/*'),
        own('volume/*'),
      ],
    }),
    allow('TagTriedLaunch', {
      actions: 'ec2:CreateTags',
      resources: [own('instance/*'), own('volume/*')],
      conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    }),
    allowServiceLinkedRole('MakeRoleOfFastLaunch', role),
    ...(kmsKeyArn === undefined ? [] : keyStatements(role, kmsKeyArn)),
  ]);
}

function keyStatements(role: ServiceLinkedRole, kmsKeyArn: string) {
  return [
    allow('GrantKey', {
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resources: kmsKeyArn,
    }),
    allow('ReadRoleOfFastLaunch', {
      actions: 'iam:GetRole',
      resources: serviceLinkedRoleArn(role),
    }),
  ];
}
