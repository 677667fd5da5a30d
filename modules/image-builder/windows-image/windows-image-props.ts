import type { AMI_RETENTION_SETTINGS } from '../../ami-retention/ami-retention';
import type { AwsCliCredentials, IamOptions, PolicyStatement } from '../../iam';
import type { SettingProps } from '../../settings';
import type { WindowsServer } from '../../windows-base';
import type { BUILD_SETTINGS } from '../build/build-inputs';
import type { BUILD_NOTIFICATION_SETTINGS } from '../build/build-notifications';
import type { INFRASTRUCTURE_SETTINGS } from '../build/infrastructure-configuration';
import type { RecipeComponent } from '../components/recipe-component';
import type { BUILT_IMAGE_SETTINGS } from '../image/built-image';
import type { IMAGE_RECIPE_SETTINGS } from '../image/image-recipe';
import type { IMAGE_CACHE_SETTINGS } from '../image-cache/container-image-cache';
import type { BucketObjects } from '../roles/build-policy';
import type { ROLE_PERMISSIONS_SETTINGS } from '../roles/role-permissions';
import type {
  WINDOWS_IMAGE_DISTRIBUTION_SETTINGS,
  WINDOWS_IMAGE_SETTINGS,
} from './windows-image-settings';

/** What is in the image. A change here builds it again. */
export interface WindowsImageContent
  extends SettingProps<typeof IMAGE_RECIPE_SETTINGS>,
    SettingProps<typeof IMAGE_CACHE_SETTINGS> {
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
  /** Further components, run after the image cache. @default - none */
  readonly componentsAfterCache?: readonly RecipeComponent[] | undefined;
}

/** The instances that build and test, and what they may do. */
export interface WindowsImageBuild
  extends SettingProps<typeof INFRASTRUCTURE_SETTINGS>,
    SettingProps<typeof BUILD_SETTINGS>,
    SettingProps<typeof ROLE_PERMISSIONS_SETTINGS> {
  /** Objects in S3 that components read, such as installers. @default - none */
  readonly componentFiles?: readonly BucketObjects[] | undefined;
  /** Further rights of the build instances, such as those of your components. @default - none */
  readonly buildStatements?: readonly PolicyStatement[] | undefined;
  /** Further rights of Image Builder, such as those of your own workflows. @default - none */
  readonly executionStatements?: readonly PolicyStatement[] | undefined;
  /** Path, boundary and names of the roles. @default - path /, no boundary */
  readonly iam?: IamOptions | undefined;
}

/** Where AMIs go. */
export interface WindowsImageDistribution
  extends SettingProps<typeof WINDOWS_IMAGE_DISTRIBUTION_SETTINGS> {}

/** What becomes of older AMIs. */
export interface WindowsImageRetention extends SettingProps<typeof AMI_RETENTION_SETTINGS> {
  /**
   * Names of the `AmiInUse` that mark AMIs of this image. The step at apply finds every mark by
   * itself; the policy that deletes AMIs of a schedule once a day has to be told.
   * @default - none
   */
  readonly inUseBy?: readonly string[] | undefined;
}

/** Whom to tell about builds. */
export interface WindowsImageNotifications
  extends SettingProps<typeof BUILD_NOTIFICATION_SETTINGS> {}

/** Inputs of `WindowsImage`. */
export interface WindowsImageProps
  extends WindowsImageContent,
    WindowsImageBuild,
    SettingProps<typeof BUILT_IMAGE_SETTINGS>,
    SettingProps<typeof WINDOWS_IMAGE_SETTINGS> {
  /**
   * Begins the name of everything made here, such as the AMI `<name>-<build date>` and the role
   * `<name>-build`. 3 to 48 lower-case letters, digits and dashes; unique in the account.
   */
  readonly name: string;
  /** The Region of the provider. */
  readonly region: string;
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
  /** The SSM parameter that gets the id of each new AMI. @default /imagebuilder/<name>/ami-id */
  readonly amiParameterName?: string | undefined;
  /**
   * Tags of everything made here and of the AMIs. The keys have to be known when the stack is built.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
