import type { ImagebuilderDistributionConfigurationDistribution } from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration/index.js';
import { type Tags, withoutUndefined, writtenTags } from '../../core';
import { buildLaunchPermission, type LaunchPermission, listUnlessEmpty } from './launch-permission';
import { buildNativeFastLaunch, type NativeFastLaunch } from './native-fast-launch';

/** An SSM parameter that gets the id of each new AMI. */
export interface AmiParameter {
  /** Two parts or more, such as `/windows/ami-id`, outside `/aws` and `/ssm`. */
  readonly name: string;
  /**
   * One of the target's `accountIds`: the parameter is written there, with the id of its copy.
   * The role `EC2ImageBuilderDistributionCrossAccountRole` of that account needs `ssm:PutParameter`
   * for it, which the managed policy Ec2ImageBuilderCrossAccountDistributionAccess does not give.
   * @default - the account that builds
   * @see https://github.com/aws-samples/amazon-ec2-image-builder-samples/tree/main/distribution/cross-account-amis
   */
  readonly accountId?: string | undefined;
}

/** A launch template that gets a new version with each new AMI. */
export interface LaunchTemplateTarget {
  /** `lt-` and 17 hex digits, in the Region of the target. */
  readonly id: string;
  /**
   * The account of the template. Image Builder writes the id of the AMI of the account that builds,
   * also where the other account has a copy: it has to be in `launchPermission`, or instances do
   * not start. For a copy use `amiParameters`, and `resolve:ssm:<name>` in the template.
   * @default - the account that builds
   * @see https://github.com/aws-samples/amazon-ec2-image-builder-samples/tree/main/distribution/cross-account-amis
   */
  readonly accountId?: string | undefined;
  /** Whether the new version becomes the default one. @default true */
  readonly setDefault?: boolean | undefined;
}

/** One Region that gets the AMI, and what happens with it there. */
export interface DistributionTarget {
  /** Each Region once. An AMI in another Region than that of the build is a copy. */
  readonly region: string;
  /**
   * Accounts that get a copy of their own in this Region, up to 1,536. Each needs the role
   * `EC2ImageBuilderDistributionCrossAccountRole`, and `kmsKeyId` a policy that lets them use it.
   * @default - none: the AMI is that of the account that builds
   * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html
   */
  readonly accountIds?: readonly string[] | undefined;
  /**
   * The KMS key of the copies: the ARN of a key or alias of this Region. Needed with `accountIds`,
   * because another account cannot use the default key of EBS.
   * @default - the key of the root volume in the Region of the build, the default key elsewhere
   */
  readonly kmsKeyId?: string | undefined;
  /** Tags of the AMIs, up to 50. @default - none beside Image Builder's own */
  readonly amiTags?: Tags | undefined;
  /** Who else may launch the AMI. @default - nobody */
  readonly launchPermission?: LaunchPermission | undefined;
  /** License Manager licence configurations of this Region, up to 50. @default - none */
  readonly licenseConfigurationArns?: readonly string[] | undefined;
  /**
   * SSM parameters that get the AMI's id. Image Builder makes and writes them at the end of every
   * build; they belong to no Terraform state, and stay when the stack is destroyed.
   * @default - none
   */
  readonly amiParameters?: readonly AmiParameter[] | undefined;
  /**
   * Launch templates that get a new version, up to 100. Not one that Terraform manages: its next
   * plan would see a change it did not make.
   * @default - none
   */
  readonly launchTemplates?: readonly LaunchTemplateTarget[] | undefined;
  /** Fast Launch, switched on by Image Builder; one entry for an account. @default - off */
  readonly fastLaunch?: readonly NativeFastLaunch[] | undefined;
}

/** What all targets have in common. */
export interface DistributedAmi {
  /** A pattern with the build date in it. */
  readonly name: string;
  readonly description?: string | undefined;
  /** The account that builds; called only when it is needed. */
  readonly ownAccountId: () => string;
}

/** Writes a target as the provider wants it. What is not asked for is left out. */
export function buildDistribution(
  target: DistributionTarget,
  ami: DistributedAmi,
): ImagebuilderDistributionConfigurationDistribution {
  const { amiParameters = [], launchTemplates = [], fastLaunch = [] } = target;
  return withoutUndefined({
    region: target.region,
    amiDistributionConfiguration: withoutUndefined({
      name: ami.name,
      description: ami.description,
      kmsKeyId: target.kmsKeyId,
      targetAccountIds: listUnlessEmpty(target.accountIds),
      amiTags: writtenTags(target.amiTags),
      launchPermission: buildLaunchPermission(target.launchPermission),
    }),
    licenseConfigurationArns: listUnlessEmpty(target.licenseConfigurationArns),
    ssmParameterConfiguration: unlessEmpty(amiParameters.map(buildAmiParameter)),
    launchTemplateConfiguration: unlessEmpty(launchTemplates.map(buildLaunchTemplate)),
    fastLaunchConfiguration: unlessEmpty(
      fastLaunch.map((one) => buildNativeFastLaunch(one, ami.ownAccountId)),
    ),
  });
}

const unlessEmpty = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

function buildAmiParameter({ name, accountId }: AmiParameter) {
  return withoutUndefined({
    parameterName: name,
    // With this data type SSM accepts nothing but an AMI that exists.
    dataType: 'aws:ec2:image',
    amiAccountId: accountId,
  });
}

function buildLaunchTemplate({ id, accountId, setDefault = true }: LaunchTemplateTarget) {
  return withoutUndefined({ launchTemplateId: id, accountId, default: setDefault });
}
