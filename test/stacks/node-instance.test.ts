import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { expectGolden } from '../support/golden';
import type { Template } from '../support/template';
import {
  addressOf,
  SECOND_GROUP,
  synthesizeEnvironment,
  WITHOUT_FAST_LAUNCH,
} from './synthesized-environment';

const OWN_GROUP: Change = ['ami: built\n', 'ami: built\n  securityGroup: {}\n'];

/** The launch templates by the names of their groups. */
function templates(nodes: Template) {
  const all = Object.values(nodes.resources('aws_launch_template'));
  return Object.fromEntries(
    all.map((one) => [`${one['name']}`.replace('example-windows-nodes-', ''), one]),
  );
}

describe('the instances of a group', () => {
  it('are as the group says, and no other group is', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, SECOND_GROUP, [
      '      maxSize: 5\n',
      '      maxSize: 5\n      httpPutResponseHopLimit: 2\n      keyName: operators\n      rootVolume: { throughput: 500 }\n',
    ]);
    const { apps, batch } = templates(nodes);
    expect(apps).toMatchObject({
      key_name: 'operators',
      metadata_options: { http_put_response_hop_limit: 2 },
      block_device_mappings: [{ ebs: { volume_size: 100, throughput: 500 } }],
    });
    expect(batch?.['metadata_options']).toMatchObject({ http_put_response_hop_limit: 1 });
    expect(batch).not.toHaveProperty('key_name');
  });

  it('leave everything out of the template that nobody asked for', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    expect(Object.keys(nodes.resource('aws_launch_template')).sort()).toEqual([
      'block_device_mappings',
      'depends_on',
      'iam_instance_profile',
      'image_id',
      'instance_type',
      'lifecycle',
      'metadata_options',
      'name',
      'tag_specifications',
      'tags',
      'update_default_version',
      'user_data',
      'vpc_security_group_ids',
    ]);
  });
});

describe('the security group of the nodes', () => {
  it('is that of the cluster when none is asked for', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    expect(nodes.resources('aws_security_group')).toEqual({});
    expect(nodes.part('output')).not.toHaveProperty('security_group_id');
  });

  it('consists of these addresses when it is: another one is destroyed and made anew', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, OWN_GROUP);
    expectGolden('addresses/nodes-with-security-group.txt', `${nodes.addresses().join('\n')}\n`);
  });

  it('is made once, in the network of the first group, with the tags of the environment', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, SECOND_GROUP, OWN_GROUP);
    expect(nodes.data('aws_subnet')).toEqual({ id: 'subnet-0123456789abcdef0' });
    expect(nodes.resource('aws_security_group')).toMatchObject({
      name_prefix: 'example-windows-nodes-',
      tags: { owner: 'platform' },
    });
  });

  it('is that of every group, and of the output, but for groups with others', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, SECOND_GROUP, OWN_GROUP, [
      '      rootVolumeGiB: 200\n',
      '      rootVolumeGiB: 200\n      securityGroupIds: [sg-0123456789abcdef0]\n',
    ]);
    const own = `\${${addressOf(nodes, 'aws_security_group', 'SecurityGroup')}.id}`;
    const { apps, batch } = templates(nodes);
    expect(apps?.['vpc_security_group_ids']).toEqual([own]);
    expect(batch?.['vpc_security_group_ids']).toEqual(['sg-0123456789abcdef0']);
    expect(nodes.part('output')['security_group_id']).toEqual({ value: own });
  });

  it.each([
    ['all', 4],
    ['windows-only', 6],
  ])('has all its rules before a node boots, for the pod traffic %s', (podTraffic, count) => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, [
      'ami: built\n',
      `ami: built\n  securityGroup: { podTraffic: ${podTraffic} }\n`,
    ]);
    const rules = nodes.addresses().filter((one) => one.startsWith('aws_vpc_security_group_'));
    expect(rules).toHaveLength(count);
    expect(nodes.resource('aws_launch_template')['depends_on']).toEqual(
      expect.arrayContaining(rules),
    );
  });
});
