import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkBucketName,
  checkEach,
  checkKmsKeyArn,
  checkRegion,
  checkSecretArn,
  checkText,
  type Path,
  type Problem,
} from '../../core';
import { type IamOptions, ServiceRole } from '../../iam';
import { checkSettings, type SettingProps } from '../../settings';
import {
  type BucketObjects,
  type BuildResources,
  buildPolicy,
  buildResourcesPolicy,
} from './build-policy';
import { PULL_THROUGH_CACHE_PREFIXES } from './ecr-pull-policy';
import { ROLE_PERMISSIONS_SETTINGS } from './role-permissions';

/** Inputs of {@link BuildRole}. */
export interface BuildRoleProps
  extends BuildResources,
    SettingProps<typeof ROLE_PERMISSIONS_SETTINGS> {
  /** Name of the role and of its instance profile; unique in the account. */
  readonly name: string;
  /** Where Image Builder runs. */
  readonly region: string;
  /** @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What AWS tells to attach. Without the second one the SSM agent cannot register. */
const MANAGED_POLICIES = [
  'EC2InstanceProfileForImageBuilder',
  'AmazonSSMManagedInstanceCore',
  'EC2InstanceProfileForImageBuilderECRContainerBuilds',
];

/**
 * The role of the build and test instances, with its instance profile. Components run with it. Its
 * rights, and the reasons for them, are those of `buildPolicy` and {@link BuildResources}. Costs
 * nothing.
 *
 * A changed right is there for the next build; a changed name or path makes a new role and profile.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-setting-up.html
 */
export class BuildRole extends Construct {
  /** What an execution role has to pass to EC2. */
  public readonly arn: string;
  public readonly instanceProfileName: string;
  /** Depend on it before a build starts. */
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BuildRoleProps) {
    super(scope, id);
    assertNoProblems(this, validateBuildRoleProps(props));
    const role = this.createRole(props);
    this.arn = role.arn;
    this.instanceProfileName = role.createInstanceProfile(this, 'InstanceProfile').name;
    this.policies = role.policies;
  }

  private createRole(props: BuildRoleProps): ServiceRole {
    const {
      name,
      region,
      permissions = ROLE_PERMISSIONS_SETTINGS.permissions.default,
      iam,
      tags,
    } = props;
    const role = new ServiceRole(this, 'Role', {
      name,
      description: 'Build and test instances of EC2 Image Builder',
      service: 'ec2.amazonaws.com',
      managedPolicies: permissions === 'managed' ? MANAGED_POLICIES : [],
      iam,
      tags,
    });
    const policyScope = { partition: role.partition, region };
    if (permissions === 'scoped') role.addPolicy('build', buildPolicy(policyScope));
    const resources = buildResourcesPolicy(policyScope, props);
    if (resources !== undefined) role.addPolicy('build-resources', resources);
    return role;
  }
}

function validateBuildRoleProps(props: BuildRoleProps): Problem[] {
  const { secretArns = [], secretKmsKeyArns = [], logs, componentFiles = [] } = props;
  return [
    ...checkRegion(['region'], props.region),
    ...checkSettings(ROLE_PERMISSIONS_SETTINGS, props),
    ...PULL_THROUGH_CACHE_PREFIXES.check(
      ['pullThroughCachePrefixes'],
      props.pullThroughCachePrefixes ?? [],
    ),
    ...checkEach(['secretArns'], secretArns, checkSecretArn),
    ...checkEach(['secretKmsKeyArns'], secretKmsKeyArns, checkKmsKeyArn),
    ...(logs === undefined ? [] : checkBucketObjects(['logs'], logs)),
    ...(logs?.kmsKeyArn === undefined ? [] : checkKmsKeyArn(['logs', 'kmsKeyArn'], logs.kmsKeyArn)),
    ...checkEach(['componentFiles'], componentFiles, checkBucketObjects),
  ];
}

/** In a policy these would stand for other keys than the ones that are meant. */
const KEY_PREFIX = { id: 'object-prefix', pattern: /^[^*?$]{0,1000}$/, rule: 'have no *, ? or $' };

function checkBucketObjects(path: Path, { bucket, keyPrefix = '' }: BucketObjects): Problem[] {
  return [
    ...checkBucketName([...path, 'bucket'], bucket),
    ...checkText([...path, 'keyPrefix'], keyPrefix, KEY_PREFIX),
  ];
}
