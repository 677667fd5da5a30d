import { Token } from 'cdktf';
import {
  checkEach,
  checkText,
  checkWindowsInstanceType,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../core';
import { type CpuOptions, checkCpuOptionTypes } from './cpu-options';

/**
 * Types whose enhanced networking is that of the Intel 82599 instead of ENA. An earlier edition of
 * the EKS user guide named them as not supported for Windows, and the AWS CDK refuses them still.
 * `M6a.x`, which stood in that list too, is let through: today's guide names no types at all.
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-eks/lib/managed-nodegroup.ts
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sriov-networking.html
 */
const NODE_TYPE: TextRule = {
  id: 'eks-windows-type',
  pattern: /^(?!(?:c3|c4|d2|i2|r3)\.|m4\.(?!16xlarge$)).*$/s,
  rule: 'be an instance type that EKS supports for Windows nodes; C3, C4, D2, I2, M4 (but for m4.16xlarge) and R3 are not',
  whatToDo: 'choose a newer one, such as m7i or c7i',
};

/** Types with the Xen hypervisor; of `i3` and `p3` one size each is newer. */
const XEN =
  /^(?:c1|c3|c4|cc2|cr1|d2|f1|g2|g3|g3s|h1|hs1|i2|i3(?!\.metal$)|m1|m2|m3|m4|p2|p3|r3|r4|t1|t2|x1|x1e)\./;

/** Types that spend CPU credits. */
const BURSTABLE = /^t\d[a-z]*\./;

/** What T instances do without CPU credits. */
export const CPU_CREDITS = ['standard', 'unlimited'] as const;

/** One of {@link CPU_CREDITS}. */
export type CpuCredits = (typeof CPU_CREDITS)[number];

/** An EC2 instance type that can be a Windows node of EKS. */
export const checkWindowsNodeType = (path: Path, value: string): Problem[] => [
  ...checkWindowsInstanceType(path, value),
  ...checkEksWindowsType(path, value),
];

/** What EKS asks of a type beyond `checkWindowsInstanceType`. */
export const checkEksWindowsType = (path: Path, value: string): Problem[] =>
  checkText(path, value, NODE_TYPE);

/**
 * A type with the Nitro hypervisor, which nodes need for prefix delegation; others get their
 * addresses one by one all the same. The types without are those of AWS's list that are not in it.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses-procedure.html
 */
export function isNitroType(value: string): boolean {
  return !XEN.test(value);
}

/** The types of a group, and what is said of its instances that not every type has. */
export interface NodeTypes {
  readonly instanceTypes: readonly string[];
  readonly cpuCredits?: CpuCredits | undefined;
  readonly cpuOptions?: CpuOptions | undefined;
}

/** What is asked of the types of a group beyond `checkNodeScaling`. */
export function checkNodeTypes(group: NodeTypes): Problem[] {
  return [
    ...checkEach(['instanceTypes'], group.instanceTypes, checkEksWindowsType),
    ...checkTypeFeatures(group),
  ];
}

/** What is said of the instances of a group must go for each of its types. */
export function checkTypeFeatures({ instanceTypes, cpuCredits, cpuOptions }: NodeTypes): Problem[] {
  if (Token.isUnresolved(instanceTypes)) return [];
  // A type that no node can have has features that do not matter.
  const types = instanceTypes.filter(
    (type) => !Token.isUnresolved(type) && checkEksWindowsType([], type).length === 0,
  );
  return [
    ...checkCpuCreditTypes(['cpuCredits'], types, cpuCredits),
    ...checkCpuOptionTypes(['cpuOptions'], types, cpuOptions),
  ];
}

/** CPU credits are refused as soon as one type of the group has none. */
function checkCpuCreditTypes(
  path: Path,
  types: readonly string[],
  cpuCredits: CpuCredits | undefined,
): Problem[] {
  const other = types.find((type) => !BURSTABLE.test(type));
  if (cpuCredits === undefined || other === undefined) return [];
  return [
    problem('cpu-credits', path, `be left out for ${other}, which has no CPU credits`, cpuCredits),
  ];
}
