import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';

/** Inputs of {@link PlanCheck}. */
export interface PlanCheckProps {
  /**
   * A Terraform expression that is true when all is well. It must refer to something in the
   * configuration, such as a data source: Terraform refuses one that does not.
   */
  readonly condition: string;
  /** Printed with the warning; full sentences, as Terraform has nothing to add to them. */
  readonly errorMessage: string;
}

/**
 * A Terraform `check` block: a condition that is looked at in every plan and apply. Where it does
 * not hold there is a warning, and the run goes on; a precondition would stop it. Makes no
 * resource. Exists in JSON output only; needs Terraform 1.5 or newer.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/check
 */
export class PlanCheck extends TerraformElement {
  private readonly assertion: object;

  constructor(scope: Construct, id: string, props: PlanCheckProps) {
    super(scope, id, 'check');
    this.assertion = { condition: props.condition, error_message: props.errorMessage };
  }

  public override toTerraform(): object {
    return { check: { [this.friendlyUniqueId]: { assert: [this.assertion] } } };
  }
}
