import { DataAwsEbsSnapshotIds } from '@cdktf/provider-aws/lib/data-aws-ebs-snapshot-ids/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { CREATED_BY_FAST_LAUNCH, PlanCheck, type TerraformData } from '../core';

/** Inputs of {@link FastLaunchDriftCheck}. */
export interface FastLaunchDriftCheckProps {
  readonly amiId: string;
  /** What switches Fast Launch on; one of its triggers is `launch_template_id`. */
  readonly enable: TerraformData;
}

/**
 * Sees in every plan whether Fast Launch was switched off behind Terraform's back. The provider
 * cannot read the state of Fast Launch, but the snapshots that EC2 has prepared: there is at least
 * one as long as Fast Launch is on, but for the minutes after nodes have used up all. A plan warns
 * when there is none, and goes on. Costs nothing.
 *
 * The role of the service may make no snapshot without a tag that names the launch template.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/EC2FastLaunchServiceRolePolicy.html
 */
export class FastLaunchDriftCheck extends Construct {
  constructor(scope: Construct, id: string, props: FastLaunchDriftCheckProps) {
    super(scope, id);
    const { amiId, enable } = props;
    new PlanCheck(this, 'Check', {
      condition: Token.asString(Op.gte(Fn.lengthOf(this.preparedSnapshots(enable)), 1)),
      errorMessage: `EC2 has no snapshot prepared for ${amiId}: Fast Launch was switched off outside of Terraform, or nodes have just used up all snapshots. To look: aws ec2 describe-fast-launch-images --image-ids ${amiId}. To switch it on again: terraform apply -replace=${enable.address}.`,
    });
  }

  private preparedSnapshots(enable: TerraformData): string[] {
    return new DataAwsEbsSnapshotIds(this, 'PreparedSnapshots', {
      owners: ['self'],
      filter: [
        { name: 'tag:CreatedBy', values: [CREATED_BY_FAST_LAUNCH] },
        // By way of `Enable`: in the first apply this is read when Fast Launch is on, and later at
        // plan, where a dependency of its own would put it off at every change of a setting.
        { name: 'tag:CreatedByLaunchTemplateId', values: [enable.trigger('launch_template_id')] },
      ],
    }).ids;
  }
}
