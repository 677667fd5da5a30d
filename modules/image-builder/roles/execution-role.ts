import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkKmsKeyOrAliasArn,
  checkLicenseConfigurationArn,
  checkRegion,
  checkSnsTopicArn,
  checkText,
  type Path,
  type Problem,
} from '../../core';
import { type IamOptions, ServiceRole } from '../../iam';
import { checkSettings, type SettingProps } from '../../settings';
import { checkAccountId, checkLaunchTemplateId } from '../distribution/distribution-identifiers';
import { executionPolicy } from './execution-policy';
import { type ExecutionResources, executionResourcesPolicy } from './execution-resources-policy';
import { ROLE_PERMISSIONS_SETTINGS } from './role-permissions';

/** Inputs of {@link ExecutionRole}. */
export interface ExecutionRoleProps
  extends ExecutionResources,
    SettingProps<typeof ROLE_PERMISSIONS_SETTINGS> {
  /** Unique in the account. */
  readonly name: string;
  /** The role of build and test instances: a `BuildRole`'s. */
  readonly buildRoleArn: string;
  /** @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The role that Image Builder itself works with, in place of its service-linked role, which may
 * write parameters below `/imagebuilder/` only and cannot be narrowed. Its rights, and the reasons
 * for them, are those of {@link executionPolicy} and {@link ExecutionResources}. Costs nothing.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html#ami-distribution-prereqs-ssm-param
 */
export class ExecutionRole extends Construct {
  public readonly arn: string;
  /** Depend on it before a build starts. */
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    assertNoProblems(this, validateExecutionRoleProps(props));
    const role = this.createRole(props);
    this.arn = role.arn;
    this.policies = role.policies;
  }

  private createRole(props: ExecutionRoleProps): ServiceRole {
    const {
      name,
      permissions = ROLE_PERMISSIONS_SETTINGS.permissions.default,
      buildRoleArn,
      iam,
      tags,
    } = props;
    const role = new ServiceRole(this, 'Role', {
      name,
      description: 'EC2 Image Builder, building and distributing AMIs',
      service: 'imagebuilder.amazonaws.com',
      managedPolicies: managedPolicies(props),
      iam,
      tags,
    });
    const { partition } = role;
    if (permissions === 'scoped') {
      const { accountId } = role;
      role.addPolicy('execution', executionPolicy({ partition, accountId, buildRoleArn }));
    }
    const resources = executionResourcesPolicy(
      { partition, accountId: () => role.accountId },
      props,
    );
    if (resources !== undefined) role.addPolicy('execution-resources', resources);
    return role;
  }
}

function managedPolicies({ permissions, fastLaunch }: ExecutionRoleProps): string[] {
  const withoutTemplate = fastLaunch !== undefined && !fastLaunch.launchTemplateIds?.length;
  return [
    ...(permissions === 'managed' ? ['EC2ImageBuilderExecutionPolicy'] : []),
    ...(withoutTemplate ? ['EC2FastLaunchFullAccess'] : []),
  ];
}

/** In a policy `*` and `?` would stand for other parameters than the ones that are meant. */
const PARAMETER_NAME = {
  id: 'written-parameter-name',
  pattern: /^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/,
  rule: 'be the name of an SSM parameter such as /windows/ami-id',
};

const checkParameterName = (path: Path, name: string): Problem[] =>
  checkText(path, name, PARAMETER_NAME);

function validateExecutionRoleProps(props: ExecutionRoleProps): Problem[] {
  const { snsTopicArn, licenseConfigurationArns = [] } = props;
  return [
    ...checkSettings(ROLE_PERMISSIONS_SETTINGS, props),
    ...checkRegion(['region'], props.region),
    ...checkEach(['targetRegions'], props.targetRegions ?? [], checkRegion),
    ...checkEach(['amiParameterNames'], props.amiParameterNames ?? [], checkParameterName),
    ...checkEach(['parentParameterNames'], props.parentParameterNames ?? [], checkParameterName),
    ...checkEach(['distributionAccountIds'], props.distributionAccountIds ?? [], checkAccountId),
    ...checkEach(['kmsKeyArns'], props.kmsKeyArns ?? [], checkKmsKeyOrAliasArn),
    ...(snsTopicArn === undefined ? [] : checkSnsTopicArn(['snsTopicArn'], snsTopicArn)),
    ...checkEach(
      ['licenseConfigurationArns'],
      licenseConfigurationArns,
      checkLicenseConfigurationArn,
    ),
    ...checkEach(['launchTemplateIds'], props.launchTemplateIds ?? [], checkLaunchTemplateId),
    ...checkEach(
      ['fastLaunch', 'launchTemplateIds'],
      props.fastLaunch?.launchTemplateIds ?? [],
      checkLaunchTemplateId,
    ),
  ];
}
