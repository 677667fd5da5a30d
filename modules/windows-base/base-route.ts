import { Token } from 'cdktf';
import { namedTwice, type Path, type Problem, problem } from '../core';

/**
 * The Amazon-managed component that installs the parts of an EKS node: kubelet, containerd and the
 * rest.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-custom-ami-windows.html
 */
export const EKS_COMPONENT_NAME = 'eks-optimized-ami-windows';

/**
 * The version of {@link EKS_COMPONENT_NAME} for a Kubernetes minor version: `1.32.x`, which is the
 * newest of that minor. Do not pin one before 1.24.5, 1.25.4, 1.26.4, 1.27.2, 1.28.2, 1.29.2 and
 * 1.30.1: they have CVE-2024-5321. The component comes later than the AMIs for a new Kubernetes
 * version, or not at all; a build fails when there is none.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-custom-ami-windows.html
 */
export function eksComponentVersion(kubernetesVersion: string): string {
  return `${kubernetesVersion}.x`;
}

/**
 * What an image starts from: an EKS optimized AMI of Amazon's (`eks-optimized`, the one AWS
 * recommends), a Windows Server without the parts of EKS (`plain`), or an AMI of your own, of which
 * nothing is known here.
 */
export type BaseRoute = 'eks-optimized' | 'plain' | 'own';

const EKS_COMPONENT = new RegExp(`:component/${EKS_COMPONENT_NAME}(?:/|$)`);

/**
 * The parts of EKS come with the base or with the component, never with both, and from one of them.
 * Takes the ARNs of the recipe's components; `path` is where they are listed.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-custom-ami-windows.html
 */
export function checkBaseRoute(
  path: Path,
  route: BaseRoute,
  componentArns: readonly string[],
): Problem[] {
  if (Token.isUnresolved(componentArns)) return [];
  const found = componentArns.flatMap((arn, index) => (EKS_COMPONENT.test(arn) ? [index] : []));
  if (route === 'eks-optimized') {
    return found.map((index) =>
      problem('eks-component-not-needed', [...path, index], NO_COMPONENT, EKS_COMPONENT_NAME, DROP),
    );
  }
  if (route === 'plain' && found.length === 0) {
    return [problem('eks-component-needed', path, WITH_COMPONENT, componentArns.length, ADD)];
  }
  return found.slice(1).map((index) => namedTwice([...path, index], EKS_COMPONENT_NAME));
}

const NO_COMPONENT = 'not install EKS on an EKS optimized AMI, which has it already';
const DROP = 'drop this component, or start from a plain Windows Server';
const WITH_COMPONENT = `have ${EKS_COMPONENT_NAME} on a plain Windows Server`;
const ADD = 'add it, or start from an EKS optimized AMI';
