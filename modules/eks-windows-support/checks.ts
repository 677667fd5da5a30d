export { checkVpcCniWindowsOptions } from './vpc-cni-configuration';
export { checkManagedVpcCni, WINDOWS_SUPPORT_MODES } from './vpc-cni-windows-support';
