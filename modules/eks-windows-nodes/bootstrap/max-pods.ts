import { Fn, Op, Token } from 'cdktf';

/**
 * Pods that the kubelet takes. No more than EKS recommends for a large node.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
export const MAX_PODS = { min: 1, max: 250 };

/** What EKS recommends at most, by the processors of a node. */
const RECOMMENDED = { small: 110, large: MAX_PODS.max };

/** The first number of processors of a large node. */
const LARGE_NODE_VCPUS = 30;

/** @see https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-win.html */
const ADDRESSES_OF_PREFIX = 16;

/** What {@link maxWindowsPods} reckons with. */
export interface WindowsPodCapacity {
  /**
   * IPv4 addresses of one network interface of the instance type: what EC2 calls
   * `Ipv4AddressesPerInterface`, and the provider's data source `aws_ec2_instance_type`
   * `maximum_ipv4_addresses_per_interface`. May be such a reference.
   */
  readonly ipv4AddressesPerInterface: number;
  /** Whether the cluster gives Windows nodes prefixes. Needs a Nitro type. @default false */
  readonly prefixDelegation?: boolean;
  /** Processors of the instance type. @default - less than 30 */
  readonly vcpus?: number;
}

/**
 * How many pods a Windows node can have. EKS uses one network interface on Windows, and the first
 * of its addresses is the node's own. With prefix delegation each other one is a prefix of 16. Not
 * more than EKS recommends: 110, or 250 from 30 processors on.
 *
 * Not wired to the instance types of a group on purpose. Without `maxPods` the kubelet takes 110,
 * and pods that find no address wait for one: the controller in the control plane tells the
 * scheduler how many addresses each node has. So the right number is rarely needed, and not worth
 * a call of AWS in each plan or a table that is out of date with the next type.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-win.html
 */
export function maxWindowsPods(capacity: WindowsPodCapacity): number {
  const { ipv4AddressesPerInterface: addresses, prefixDelegation = false } = capacity;
  const { vcpus = 0 } = capacity;
  const recommended = vcpus < LARGE_NODE_VCPUS ? RECOMMENDED.small : RECOMMENDED.large;
  const each = prefixDelegation ? ADDRESSES_OF_PREFIX : 1;
  if (!Token.isUnresolved(addresses)) return Math.min((addresses - 1) * each, recommended);
  // A number token is a place-holder, not a number to reckon with.
  const pods = Op.mul(Op.sub(addresses, 1), each);
  return Token.asNumber(Fn.min([Token.asNumber(pods), recommended]));
}
