/** A condition that Terraform checks at plan. */
export interface PlanCondition {
  readonly condition: string;
  readonly errorMessage: string;
}
