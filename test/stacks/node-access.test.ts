import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { synthesizeEnvironment, WITHOUT_FAST_LAUNCH } from './synthesized-environment';

const access = (text: string): Change => ['nodes:\n', `nodes:\n  access: ${text}\n`];

describe('access of the nodes of an environment', () => {
  it('is handed over as text for aws-auth, and checked before a launch', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, access('{ entry: aws-auth }'));
    const role = nodes.addresses().find((one) => one.startsWith('aws_iam_role.'));
    expect(nodes.part('output')['aws_auth_map_roles']).toEqual({
      value: [
        `- rolearn: \${replace(${role}.arn, "/:role/.*//", ":role/")}`,
        '  username: system:node:{{EC2PrivateDNSName}}',
        '  groups:',
        '    - system:bootstrappers',
        '    - system:nodes',
        '    - eks:kube-proxy-windows',
        '',
      ].join('\n'),
    });
    const { precondition } = nodes.resource('aws_launch_template')['lifecycle'] as {
      precondition: { error_message: string }[];
    };
    expect(precondition.map((one) => one.error_message)).toContainEqual(
      expect.stringContaining('in which EKS does not read aws-auth'),
    );
  });

  it('has no text for aws-auth with an access entry', () => {
    const { nodes } = synthesizeEnvironment(
      WITHOUT_FAST_LAUNCH,
      access('{ sessionManager: true }'),
    );
    expect(nodes.part('output')).not.toHaveProperty('aws_auth_map_roles');
    expect(nodes.counts()['aws_iam_role_policy_attachment']).toBe(3);
  });

  it('is that of an existing instance profile, which the nodes get', () => {
    const { nodes } = synthesizeEnvironment(
      WITHOUT_FAST_LAUNCH,
      access('{ instanceProfileName: nodes }'),
    );
    expect(nodes.counts()).not.toHaveProperty('aws_iam_role');
    expect(nodes.resource('aws_launch_template')['iam_instance_profile']).toEqual({
      name: 'nodes',
    });
  });
});
