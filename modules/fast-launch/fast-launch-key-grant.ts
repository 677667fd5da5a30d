import { DataAwsIamRole } from '@cdktf/provider-aws/lib/data-aws-iam-role/index.js';
import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role/index.js';
import { KmsGrant } from '@cdktf/provider-aws/lib/kms-grant/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkKmsKeyArn,
  FAST_LAUNCH_SERVICE,
  FAST_LAUNCH_SERVICE_ROLE,
} from '../core';
import { boolean, checkSettings, type SettingProps, setting, text } from '../settings';

/** The grant of a key, setting by setting. */
export const FAST_LAUNCH_KEY_GRANT_SETTINGS = {
  /** ARN of a customer managed KMS key, of this account or another. */
  kmsKeyArn: setting(text(checkKmsKeyArn), {
    about: 'ARN of the customer managed KMS key of the AMI',
    change: 'in-place',
    required: true,
  }),
  /**
   * Whether to make the role under which EC2 Fast Launch works, `AWSServiceRoleForEC2FastLaunch`.
   * EC2 makes it by itself when Fast Launch is first switched on in an account, which is too late
   * for the grant. An account has it once: where it is there already, IAM refuses to make it.
   * @default false
   */
  createServiceLinkedRole: setting(boolean(), {
    about:
      'Make the role AWSServiceRoleForEC2FastLaunch, in an account that never had Fast Launch on',
    change: 'in-place',
    default: false,
  }),
};

/** Inputs of {@link FastLaunchKeyGrant}. */
export interface FastLaunchKeyGrantProps
  extends SettingProps<typeof FAST_LAUNCH_KEY_GRANT_SETTINGS> {}

/**
 * Lets EC2 Fast Launch use the KMS key of an AMI's snapshots: an `aws_kms_grant` for its
 * service-linked role, with the one right that AWS asks for, `CreateGrant`. Without it Fast Launch
 * of an AMI with a customer managed key ends in `enabling-failed`. Costs nothing; a destroy takes the
 * grant back.
 *
 * Whoever runs Terraform needs `kms:CreateGrant`, `ListGrants` and `RevokeGrant` on the key, and
 * `iam:GetRole` on the role.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/slr-windows-fast-launch.html
 */
export class FastLaunchKeyGrant extends Construct {
  /** Depend on it before Fast Launch is switched on. */
  public readonly grant: ITerraformDependable;

  constructor(scope: Construct, id: string, props: FastLaunchKeyGrantProps) {
    super(scope, id);
    assertNoProblems(this, checkSettings(FAST_LAUNCH_KEY_GRANT_SETTINGS, props));
    this.grant = new KmsGrant(this, 'Resource', {
      name: 'ec2-fast-launch',
      keyId: props.kmsKeyArn,
      granteePrincipal: this.roleArn(props),
      operations: ['CreateGrant'],
    });
  }

  private roleArn(props: FastLaunchKeyGrantProps): string {
    const { createServiceLinkedRole: settings } = FAST_LAUNCH_KEY_GRANT_SETTINGS;
    const { createServiceLinkedRole = settings.default } = props;
    if (!createServiceLinkedRole)
      return new DataAwsIamRole(this, 'Role', { name: FAST_LAUNCH_SERVICE_ROLE }).arn;
    return new IamServiceLinkedRole(this, 'Role', { awsServiceName: FAST_LAUNCH_SERVICE }).arn;
  }
}
