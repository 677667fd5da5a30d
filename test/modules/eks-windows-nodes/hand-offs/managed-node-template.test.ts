import { describe, expect, it } from '@jest/globals';
import { TerraformOutput } from 'cdktf';
import {
  ManagedNodeTemplate,
  type ManagedNodeTemplateProps,
  renderNodeUserData,
} from '../../../../modules/eks-windows-nodes';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { FAKE_CLUSTER } from '../fake-cluster';

const SMALLEST: ManagedNodeTemplateProps = {
  name: 'demo-windows',
  cluster: FAKE_CLUSTER,
  amiId: 'ami-0123456789abcdef0',
};

const synth = (props: Partial<ManagedNodeTemplateProps> = {}): Template =>
  Template.of((stack) => {
    const { id, latestVersion } = new ManagedNodeTemplate(stack, 'Nodes', {
      ...SMALLEST,
      ...props,
    });
    new TerraformOutput(stack, 'Out', { value: { id, latestVersion } });
  });

const launchTemplate = (props: Partial<ManagedNodeTemplateProps> = {}) =>
  synth(props).resource('aws_launch_template');

describe('ManagedNodeTemplate', () => {
  it('has the AMI, the volume and the cluster security group, and nothing that EKS refuses', () => {
    const template = launchTemplate();
    // Neither iam_instance_profile, instance_type and network_interfaces nor a shutdown behaviour.
    expect(Object.keys(template).sort()).toEqual([
      'block_device_mappings',
      'depends_on',
      'image_id',
      'lifecycle',
      'metadata_options',
      'name',
      'tag_specifications',
      'tags',
      'update_default_version',
      'user_data',
      'vpc_security_group_ids',
    ]);
    expect(template).toMatchObject({
      image_id: 'ami-0123456789abcdef0',
      name: 'demo-windows',
      vpc_security_group_ids: ['sg-0c1a57e4000000000'],
      block_device_mappings: [{ device_name: '/dev/sda1', ebs: { volume_size: 100 } }],
    });
  });

  it('brings the whole user data, because EKS adds nothing to that of an AMI of your own', () => {
    const labels = { workload: 'web' };
    const taints = [{ key: 'os', value: 'windows', effect: 'NoSchedule' }] as const;
    const [userData] = Object.values(synth({ labels, taints }).part('locals'));
    expect(userData).toBe(renderNodeUserData(FAKE_CLUSTER, { labels, taints }, 'demo-windows'));
  });

  it('gives out the id and the newest version for the group', () => {
    const template = synth();
    const [address] = template.addresses();
    expect(template.part('output')['Out']).toEqual({
      value: { id: `\${${address}.id}`, latestVersion: `\${${address}.latest_version}` },
    });
  });

  it('takes an instance type, security groups, a volume, tags and conditions', () => {
    const precondition = { condition: '${var.x}', errorMessage: 'no' };
    const template = launchTemplate({
      instanceType: 'm7i.xlarge',
      securityGroupIds: ['sg-12345678'],
      rootVolumeGiB: 200,
      tags: { team: 'windows' },
      preconditions: [precondition],
    });
    expect(template).toMatchObject({
      instance_type: 'm7i.xlarge',
      vpc_security_group_ids: ['sg-12345678'],
      block_device_mappings: [{ ebs: { volume_size: 200 } }],
      tags: { team: 'windows' },
      lifecycle: { precondition: [{ condition: '${var.x}', error_message: 'no' }] },
    });
  });

  it.each<readonly [Partial<ManagedNodeTemplateProps>, string]>([
    [{ labels: { 'a b': 'c' } }, '`labels["a b"]` kubernetes-key: "a b"'],
    [{ instanceType: 'm7g.xlarge' }, '`instanceType` graviton-type: "m7g.xlarge"'],
    [{ rootVolumeGiB: 10 }, '`rootVolumeGiB` integer-range: 10'],
  ])('does not allow %j', (props, problem) => {
    expect(refusedBy(() => synth(props))).toEqual([problem]);
  });
});
