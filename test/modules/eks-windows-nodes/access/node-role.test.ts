import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  EksCluster,
  WindowsNodeRole,
  type WindowsNodeRoleProps,
} from '../../../../modules/eks-windows-nodes';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { evaluate, valuesOf } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

const ROLE = 'aws_iam_role.Role_8C6B06EB';
const PARTITION = 'data.aws_partition.Role_Partition_99D93634.partition';
const WORKER = 'aws_iam_role_policy_attachment.Role_AmazonEKSWorkerNodePolicy_994AC896';
const PULL = 'aws_iam_role_policy_attachment.Role_AmazonEC2ContainerRegistryPullOnly_FD0D162A';
const PROFILE = 'aws_iam_instance_profile.Role_InstanceProfile_B77A4839';
const ENTRY = 'aws_eks_access_entry.Role_AccessEntry_54B3BBDE';

const synth = (props: Partial<WindowsNodeRoleProps> = {}): Template =>
  Template.of((stack) => {
    const cluster = new EksCluster(stack, 'Cluster', { clusterName: 'demo' });
    const role = new WindowsNodeRole(stack, 'Role', { name: 'demo-nodes', cluster, ...props });
    const { arn, instanceProfileName } = role;
    new TerraformOutput(stack, 'Out', { value: { arn, instanceProfileName } });
    new TerraformData(stack, 'Nodes', { triggersReplace: {}, dependsOn: role.ready });
  });

/** The condition on the authentication mode of the cluster. */
function condition(template: Template): { condition: string; error_message: string } | undefined {
  const lifecycle = template.resource('aws_eks_access_entry')['lifecycle'];
  const { precondition } = lifecycle as {
    precondition: { condition: string; error_message: string }[];
  };
  return precondition[0];
}

describe('the authentication mode of a cluster that is known', () => {
  const withMode = (authenticationMode: string) => () =>
    synth({ cluster: { name: 'demo', authenticationMode } });

  it.each(['API', 'API_AND_CONFIG_MAP'])('needs no check at plan when it is %s', (mode) => {
    const entry = withMode(mode)().resource('aws_eks_access_entry');
    expect(entry).not.toHaveProperty('lifecycle');
  });

  it('may not be one in which EKS does not read access entries', () => {
    expect(refusedBy(withMode('CONFIG_MAP'))).toEqual([
      '`cluster.authenticationMode` one-of: "CONFIG_MAP"',
    ]);
  });
});

describe('WindowsNodeRole', () => {
  it('makes a role with two policies, an instance profile and an access entry', () => {
    expect(synth().addresses()).toEqual([
      ENTRY,
      PROFILE,
      ROLE,
      PULL,
      WORKER,
      'data.aws_eks_cluster.Cluster_EB0386A7',
      'data.aws_partition.Role_Partition_99D93634',
      'terraform_data.Nodes',
    ]);
  });

  it('is a role for EC2 with the rights of a node, and no more', () => {
    const template = synth();
    expect(template.resource('aws_iam_role')).toEqual({
      name: 'demo-nodes',
      description: 'Windows nodes of the EKS cluster demo',
      assume_role_policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'EC2' },
            Action: 'sts:AssumeRole',
          },
        ],
      }).replace(
        'EC2',
        `\${(${PARTITION} == "aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"}`,
      ),
    });
    const role = `\${${ROLE}.name}`;
    const policy = (name: string): string => `arn:\${${PARTITION}}:iam::aws:policy/${name}`;
    expect(Object.values(template.resources('aws_iam_role_policy_attachment'))).toEqual([
      { role, policy_arn: policy('AmazonEC2ContainerRegistryPullOnly') },
      { role, policy_arn: policy('AmazonEKSWorkerNodePolicy') },
    ]);
    expect(template.resource('aws_iam_instance_profile')).toEqual({
      name: 'demo-nodes',
      role,
    });
  });

  it('enters the role as one of Windows nodes, in a cluster that reads access entries', () => {
    const mode = 'data.aws_eks_cluster.Cluster_EB0386A7.access_config[0].authentication_mode';
    expect(synth().resource('aws_eks_access_entry')).toEqual({
      cluster_name: 'demo',
      principal_arn: `\${${ROLE}.arn}`,
      type: 'EC2_WINDOWS',
      lifecycle: {
        precondition: [
          {
            condition: `\${contains(["API", "API_AND_CONFIG_MAP"], ${mode})}`,
            error_message: `Cluster demo has authentication mode \${${mode}}, in which EKS does not read access entries, so that no node could join. Change it to API_AND_CONFIG_MAP: aws eks update-cluster-config --name demo --access-config authenticationMode=API_AND_CONFIG_MAP`,
          },
        ],
      },
    });
  });

  it('tags all that can have tags', () => {
    const template = synth({ tags: { Team: 'windows' } });
    const types = ['aws_iam_role', 'aws_iam_instance_profile', 'aws_eks_access_entry'];
    expect(types.map((type) => template.resource(type)['tags'])).toEqual([
      { Team: 'windows' },
      { Team: 'windows' },
      { Team: 'windows' },
    ]);
  });

  it('puts role and profile into a path, bounds the role, and changes the name with the path', () => {
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/boundary';
    const template = synth({ iam: { path: '/eks/windows/', permissionsBoundary } });
    const name = 'demo-nodes-2e66c5';
    expect(template.resource('aws_iam_role')).toMatchObject({
      name,
      path: '/eks/windows/',
      permissions_boundary: permissionsBoundary,
    });
    expect(template.resource('aws_iam_instance_profile')).toMatchObject({
      name,
      path: '/eks/windows/',
    });
  });

  it('hands on its ARN and its instance profile', () => {
    expect(synth().part('output')['Out']).toEqual({
      value: { arn: `\${${ROLE}.arn}`, instanceProfileName: `\${${PROFILE}.name}` },
    });
  });

  it('is ready when the policies and the access entry are there', () => {
    expect(synth().resource('terraform_data')['depends_on']).toEqual([WORKER, PULL, ENTRY]);
  });

  it('does not allow a name that IAM refuses', () => {
    expect(refusedBy(() => synth({ name: 'demo nodes' }))).toEqual([
      '`name` role-name: "demo nodes"',
    ]);
  });
});

describeWith(['terraform'], 'the condition on the authentication mode', () => {
  it.each([
    ['API', true],
    ['API_AND_CONFIG_MAP', true],
    ['CONFIG_MAP', false],
  ])('for %s is %s', (mode, expected) => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'mode', { default: mode });
      const cluster = { name: 'demo', authenticationMode: stringValue };
      new WindowsNodeRole(stack, 'Role', { name: 'demo-nodes', cluster });
    });
    const { variable } = valuesOf(template);
    const locals = { holds: condition(template)?.condition };
    expect(evaluate('local.holds', { variable, locals })).toBe(expected);
  });
});
