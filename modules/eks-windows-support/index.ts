export type { VpcCniWindowsOptions } from './vpc-cni-configuration';
export {
  WindowsSupport,
  type WindowsSupportMode,
  type WindowsSupportProps,
} from './vpc-cni-windows-support';
