import { checkText, type Path, type Problem } from '../../core';
import { ARGUMENT_FLAG, checkArguments, type NodeArguments } from './node-arguments';

/**
 * Flags of kube-proxy with their values.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/
 */
export function checkKubeProxyArguments(path: Path, flags: NodeArguments): Problem[] {
  return checkArguments(path, flags, (flagPath, flag) => checkText(flagPath, flag, ARGUMENT_FLAG));
}
