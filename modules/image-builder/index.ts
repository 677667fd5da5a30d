export type { NotifiedState } from './build/build-event';
export type { BuildInputs } from './build/build-inputs';
export { BuildLogGroups, type BuildLogGroupsProps } from './build/build-log-groups';
export { BuildNotifications, type BuildNotificationsProps } from './build/build-notifications';
export type { BuildPlacement } from './build/build-placement';
export { BuildSecurityGroup, type BuildSecurityGroupProps } from './build/build-security-group';
export type { BuildWorkflow, WorkflowFailureAction } from './build/build-workflow';
export {
  type BuildLogBucket,
  type BuildNetwork,
  InfrastructureConfiguration,
  type InfrastructureConfigurationProps,
} from './build/infrastructure-configuration';
export {
  type AmazonManagedComponentProps,
  amazonManagedComponent,
} from './components/amazon-managed-component';
export { type ComponentFromArnProps, componentFromArn } from './components/component-from-arn';
export type * from './components/document/component-action';
export type {
  ComponentCondition,
  ComponentIf,
  ConditionOutcome,
  HashOperator,
  NumberOperator,
  QuestionOperator,
  TextOperator,
} from './components/document/component-condition';
export type {
  ComponentDocument,
  ComponentForEachLoop,
  ComponentForLoop,
  ComponentLoop,
  ComponentParameter,
  ComponentPhase,
  ComponentStep,
} from './components/document/component-document';
export { renderComponentDocument } from './components/document/component-document-yaml';
export {
  type ComponentFileProblem,
  type ParsedComponentFile,
  parseComponentFile,
} from './components/document/component-file';
export type { ParameterValues } from './components/document/component-parameters';
export { DocumentComponents, type DocumentComponentsProps } from './components/document-components';
export {
  type ComponentStorage,
  ImageComponent,
  type ImageComponentProps,
} from './components/image-component';
export type { RecipeComponent } from './components/recipe-component';
export {
  DistributionConfiguration,
  type DistributionConfigurationProps,
} from './distribution/distribution-configuration';
export type {
  AmiParameter,
  DistributionTarget,
  LaunchTemplateTarget,
} from './distribution/distribution-target';
export type { LaunchPermission } from './distribution/launch-permission';
export type { NativeFastLaunch, NativeFastLaunchTemplate } from './distribution/native-fast-launch';
export type { BuildSchedule, BuildStartCondition } from './image/build-schedule';
export { BuiltAmi, type BuiltAmiProps } from './image/built-ami';
export { BuiltImage, type BuiltImageProps } from './image/built-image';
export {
  ImageLifecyclePolicy,
  type ImageLifecyclePolicyProps,
} from './image/image-lifecycle-policy';
export { ImagePipeline, type ImagePipelineProps } from './image/image-pipeline';
export { ImageRecipe, type ImageRecipeProps } from './image/image-recipe';
export type { DataVolume, VolumeOptions, VolumeType } from './image/image-volume';
export type { ContainerImageCache } from './image-cache/container-image-cache';
export {
  ContainerImageCacheComponents,
  type ContainerImageCacheComponentsProps,
} from './image-cache/container-image-cache-components';
export type { RegistryCredentials } from './image-cache/registry-credentials';
export type { BucketObjects, BuildResources } from './roles/build-policy';
export { BuildRole, type BuildRoleProps } from './roles/build-role';
export type { ExecutionResources } from './roles/execution-resources-policy';
export { ExecutionRole, type ExecutionRoleProps } from './roles/execution-role';
export type { RolePermissions } from './roles/role-permissions';
export { WindowsImage } from './windows-image/windows-image';
export type {
  WindowsImageBuild,
  WindowsImageContent,
  WindowsImageDistribution,
  WindowsImageNotifications,
  WindowsImageProps,
  WindowsImageRetention,
} from './windows-image/windows-image-props';
