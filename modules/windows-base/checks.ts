export { checkLookUp } from './ami-look-up';
export { amiReleaseWarning } from './ami-release-age';
export { checkBaseRoute, EKS_COMPONENT_NAME } from './base-route';
export { type CalendarDate, currentDate } from './calendar-date';
export { EKS_WINDOWS_AMI_SETTINGS } from './eks-windows-ami';
export { kubernetesSupportNotice } from './kubernetes-support';
export { microsoftSupportNotice } from './microsoft-support';
export {
  checkAmiRelease,
  checkWindowsServerForKubernetes,
} from './windows-server';
