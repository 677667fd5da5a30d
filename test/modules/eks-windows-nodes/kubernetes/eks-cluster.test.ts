import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { checkText } from '../../../../modules/core';
import { EksCluster } from '../../../../modules/eks-windows-nodes';
import { CLUSTER_NAME } from '../../../../modules/eks-windows-nodes/kubernetes/eks-cluster';
import { outline, refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const synth = (clusterName: string): Template =>
  Template.of((stack) => {
    const cluster = new EksCluster(stack, 'Cluster', { clusterName });
    const { version, endpoint, certificateAuthority, serviceCidr, dnsIp } = cluster;
    const { name, securityGroupId, authenticationMode } = cluster;
    const known = { name, version, endpoint, certificateAuthority, serviceCidr, dnsIp };
    new TerraformOutput(stack, 'Out', {
      value: { ...known, securityGroupId, authenticationMode },
    });
  });

describe('EksCluster', () => {
  it('looks the cluster up by its name, and makes nothing', () => {
    const template = synth('demo');
    expect(template.addresses()).toEqual(['data.aws_eks_cluster.Cluster_EB0386A7']);
    expect(template.data('aws_eks_cluster')).toEqual({ name: 'demo' });
  });

  it('tells what nodes need to know', () => {
    const cluster = 'data.aws_eks_cluster.Cluster_EB0386A7';
    const network = `${cluster}.kubernetes_network_config[0].service_ipv4_cidr`;
    expect(synth('demo').part('output')['Out']).toEqual({
      value: {
        name: 'demo',
        version: `\${${cluster}.version}`,
        endpoint: `\${${cluster}.endpoint}`,
        certificateAuthority: `\${${cluster}.certificate_authority[0].data}`,
        serviceCidr: `\${${network}}`,
        dnsIp: `\${cidrhost(${network}, 10)}`,
        securityGroupId: `\${${cluster}.vpc_config[0].cluster_security_group_id}`,
        authenticationMode: `\${${cluster}.access_config[0].authentication_mode}`,
      },
    });
  });

  it('does not allow a name that no cluster can have', () => {
    expect(refusedBy(() => synth('no blanks'))).toEqual([
      '`clusterName` cluster-name: "no blanks"',
    ]);
  });

  it('takes a name that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'name', { type: 'string' });
      new EksCluster(stack, 'Cluster', { clusterName: stringValue });
    });
    expect(template.data('aws_eks_cluster')).toEqual({ name: '${var.name}' });
  });
});

describe('CLUSTER_NAME', () => {
  it.each(['a', '1', 'Demo_1-x', 'n'.repeat(100)])('allows %s', (name) => {
    expect(checkText(['name'], name, CLUSTER_NAME)).toEqual([]);
  });

  it.each(['', '-a', '_a', 'a b', 'a.b', "a'b", '${a}', 'a\n', 'n'.repeat(101)])(
    'does not allow %j',
    (name) => {
      expect(checkText(['cluster', 'name'], name, CLUSTER_NAME).map(outline)).toEqual([
        `\`cluster.name\` cluster-name: ${JSON.stringify(name)}`,
      ]);
    },
  );
});
