export { BUILD_SETTINGS } from './build/build-inputs';
export { checkReceivers } from './build/build-notifications';
export { BUILD_PLACEMENT } from './build/build-placement';
export { BUILD_WORKFLOW } from './build/build-workflow';
export {
  BUILD_LOG_BUCKET_SETTINGS,
  INFRASTRUCTURE_SETTINGS,
} from './build/infrastructure-configuration';
export { checkAmazonManagedComponent } from './components/amazon-managed-component';
export { checkComponentFromArn } from './components/component-from-arn';
export { COMPONENT_VERSION_RULE } from './components/component-version';
export { checkInlineLength } from './components/document/component-document-rules';
export { splitComponentDocument } from './components/document/component-document-split';
export { checkParameterValues } from './components/document/component-parameters';
export { checkRecipeComponent } from './components/recipe-component';
export { checkDistributionTargets } from './distribution/distribution-checks';
export { checkEncryptedImageTargets, publicLaunchWarning } from './distribution/encrypted-sharing';
export { checkOneFastLaunch } from './distribution/native-fast-launch';
export { BUILD_SCHEDULE_SETTINGS } from './image/build-schedule';
export { BUILT_IMAGE_SETTINGS } from './image/built-image';
export { IMAGE_RECIPE_SETTINGS } from './image/image-recipe';
export {
  checkRootVolume,
  DATA_VOLUME,
  hasEncryptedVolume,
} from './image/image-volume';
export { IMAGE_CACHE_SETTINGS } from './image-cache/container-image-cache';
export {
  checkContainerImage,
  checkUniqueContainerImages,
} from './image-cache/container-image-checks';
export { checkRegistryCredentials } from './image-cache/registry-credentials';
export { ROLE_PERMISSIONS_SETTINGS } from './roles/role-permissions';
export { ownAmiTags } from './windows-image/own-ami-tags';
export { windowsImageRoleNames } from './windows-image/role-names';
export { WINDOWS_IMAGE_SETTINGS } from './windows-image/windows-image-settings';
