/** Under what name EC2 Fast Launch takes on its role. */
export const FAST_LAUNCH_SERVICE = 'ec2fastlaunch.amazonaws.com';

/** The role under which EC2 Fast Launch works; an account has it once. */
export const FAST_LAUNCH_SERVICE_ROLE = 'AWSServiceRoleForEC2FastLaunch';

/**
 * What EC2 writes to the tag `CreatedBy` of the instances that prepare snapshots, and of the
 * snapshots.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/EC2FastLaunchServiceRolePolicy.html
 */
export const CREATED_BY_FAST_LAUNCH = 'EC2 Fast Launch';
