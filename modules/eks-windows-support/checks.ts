export { checkWindowsSupport, WINDOWS_SUPPORT_SETTINGS } from './vpc-cni-windows-support';
