import { type Path, type Problem, problem } from '../core';
import { boolean, integer, type SettingProps, setting } from '../settings';

/** The settings of {@link VpcCniWindowsOptions}. */
export const VPC_CNI_SETTINGS = {
  /**
   * Whether Windows nodes get prefixes of 16 addresses instead of single ones: more pods a node.
   * Changes nodes that are launched later.
   * @default false
   */
  prefixDelegation: setting(boolean(), {
    about: 'Give Windows nodes prefixes of 16 addresses, for more pods',
    default: false,
    change: 'in-place',
  }),
  /** Free prefixes that a node keeps, with prefix delegation only. @default - the add-on's own: 0 */
  warmPrefixTarget: setting(integer({ min: 0 }), {
    about: 'Free prefixes that a node keeps',
    otherwise: 'that of the add-on',
    change: 'in-place',
  }),
  /** Free addresses that a node keeps. @default - the add-on's own: 1 */
  warmIpTarget: setting(integer({ min: 0 }), {
    about: 'Free addresses that a node keeps',
    otherwise: 'that of the add-on',
    change: 'in-place',
  }),
  /** Addresses that a node has at least. @default - the add-on's own: 3 */
  minimumIpTarget: setting(integer({ min: 0 }), {
    about: 'Addresses that a node has at least',
    otherwise: 'that of the add-on',
    change: 'in-place',
  }),
};

/**
 * What the VPC CNI add-on of a cluster has to know about Windows.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/tree/master/charts/aws-vpc-cni
 */
export interface VpcCniWindowsOptions extends SettingProps<typeof VPC_CNI_SETTINGS> {}

/** The add-on's keys that {@link VpcCniWindowsOptions} say. */
export const VPC_CNI_WINDOWS_KEYS = [
  'enableWindowsIpam',
  'enableWindowsPrefixDelegation',
  'warmWindowsPrefixTarget',
  'warmWindowsIPTarget',
  'minimumWindowsIPTarget',
] as const;

/** What is to stand in the configuration values of the add-on, by the add-on's keys. */
export function buildVpcCniWindowsValues(
  options: VpcCniWindowsOptions,
): Partial<Record<(typeof VPC_CNI_WINDOWS_KEYS)[number], string | number>> {
  const { prefixDelegation = VPC_CNI_SETTINGS.prefixDelegation.default } = options;
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = options;
  return {
    enableWindowsIpam: 'true',
    ...(prefixDelegation ? { enableWindowsPrefixDelegation: 'true' } : {}),
    ...(warmPrefixTarget === undefined ? {} : { warmWindowsPrefixTarget: warmPrefixTarget }),
    ...(warmIpTarget === undefined ? {} : { warmWindowsIPTarget: warmIpTarget }),
    ...(minimumIpTarget === undefined ? {} : { minimumWindowsIPTarget: minimumIpTarget }),
  };
}

/** Prefixes are kept only where there are some. */
export function checkWarmPrefixes(path: Path, options: VpcCniWindowsOptions): Problem[] {
  const { prefixDelegation = VPC_CNI_SETTINGS.prefixDelegation.default, warmPrefixTarget } =
    options;
  if (warmPrefixTarget === undefined || prefixDelegation) return [];
  const rule = 'be left out without `prefixDelegation`';
  return [problem('vpc-cni-targets', [...path, 'warmPrefixTarget'], rule, warmPrefixTarget)];
}
