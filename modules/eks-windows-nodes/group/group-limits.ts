/**
 * How many nodes a group may have.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html
 */
export const GROUP_SIZE = { min: 0, max: 5000 };

/** A part of the nodes of a group, in per cent. */
export const PERCENT = { min: 0, max: 100 };
