export { AMI_LOOK_UPS, checkLookUp } from './ami-look-up';
export { amiReleaseWarning } from './ami-release-age';
export { checkBaseRoute, EKS_COMPONENT_NAME } from './base-route';
export { type CalendarDate, currentDate } from './calendar-date';
export { kubernetesSupportNotice } from './kubernetes-support';
export { microsoftSupportNotice } from './microsoft-support';
export {
  checkAmiRelease,
  checkKubernetesVersion,
  checkWindowsServerForKubernetes,
  DEFAULT_ROOT_VOLUME_GIB,
  ROOT_VOLUME_GIB,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from './windows-server';
