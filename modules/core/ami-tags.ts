/** Begins the keys of all tags by which AMIs and snapshots are told apart. */
const PREFIX = 'cdktf-eks-windows-ami';

/**
 * Key of the tag that every AMI of an image has; the value is the image's name. The distribution
 * puts it on, and retention looks for it: an AMI without it is never touched.
 */
export const AMI_IMAGE_TAG = `${PREFIX}:image`;

/**
 * Key of the tag that says for which Kubernetes minor version an AMI was built, such as `1.35`: the
 * version of its kubelet.
 */
export const AMI_KUBERNETES_VERSION_TAG = `${PREFIX}:kubernetes-version`;

/** Key of the tag that says which build of Windows an AMI has, such as `10.0.20348`. */
export const AMI_WINDOWS_BUILD_TAG = `${PREFIX}:windows-build`;

/** Begins the key of the tag that says which nodes run an AMI. What follows is their name. */
export const AMI_IN_USE_TAG_PREFIX = `${PREFIX}:in-use-by:`;

/** The value of an in-use tag; the key says it all. */
export const AMI_IN_USE_TAG_VALUE = 'true';

/**
 * Key of the tag that a snapshot gets just before its AMI is deregistered, with the image's name:
 * if its own deletion fails, the next run finds it although its AMI is gone.
 */
export const SNAPSHOT_OF_DELETED_AMI_TAG = `${PREFIX}:of-deleted-ami`;

/**
 * The tag of an Image Builder image that an apply has built and that Terraform has in its state,
 * so that a lifecycle policy leaves it alone: Terraform would build a deleted one again.
 */
export const BUILT_BY_TERRAFORM_TAG = { [`${PREFIX}:built-by`]: 'terraform' } as const;
