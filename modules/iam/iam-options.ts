/** What an organization may ask of every role and instance profile. */
export interface IamOptions {
  /**
   * IAM path of roles and instance profiles, such as `/eks/windows/`: 1 to 512 characters that
   * begin and end with a slash. Any other than `/` also ends their names with a hash of it.
   * @default /
   */
  readonly path?: string | undefined;
  /** ARN of the policy that bounds what the roles may do. @default - no boundary */
  readonly permissionsBoundary?: string | undefined;
  /** Begins the names of roles and instance profiles. @default - nothing */
  readonly namePrefix?: string | undefined;
}
