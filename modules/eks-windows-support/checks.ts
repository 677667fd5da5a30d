export { checkVpcCniWindowsOptions } from './vpc-cni-configuration';
export { WINDOWS_SUPPORT_MODES } from './vpc-cni-windows-support';
