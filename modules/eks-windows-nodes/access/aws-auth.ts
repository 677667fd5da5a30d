import { Fn, Token } from 'cdktf';

/** Authentication modes in which EKS reads the ConfigMap `aws-auth`. */
export const AWS_AUTH_MODES = ['API_AND_CONFIG_MAP', 'CONFIG_MAP'];

/**
 * Groups of Windows nodes. Without `eks:kube-proxy-windows` pods on them cannot resolve names.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
const WINDOWS_NODE_GROUPS = ['system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows'];

/**
 * Renders the item of `mapRoles` in the ConfigMap `kube-system/aws-auth` that lets Windows nodes
 * with a role join a cluster. The ConfigMap knows roles without their path, so the path goes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function renderAwsAuthRole(roleArn: string): string {
  const lines = [
    `- rolearn: ${withoutPath(roleArn)}`,
    '  username: system:node:{{EC2PrivateDNSName}}',
    '  groups:',
    ...WINDOWS_NODE_GROUPS.map((group) => `    - ${group}`),
  ];
  return `${lines.join('\n')}\n`;
}

function withoutPath(roleArn: string): string {
  if (!Token.isUnresolved(roleArn)) return roleArn.replace(/:role\/.*\//, ':role/');
  return Token.asString(Fn.replace(roleArn, '/:role/.*//', ':role/'));
}
