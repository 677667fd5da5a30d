import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  EksCluster,
  type NodeAccess,
  WindowsNodeRole,
} from '../../../../modules/eks-windows-nodes';
import { allow, policyOf } from '../../../../modules/iam';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { evaluate } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/eks/windows-nodes';
const POLICY_ARN = 'arn:aws:iam::111122223333:policy/node-logs';
const MODE = '${data.aws_eks_cluster.Cluster_EB0386A7.access_config[0].authentication_mode}';
const POLICY = policyOf([allow('Read', { actions: 's3:GetObject', resources: '*' })]);

const synth = (access: NodeAccess, authenticationMode?: string): Template =>
  Template.of((stack) => {
    const cluster =
      authenticationMode === undefined
        ? new EksCluster(stack, 'Cluster', { clusterName: 'demo' })
        : { name: 'demo', authenticationMode };
    const role = new WindowsNodeRole(stack, 'Role', { name: 'demo-nodes', cluster, access });
    role.addPolicy('Extra', POLICY);
    const { arn, instanceProfileName, conditions } = role;
    const policiesToAdd = [...role.policiesToAdd.keys()];
    const value = { arn, instanceProfileName, conditions, policiesToAdd };
    new TerraformOutput(stack, 'Out', { value });
    new TerraformData(stack, 'Nodes', { triggersReplace: {}, dependsOn: role.ready });
  });

const outputs = (template: Template) =>
  (template.part('output')['Out'] as { value: Record<string, unknown> }).value;

describe('the role that is made', () => {
  it('lets people in with Session Manager when asked to', () => {
    const names = (template: Template) =>
      Object.keys(template.resources('aws_iam_role_policy_attachment')).map((name) =>
        name.replace(/^Role_|_[0-9A-F]{8}$/g, ''),
      );
    const base = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy'];
    expect(names(synth({}))).toEqual(base);
    expect(names(synth({ sessionManager: true }))).toEqual([
      ...base,
      'AmazonSSMManagedInstanceCore',
    ]);
  });

  it('gets further policies by their ARNs, before a node boots', () => {
    const template = synth({ policyArns: [POLICY_ARN] });
    const [name, attachment] =
      Object.entries(template.resources('aws_iam_role_policy_attachment')).find(([key]) =>
        key.includes('node-logs'),
      ) ?? [];
    expect(attachment).toEqual({
      role: '${aws_iam_role.Role_8C6B06EB.name}',
      policy_arn: POLICY_ARN,
    });
    expect(template.resource('terraform_data')['depends_on']).toContain(
      `aws_iam_role_policy_attachment.${name}`,
    );
  });

  it('gets policies of other parts, before a node boots', () => {
    const template = synth({});
    const [name] = Object.keys(template.resources('aws_iam_role_policy'));
    expect(template.resource('aws_iam_role_policy')).toEqual({
      name: 'Extra',
      role: '${aws_iam_role.Role_8C6B06EB.name}',
      policy: JSON.stringify(POLICY),
    });
    expect(template.resource('terraform_data')['depends_on']).toContain(
      `aws_iam_role_policy.${name}`,
    );
    expect(outputs(template)['policiesToAdd']).toEqual([]);
  });
});

describe('a role that exists already', () => {
  it('gets an instance profile and an access entry, and no policies', () => {
    const template = synth({ roleArn: ROLE_ARN });
    expect(template.counts()).toEqual({
      aws_eks_access_entry: 1,
      aws_iam_instance_profile: 1,
      terraform_data: 1,
    });
    expect(template.resource('aws_iam_instance_profile')).toEqual({
      name: 'demo-nodes',
      role: 'windows-nodes',
    });
    expect(template.resource('aws_eks_access_entry')['principal_arn']).toBe(ROLE_ARN);
    expect(outputs(template)['policiesToAdd']).toEqual(['Extra']);
  });

  it('is found by its instance profile', () => {
    const template = synth({ instanceProfileName: 'nodes' });
    expect(template.counts()).toEqual({ aws_eks_access_entry: 1, terraform_data: 1 });
    expect(template.data('aws_iam_instance_profile')).toEqual({ name: 'nodes' });
    expect(String(template.resource('aws_eks_access_entry')['principal_arn'])).toMatch(
      /^\$\{data\.aws_iam_instance_profile\.Role_ExistingProfile_[0-9A-F]{8}\.role_arn\}$/,
    );
    expect(outputs(template)['instanceProfileName']).toBe('nodes');
  });
});

describe('the entry of the role', () => {
  it('is looked up when it exists, and must be one of Windows nodes', () => {
    const template = synth({ roleArn: ROLE_ARN, entry: 'existing-entry' });
    expect(template.counts()).toEqual({ aws_iam_instance_profile: 1, terraform_data: 1 });
    expect(template.data('aws_eks_access_entry')).toEqual({
      cluster_name: 'demo',
      principal_arn: ROLE_ARN,
      lifecycle: {
        precondition: [
          {
            condition: expect.stringContaining('contains(["API", "API_AND_CONFIG_MAP"]'),
            error_message: expect.stringContaining('does not read access entries'),
          },
        ],
        postcondition: [
          {
            condition: '${self.type == "EC2_WINDOWS"}',
            error_message: `The access entry of ${ROLE_ARN} in cluster demo is of the type \${self.type}, not EC2_WINDOWS, so that pods on Windows nodes could not resolve names. Give Windows nodes a role of their own: the type of an entry cannot be changed.`,
          },
        ],
      },
    });
  });

  it('needs no check of the mode when it exists and the mode is known', () => {
    const template = synth({ entry: 'existing-entry' }, 'API');
    expect(template.data('aws_eks_access_entry')['lifecycle']).not.toHaveProperty('precondition');
  });

  it('is left out for aws-auth, and the launch is checked instead', () => {
    const template = synth({ entry: 'aws-auth' });
    expect(template.counts()).not.toHaveProperty('aws_eks_access_entry');
    expect(outputs(template)['conditions']).toEqual([
      {
        condition: `\${contains(["API_AND_CONFIG_MAP", "CONFIG_MAP"], ${MODE.slice(2, -1)})}`,
        errorMessage: `Cluster demo has authentication mode ${MODE}, in which EKS does not read aws-auth, so that no node could join. Let an access entry be made: access.entry: 'access-entry'.`,
      },
    ]);
  });

  it.each(['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'])(
    'is left to others, without a check, in a cluster of the mode %s',
    (mode) => {
      const template = synth({ entry: 'none' }, mode);
      expect(template.counts()).not.toHaveProperty('aws_eks_access_entry');
      expect(outputs(template)['conditions']).toEqual([]);
    },
  );

  it('may not be aws-auth in a cluster that does not read it', () => {
    expect(refusedBy(() => synth({ entry: 'aws-auth' }, 'API'))).toEqual([
      '`cluster.authenticationMode` one-of: "API"',
    ]);
  });
});

describe('checkNodeAccess', () => {
  it('tells all that is wrong', () => {
    const access = {
      entry: 'yes' as 'none',
      roleArn: 'windows-nodes',
      instanceProfileName: 'a/b',
      sessionManager: true,
      policyArns: ['AmazonEKS_CNI_Policy', 'AmazonEKS_CNI_Policy'],
    };
    expect(refusedBy(() => synth(access))).toEqual([
      '`access.entry` one-of: "yes"',
      '`access.roleArn` role-arn: "windows-nodes"',
      '`access.instanceProfileName` instance-profile-name: "a/b"',
      '`access.policyArns[1]` unique: "AmazonEKS_CNI_Policy"',
      '`access.policyArns[0]` node-policy-arn: "AmazonEKS_CNI_Policy"',
      '`access.policyArns[1]` node-policy-arn: "AmazonEKS_CNI_Policy"',
      '`access.instanceProfileName` existing-role-profile: "a/b"',
      '`access.sessionManager` existing-role-session-manager: true',
      '`access.policyArns` existing-role-policies: ["AmazonEKS_CNI_Policy","AmazonEKS_CNI_Policy"]',
    ]);
  });

  it('passes what only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'arn', { default: ROLE_ARN });
      const cluster = { name: 'demo', authenticationMode: 'API' };
      const access = { roleArn: stringValue };
      new WindowsNodeRole(stack, 'Role', { name: 'demo-nodes', cluster, access });
      const policyArns = [stringValue];
      new WindowsNodeRole(stack, 'Other', { name: 'others', cluster, access: { policyArns } });
    });
    expect(template.counts()['aws_iam_role_policy_attachment']).toBe(3);
  });
});

describeWith(['terraform'], 'the name of a role that Terraform knows', () => {
  it('is the end of its ARN', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'arn', { default: ROLE_ARN });
      const cluster = { name: 'demo', authenticationMode: 'API' };
      const access = { roleArn: stringValue };
      new WindowsNodeRole(stack, 'Role', { name: 'demo-nodes', cluster, access });
    });
    const variable = template.part('variable');
    const locals = { name: template.resource('aws_iam_instance_profile')['role'] };
    expect(evaluate('local.name', { variable, locals })).toBe('windows-nodes');
  });
});
