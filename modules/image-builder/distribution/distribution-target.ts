import type { ImagebuilderDistributionConfigurationDistribution } from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration/index.js';
import {
  checkLicenseConfigurationArn,
  checkRegion,
  withoutUndefined,
  writtenTags,
} from '../../core';
import {
  boolean,
  checkedBy,
  freeText,
  group,
  listOrEmpty,
  map,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { checkAmiTags } from './distributed-ami-tags';
import { checkAccountId, checkLaunchTemplateId } from './distribution-identifiers';
import {
  buildLaunchPermission,
  LAUNCH_PERMISSION_SETTINGS,
  listUnlessEmpty,
  MAX_ACCOUNTS,
} from './launch-permission';
import { buildNativeFastLaunch, NATIVE_FAST_LAUNCH_SETTINGS } from './native-fast-launch';
import { checkParameterName } from './ssm-parameter-name';

/** Settings of {@link AmiParameter}. */
const AMI_PARAMETER_SETTINGS = {
  /** Two parts or more, such as `/windows/ami-id`, outside `/aws` and `/ssm`. */
  name: setting(text(checkParameterName), {
    about: 'Name of the SSM parameter',
    required: true,
    change: 'in-place',
  }),
  /**
   * One of the target's `accountIds`: the parameter is written there, with the id of its copy.
   * The role `EC2ImageBuilderDistributionCrossAccountRole` of that account needs `ssm:PutParameter`
   * for it, which the managed policy Ec2ImageBuilderCrossAccountDistributionAccess does not give.
   * @default - the account that builds
   * @see https://github.com/aws-samples/amazon-ec2-image-builder-samples/tree/main/distribution/cross-account-amis
   */
  accountId: setting(text(checkAccountId), {
    about: 'Account of the parameter, in quotes',
    otherwise: 'the one that builds',
    change: 'in-place',
  }),
};

/** An SSM parameter that gets the id of each new AMI. */
export interface AmiParameter extends SettingProps<typeof AMI_PARAMETER_SETTINGS> {}

/** Settings of {@link LaunchTemplateTarget}. */
const LAUNCH_TEMPLATE_TARGET_SETTINGS = {
  /** `lt-` and 17 hex digits, in the Region of the target. */
  id: setting(text(checkLaunchTemplateId), {
    about: 'Id of a launch template that gets a version with the AMI',
    required: true,
    change: 'in-place',
  }),
  /**
   * The account of the template. Image Builder writes the id of the AMI of the account that builds,
   * also where the other account has a copy: it has to be in `launchPermission`, or instances do
   * not start. For a copy use `amiParameters`, and `resolve:ssm:<name>` in the template.
   * @default - the account that builds
   * @see https://github.com/aws-samples/amazon-ec2-image-builder-samples/tree/main/distribution/cross-account-amis
   */
  accountId: setting(text(checkAccountId), {
    about: 'Account of the launch template, in quotes',
    otherwise: 'the one that builds',
    change: 'in-place',
  }),
  /** Whether the new version becomes the default one. @default true */
  setDefault: setting(boolean(), {
    about: 'Make the new version the default one',
    default: true,
    change: 'in-place',
  }),
};

/** A launch template that gets a new version with each new AMI. */
export interface LaunchTemplateTarget
  extends SettingProps<typeof LAUNCH_TEMPLATE_TARGET_SETTINGS> {}

/**
 * Settings of {@link DistributionTarget}.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Distribution.html
 */
export const DISTRIBUTION_TARGET_SETTINGS = {
  /** Each Region once. An AMI in another Region than that of the build is a copy. */
  region: setting(text(checkRegion), {
    about: 'AWS Region of the AMI, each at most once',
    required: true,
    change: 'in-place',
  }),
  /**
   * Accounts that get a copy of their own in this Region, up to 1,536. Each needs the role
   * `EC2ImageBuilderDistributionCrossAccountRole`, and `kmsKeyId` a policy that lets them use it.
   * @default - none: the AMI is that of the account that builds
   * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html
   */
  accountIds: setting(listOrEmpty(text(checkAccountId), { max: MAX_ACCOUNTS }), {
    about: 'Accounts that get a copy of the AMI, in quotes',
    otherwise: 'none but yours',
    change: 'in-place',
  }),
  /**
   * The KMS key of the copies: the ARN of a key or alias of this Region. Needed with `accountIds`,
   * because another account cannot use the default key of EBS.
   * @default - the key of the root volume in the Region of the build, the default key elsewhere
   */
  kmsKeyId: setting(freeText(), {
    about: 'KMS key that encrypts the AMI there',
    otherwise: 'the key of the root volume',
    change: 'in-place',
  }),
  /** Tags of the AMIs, up to 50. @default - none beside Image Builder's own */
  amiTags: setting(checkedBy(map(freeText(), freeText()), checkAmiTags), {
    about: 'Further tags of the AMI there',
    otherwise: 'those of the file alone',
    change: 'in-place',
  }),
  /** Who else may launch the AMI. @default - nobody */
  launchPermission: setting(group(LAUNCH_PERMISSION_SETTINGS), {
    about: 'Who else may launch the AMI',
    otherwise: 'nobody',
    change: 'in-place',
  }),
  /** License Manager licence configurations of this Region, up to 50. @default - none */
  licenseConfigurationArns: setting(listOrEmpty(text(checkLicenseConfigurationArn), { max: 50 }), {
    about: 'ARNs of AWS License Manager configurations of the AMI',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * SSM parameters that get the AMI's id. Image Builder makes and writes them at the end of every
   * build; they belong to no Terraform state, and stay when the stack is destroyed.
   * @default - none
   */
  amiParameters: setting(listOrEmpty(group(AMI_PARAMETER_SETTINGS)), {
    about: 'Further SSM parameters that get the id of the AMI',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Launch templates that get a new version, up to 100. Not one that Terraform manages: its next
   * plan would see a change it did not make.
   * @default - none
   */
  launchTemplates: setting(listOrEmpty(group(LAUNCH_TEMPLATE_TARGET_SETTINGS), { max: 100 }), {
    about: 'Launch templates that follow the AMI',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** Fast Launch, switched on by Image Builder; one entry for an account. @default - off */
  fastLaunch: setting(listOrEmpty(group(NATIVE_FAST_LAUNCH_SETTINGS), { max: 1000 }), {
    about: 'Image Builder switches Fast Launch on for the AMI, and never off',
    otherwise: 'off',
    change: 'in-place',
  }),
};

/** One Region that gets the AMI, and what happens with it there. */
export interface DistributionTarget extends SettingProps<typeof DISTRIBUTION_TARGET_SETTINGS> {}

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

const { default: SET_DEFAULT } = LAUNCH_TEMPLATE_TARGET_SETTINGS.setDefault;

function buildLaunchTemplate({ id, accountId, setDefault = SET_DEFAULT }: LaunchTemplateTarget) {
  return withoutUndefined({ launchTemplateId: id, accountId, default: setDefault });
}
