import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ServiceRole } from '../core';
import { ecrPullPolicy } from './ecr-pull-policy';

/** Inputs of {@link BuildRole}. */
export interface BuildRoleProps {
  /** Name of the role and of its instance profile; unique in the account. */
  readonly name: string;
  /**
   * Images that the build pulls: it may read exactly the private ECR repositories among them.
   * @default - no rights on ECR
   */
  readonly cachedImages?: readonly string[] | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The role of the build and test instances, with its instance profile.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-setting-up.html
 */
export class BuildRole extends Construct {
  public readonly instanceProfileName: string;
  /** Depend on it before a build starts. */
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BuildRoleProps) {
    super(scope, id);
    const role = new ServiceRole(this, 'Role', {
      name: props.name,
      description: 'Build and test instances of EC2 Image Builder',
      service: 'ec2.amazonaws.com',
      // Without the second one the SSM agent cannot register, and a build only times out.
      managedPolicies: ['EC2InstanceProfileForImageBuilder', 'AmazonSSMManagedInstanceCore'],
      tags: props.tags,
    });
    const ecr = ecrPullPolicy(props.cachedImages ?? []);
    if (ecr !== undefined) role.addPolicy('pull-cached-images', ecr);
    const profile = new IamInstanceProfile(this, 'InstanceProfile', {
      name: props.name,
      role: role.name,
      tags: { ...props.tags },
    });
    this.instanceProfileName = profile.name;
    this.policies = role.policies;
  }
}
