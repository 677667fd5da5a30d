export { NOTIFIED_STATES } from './build/build-event';
export { checkLogRetention, DEFAULT_LOG_RETENTION_DAYS } from './build/build-log-groups';
export { BUILD_TENANCIES, checkBuildPlacement } from './build/build-placement';
export { checkBuildWorkflow, WORKFLOW_FAILURE_ACTIONS } from './build/build-workflow';
export { checkAmazonManagedComponent } from './components/amazon-managed-component';
export { checkComponentFromArn } from './components/component-from-arn';
export { COMPONENT_VERSION_RULE } from './components/component-version';
export { checkInlineLength } from './components/document/component-document-rules';
export { splitComponentDocument } from './components/document/component-document-split';
export { checkParameterValues } from './components/document/component-parameters';
export { checkRecipeComponent } from './components/recipe-component';
export { checkAmiName } from './distribution/ami-name';
export { checkDistributionTargets } from './distribution/distribution-checks';
export { checkEncryptedImageTargets, publicLaunchWarning } from './distribution/encrypted-sharing';
export { EVERYONE } from './distribution/launch-permission';
export { checkOneFastLaunch } from './distribution/native-fast-launch';
export {
  BUILD_START_CONDITIONS,
  checkScheduleExpression,
  checkTimezone,
} from './image/build-schedule';
export {
  checkDataVolume,
  checkRootVolume,
  hasEncryptedVolume,
  VOLUME_TYPES,
} from './image/image-volume';
export {
  checkContainerImage,
  checkUniqueContainerImages,
} from './image-cache/container-image-checks';
export { checkRegistryCredentials } from './image-cache/registry-credentials';
export { checkPullThroughCachePrefixes } from './roles/ecr-pull-policy';
export { ownAmiTags } from './windows-image/own-ami-tags';
export { windowsImageRoleNames } from './windows-image/role-names';
