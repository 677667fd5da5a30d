/** What kind of instances the nodes of a group are. A change is a new template version. */
export interface NodeInstance {
  /** @default - the cluster's own security group */
  readonly securityGroupIds?: readonly string[] | undefined;
  /** GiB, not smaller than the AMI's volume. @default 100 */
  readonly rootVolumeGiB?: number | undefined;
}
