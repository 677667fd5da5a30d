import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { ImagebuilderDistributionConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkText,
  type Path,
  type Problem,
  problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkSettings, freeText, type SettingProps, setting, text } from '../../settings';
import { checkResourceName } from '../naming/resource-name';
import { BUILD_DATE, checkAmiName, defaultAmiName, MAX_NAME_BEFORE_BUILD_DATE } from './ami-name';
import { checkDistributionTargets } from './distribution-checks';
import { buildDistribution, type DistributionTarget } from './distribution-target';

const DESCRIPTION = {
  id: 'ami-description',
  pattern: /^[\s\S]{1,1024}$/,
  rule: 'be 1 to 1024 characters',
};

/** How the AMIs of a distribution are called. */
export const DISTRIBUTION_SETTINGS = {
  /**
   * A pattern for the names of the AMIs, up to 127 characters, with `{{ imagebuilder:buildDate }}`
   * in it.
   * @default - the name and the build date
   */
  amiName: setting(text(checkAmiName), {
    about: `Names of the AMIs, with ${BUILD_DATE}`,
    otherwise: `the name of the image and ${BUILD_DATE}`,
    change: 'in-place',
  }),
  /** Description of the AMIs, 1 to 1,024 characters. @default - none */
  amiDescription: setting(
    freeText((path, value) => checkText(path, value, DESCRIPTION)),
    { about: 'Description of the AMIs', otherwise: 'none', change: 'in-place' },
  ),
};

/** Inputs of {@link DistributionConfiguration}. */
export interface DistributionConfigurationProps extends SettingProps<typeof DISTRIBUTION_SETTINGS> {
  /** 3 to 127 letters, digits, `-` and `_`; 98 when it also begins the names of the AMIs. */
  readonly name: string;
  /** Where AMIs go: at least the Region of the build, each Region once. */
  readonly targets: readonly DistributionTarget[];
  /** Tags of the configuration. @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/**
 * Where AMIs go, how they are called, who may use them, and which SSM parameters name the newest:
 * an `aws_imagebuilder_distribution_configuration`. Costs nothing by itself; every copy of an AMI
 * has a snapshot of its own, which is billed. Changes are made in place and hold for the next
 * build; a new name is a new resource and builds the image again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_distribution_configuration
 */
export class DistributionConfiguration extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderDistributionConfiguration;
  private caller: DataAwsCallerIdentity | undefined;

  constructor(scope: Construct, id: string, props: DistributionConfigurationProps) {
    super(scope, id);
    assertNoProblems(this, validateDistributionConfigurationProps(props));
    const ami = {
      name: props.amiName ?? defaultAmiName(props.name),
      description: props.amiDescription,
      ownAccountId: () => this.ownAccountId(),
    };
    this.resource = new ImagebuilderDistributionConfiguration(
      this,
      'Resource',
      withoutUndefined({
        name: props.name,
        distribution: props.targets.map((target) => buildDistribution(target, ami)),
        tags: writtenTags(props.tags),
        // A configuration in use cannot be deleted: on a new name, make the new one first.
        lifecycle: { createBeforeDestroy: true },
      }),
    );
    this.arn = this.resource.arn;
  }

  /** Fast Launch wants the account named, also when it is that of the provider. */
  private ownAccountId(): string {
    this.caller ??= new DataAwsCallerIdentity(this, 'Caller');
    return this.caller.accountId;
  }
}

function checkNameBeforeBuildDate(path: Path, name: string): Problem[] {
  if (Token.isUnresolved(name) || name.length <= MAX_NAME_BEFORE_BUILD_DATE) return [];
  const limit = `be at most ${MAX_NAME_BEFORE_BUILD_DATE} characters`;
  return [problem('name-in-ami-name', path, `${limit}, because AMI names begin with it`, name)];
}

function validateDistributionConfigurationProps(props: DistributionConfigurationProps): Problem[] {
  const { name, amiName } = props;
  return [
    ...checkResourceName(['name'], name),
    ...(amiName === undefined ? checkNameBeforeBuildDate(['name'], name) : []),
    ...checkSettings(DISTRIBUTION_SETTINGS, props),
    ...checkDistributionTargets(['targets'], props.targets),
  ];
}
