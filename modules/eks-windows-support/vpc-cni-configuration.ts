import { checkInteger, type Path, type Problem, problem } from '../core';

/**
 * What the VPC CNI add-on of a cluster has to know about Windows.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/tree/master/charts/aws-vpc-cni
 */
export interface VpcCniWindowsOptions {
  /**
   * Whether Windows nodes get prefixes of 16 addresses instead of single ones: more pods a node.
   * Changes nodes that are launched later.
   * @default false
   */
  readonly prefixDelegation?: boolean | undefined;
  /** Free prefixes that a node keeps, with prefix delegation only. @default - the add-on's own: 0 */
  readonly warmPrefixTarget?: number | undefined;
  /** Free addresses that a node keeps. @default - the add-on's own: 1 */
  readonly warmIpTarget?: number | undefined;
  /** Addresses that a node has at least. @default - the add-on's own: 3 */
  readonly minimumIpTarget?: number | undefined;
}

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
  const { prefixDelegation = false, warmPrefixTarget, warmIpTarget, minimumIpTarget } = options;
  return {
    enableWindowsIpam: 'true',
    ...(prefixDelegation ? { enableWindowsPrefixDelegation: 'true' } : {}),
    ...(warmPrefixTarget === undefined ? {} : { warmWindowsPrefixTarget: warmPrefixTarget }),
    ...(warmIpTarget === undefined ? {} : { warmWindowsIPTarget: warmIpTarget }),
    ...(minimumIpTarget === undefined ? {} : { minimumWindowsIPTarget: minimumIpTarget }),
  };
}

/** Checks the numbers, and that prefixes are kept only where there are some. */
export function checkVpcCniWindowsOptions(path: Path, options: VpcCniWindowsOptions): Problem[] {
  const { prefixDelegation = false, warmPrefixTarget } = options;
  const range = { min: 0 };
  const targets = ['warmPrefixTarget', 'warmIpTarget', 'minimumIpTarget'] as const;
  const problems = targets.flatMap((key) => {
    const value = options[key];
    return value === undefined ? [] : checkInteger([...path, key], value, range);
  });
  if (warmPrefixTarget === undefined || prefixDelegation) return problems;
  const rule = 'be left out without `prefixDelegation`';
  return [
    ...problems,
    problem('vpc-cni-targets', [...path, 'warmPrefixTarget'], rule, warmPrefixTarget),
  ];
}
