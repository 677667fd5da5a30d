import type { PolicyConditions } from '../../iam';

/** Where Image Builder runs: begins and fills the ARNs of policies. */
export interface PolicyScope {
  /** `aws`, `aws-cn`, `aws-eusc` or `aws-us-gov`. */
  readonly partition: string;
  /** The Region that builds. */
  readonly region: string;
}

/**
 * What Image Builder writes to the tag `CreatedBy` of everything it makes. AWS's own policies tell
 * by it what Image Builder may change.
 */
export const CREATED_BY_IMAGE_BUILDER = 'EC2 Image Builder';

/** On what has the tag `CreatedBy` of Image Builder already. */
export const ON_TAGGED: PolicyConditions = {
  StringEquals: { 'aws:ResourceTag/CreatedBy': CREATED_BY_IMAGE_BUILDER },
};

/** On what gets the tag `CreatedBy` of Image Builder in the same call. */
export const WITH_TAG: PolicyConditions = {
  StringEquals: { 'aws:RequestTag/CreatedBy': CREATED_BY_IMAGE_BUILDER },
};

/**
 * A key only by way of a service. The end of the pattern stands for the domain of the partition.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string): PolicyConditions {
  return { StringLike: { 'kms:ViaService': `${service}.*.amazonaws.*` } };
}

/** In one order and without repetition, so that the order of a list is no change of a policy. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
