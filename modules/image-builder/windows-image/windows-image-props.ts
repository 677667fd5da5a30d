import type { AmisOnDestroy, RetiredAmis } from '../../ami-retention';
import type { AwsCliCredentials, IamOptions, PolicyStatement } from '../../core';
import type { WindowsServer } from '../../windows-base';
import type { BuildInputs } from '../build/build-inputs';
import type { BuildNotificationsProps } from '../build/build-notifications';
import type { InfrastructureConfigurationProps } from '../build/infrastructure-configuration';
import type { RecipeComponent } from '../components/recipe-component';
import type { DistributionConfigurationProps } from '../distribution/distribution-configuration';
import type { DistributionTarget } from '../distribution/distribution-target';
import type { BuildSchedule } from '../image/build-schedule';
import type { ImageRecipeProps } from '../image/image-recipe';
import type { BucketObjects } from '../roles/build-policy';
import type { RolePermissions } from '../roles/build-role';

/** What is in the image. A change here builds it again. */
export interface WindowsImageContent
  extends Pick<
    ImageRecipeProps,
    'rootVolumeGiB' | 'rootVolume' | 'dataVolumes' | 'workingDirectory' | 'rebuild'
  > {
  /**
   * What to start from: the id of an AMI such as an `EksWindowsAmi`'s, `ssm:` and the name of a
   * parameter (no ARN, no version), or the ARN of an Image Builder image.
   */
  readonly baseImage: string;
  /**
   * For a base without the EKS components, such as a `PlainWindowsAmi`: the version of Amazon's
   * component that installs them, see `eksComponentVersion`. It runs first.
   * @default - the base has them
   */
  readonly eksComponentVersion?: string | undefined;
  /**
   * Which Windows Server that is: cached images have to be built for it, and AMIs say so by the tag
   * `cdktf-eks-windows-ami:windows-build`, which `AmiGuard` compares. A change of the tag alone
   * builds nothing; the next AMI has it.
   * @default - not checked
   */
  readonly windowsServer?: WindowsServer | undefined;
  /**
   * The Kubernetes minor version that the AMI is for, such as `1.35`: that of its kubelet. Only for
   * the tag `cdktf-eks-windows-ami:kubernetes-version` of the AMIs, by which `AmiGuard` judges each
   * AMI by its own kubelet; nothing is installed. A change of the tag alone builds nothing.
   * @default - AMIs do not say
   */
  readonly kubernetesVersion?: string | undefined;
  /** What runs before container images are cached, in this order. @default - nothing */
  readonly components?: readonly RecipeComponent[] | undefined;
  /**
   * Container images to put into the AMI, with tag or digest. Order does not matter.
   * @default - none
   */
  readonly cachedImages?: readonly string[] | undefined;
  /** Further components, run after the image cache. @default - none */
  readonly componentsAfterCache?: readonly RecipeComponent[] | undefined;
  /**
   * Registries of cached images that need a login: host, and the ARN of a secret in AWS Secrets
   * Manager with `username` and `password`. Private Amazon ECR needs none.
   * @default - other registries are read anonymously
   */
  readonly registryCredentials?: Readonly<Record<string, string>> | undefined;
  /**
   * GiB of the system drive that have to stay free when all images are in. The build fails before
   * it goes below.
   * @default 10
   */
  readonly minimumFreeGiB?: number | undefined;
  /**
   * Prefixes of the ECR pull through cache rules that cached images use, such as `docker-hub`.
   * @default - none
   */
  readonly pullThroughCachePrefixes?: readonly string[] | undefined;
}

/** The instances that build and test, and what they may do. */
export interface WindowsImageBuild
  extends Pick<
      InfrastructureConfigurationProps,
      | 'instanceTypes'
      | 'network'
      | 'keyName'
      | 'placement'
      | 'httpPutResponseHopLimit'
      | 'snsTopicArn'
      | 'logs'
      | 'terminateOnFailure'
    >,
    Pick<BuildInputs, 'imageTests' | 'scanning' | 'workflows'> {
  /** Objects in S3 that components read, such as installers. @default - none */
  readonly componentFiles?: readonly BucketObjects[] | undefined;
  /**
   * Further KMS keys that builds use: that of the base image, of secrets, or the account's default
   * for EBS when it is a customer key. ARNs of keys. @default - none
   */
  readonly kmsKeyArns?: readonly string[] | undefined;
  /** Further rights of the build instances, such as those of your components. @default - none */
  readonly buildStatements?: readonly PolicyStatement[] | undefined;
  /** Further rights of Image Builder, such as those of your own workflows. @default - none */
  readonly executionStatements?: readonly PolicyStatement[] | undefined;
  /** How CloudWatch keeps the logs of builds, in days; 0 keeps them for ever. @default 90 */
  readonly logRetentionDays?: number | undefined;
  /**
   * ARN of a KMS key with which CloudWatch encrypts them; an alias will not do. The key's policy has
   * to let `logs.<Region>.amazonaws.com` use it. A change is made in place and holds for new logs.
   * @default - CloudWatch's own encryption
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logGroupKmsKeyId?: string | undefined;
  /** What builds may do: exactly what they need, or AWS's policies. @default scoped */
  readonly permissions?: RolePermissions | undefined;
  /** Path, boundary and names of the roles. @default - path /, no boundary */
  readonly iam?: IamOptions | undefined;
}

/** Where AMIs go, and what becomes of them. */
export interface WindowsImageDistribution {
  /** A pattern with the build date in it. @default - the name and the build date */
  readonly amiName?: DistributionConfigurationProps['amiName'];
  /** Description of the AMIs. @default - none */
  readonly amiDescription?: string | undefined;
  /**
   * Regions and accounts. The Region of the provider is always among them, and each Region gets the
   * SSM parameter.
   * @default - the Region of the provider
   */
  readonly targets?: readonly DistributionTarget[] | undefined;
}

/** What becomes of older AMIs. */
export interface WindowsImageRetention {
  /** What becomes of AMIs beyond the newest. @default - all stay as they are */
  readonly older?: RetiredAmis | undefined;
  /** How many of the newest AMIs stay in each Region. @default 3 */
  readonly keep?: number | undefined;
  /** What becomes of all AMIs when the stack is destroyed. @default keep */
  readonly onDestroy?: AmisOnDestroy | undefined;
  /** Minutes to wait until Fast Launch is off for an AMI, 1 to 1,440; no reference. @default 60 */
  readonly timeoutMinutes?: number | undefined;
  /**
   * Names of the `AmiInUse` that mark AMIs of this image. The step at apply finds every mark by
   * itself; the policy that deletes AMIs of a schedule once a day has to be told.
   * @default - none
   */
  readonly inUseBy?: readonly string[] | undefined;
}

/** Whom to tell about builds. */
export type WindowsImageNotifications = Pick<
  BuildNotificationsProps,
  'states' | 'topicArn' | 'emails'
>;

/** Inputs of `WindowsImage`. */
export interface WindowsImageProps extends WindowsImageContent, WindowsImageBuild {
  /**
   * Begins the name of everything made here, such as the AMI `<name>-<build date>` and the role
   * `<name>-build`. 3 to 48 lower-case letters, digits and dashes; unique in the account.
   */
  readonly name: string;
  /** The Region of the provider. */
  readonly region: string;
  /** @default - the Region of the provider, and no other account */
  readonly distribution?: WindowsImageDistribution | undefined;
  /** @default - builds only at apply, or when someone starts the pipeline */
  readonly schedule?: BuildSchedule | undefined;
  /** Whether the pipeline may run at all. @default true */
  readonly pipelineEnabled?: boolean | undefined;
  /** @default - nobody is told */
  readonly notifications?: WindowsImageNotifications | undefined;
  /**
   * Needs the AWS CLI where Terraform runs. `none` leaves the step out.
   * @default - all AMIs stay; a destroy lists them
   */
  readonly retention?: WindowsImageRetention | 'none' | undefined;
  /**
   * How the step of the retention gets the account of the AWS provider.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
  /** Whether an apply builds the image when it is new or changed, and waits. @default true */
  readonly buildOnApply?: boolean | undefined;
  /** How long an apply waits for a build, 60 to 1,440 minutes. @default 180 */
  readonly timeoutMinutes?: number | undefined;
  /** The SSM parameter that gets the id of each new AMI. @default /imagebuilder/<name>/ami-id */
  readonly amiParameterName?: string | undefined;
  /**
   * Tags of everything made here and of the AMIs. The keys have to be known when the stack is built.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
