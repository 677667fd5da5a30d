import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { childrenAt, textAt } from '../../front/xml-reading';
import {
  type SeededNetworkAndCluster,
  seedNetworkAndCluster,
} from '../../seed-network-and-cluster';

type Json = Record<string, unknown>;

describeWith(['moto_server'], 'EKS in the emulated AWS', () => {
  let aws: EmulatedAws;
  let seeded: SeededNetworkAndCluster;
  let roles = 0;

  beforeAll(async () => {
    aws = await startEmulatedAws();
    seeded = await seedNetworkAndCluster(aws, { clusterName: 'demo', kubernetesVersion: '1.35' });
  });

  afterAll(() => aws.stop());

  const newRole = async (): Promise<string> => {
    roles += 1;
    const document = await aws.client.query('iam', 'CreateRole', {
      RoleName: `node-${roles}`,
      Path: '/nodes/',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    });
    return textAt(document, 'CreateRoleResult', 'Role', 'Arn');
  };

  const create = (body: Json, cluster = 'demo'): Promise<Json> =>
    aws.client.rest('eks', 'POST', `/clusters/${cluster}/access-entries`, body);

  const entryPath = (principalArn: unknown): string =>
    `/clusters/demo/access-entries/${encodeURIComponent(String(principalArn))}`;

  it('describes the cluster with all that nodes need', async () => {
    const { cluster } = await aws.client.rest('eks', 'GET', '/clusters/demo');
    expect(cluster).toMatchObject({
      version: '1.35',
      status: 'ACTIVE',
      kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16' },
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
      resourcesVpcConfig: {
        vpcId: seeded.vpcId,
        subnetIds: seeded.subnetIds,
        clusterSecurityGroupId: seeded.clusterSecurityGroupId,
      },
    });
    const groups = await aws.client.query('ec2', 'DescribeSecurityGroups', {
      'GroupId.1': seeded.clusterSecurityGroupId,
    });
    expect(textAt(childrenAt(groups, 'securityGroupInfo')[0], 'vpcId')).toBe(seeded.vpcId);
  });

  it('upgrades the cluster', async () => {
    await aws.client.rest('eks', 'POST', '/clusters/demo/updates', { version: '1.36' });
    const { cluster } = await aws.client.rest('eks', 'GET', '/clusters/demo');
    expect((cluster as Json)['version']).toBe('1.36');
  });

  it('creates, lists, tags and deletes an entry for Windows nodes', async () => {
    const principalArn = await newRole();
    const created = await create({ principalArn, type: 'EC2_WINDOWS', tags: { a: '1' } });
    expect(created['accessEntry']).toMatchObject({
      clusterName: 'demo',
      principalArn,
      type: 'EC2_WINDOWS',
      username: 'system:node:{{EC2PrivateDNSName}}',
    });
    const { accessEntryArn } = created['accessEntry'] as Json;
    const tagsPath = `/tags/${encodeURIComponent(String(accessEntryArn))}`;
    await aws.client.rest('eks', 'POST', tagsPath, { tags: { b: '2' } });
    await aws.client.rest('eks', 'DELETE', `${tagsPath}?tagKeys=a`);
    const described = await aws.client.rest('eks', 'GET', entryPath(principalArn));
    expect((described['accessEntry'] as Json)['tags']).toEqual({ b: '2' });
    const listed = await aws.client.rest('eks', 'GET', '/clusters/demo/access-entries');
    expect(listed['accessEntries']).toEqual([principalArn]);
    expect((await aws.inventory())['accessEntries']).toEqual([`demo ${principalArn}`]);
    await aws.client.rest('eks', 'DELETE', entryPath(principalArn));
    expect(await refusalOf(aws.client.rest('eks', 'GET', entryPath(principalArn)))).toBe(
      '404 ResourceNotFoundException: The specified principalArn could not be found. You can ' +
        "view your available access entries with 'list-access-entries'.",
    );
  });

  it('refuses a second entry for a principal', async () => {
    const principalArn = await newRole();
    await create({ principalArn, type: 'EC2_WINDOWS' });
    expect(await refusalOf(create({ principalArn }))).toBe(
      '409 ResourceInUseException: The specified access entry resource is already in use on ' +
        'this cluster.',
    );
  });

  it('refuses groups for nodes, other types, other clusters and unknown principals', async () => {
    const principalArn = await newRole();
    const kubernetesGroups = ['system:masters'];
    expect(await refusalOf(create({ principalArn, type: 'EC2_WINDOWS', kubernetesGroups }))).toBe(
      '400 InvalidParameterException: ' +
        'kubernetesGroups are not allowed for access entries of type EC2_WINDOWS',
    );
    expect(await refusalOf(create({ principalArn, type: 'WINDOWS' }))).toBe(
      '400 InvalidParameterException: Invalid access entry type: WINDOWS',
    );
    expect(await refusalOf(create({ principalArn }, 'nope'))).toBe(
      '404 ResourceNotFoundException: No cluster found for name: nope.',
    );
    const stranger = 'arn:aws:iam::123456789012:role/stranger';
    expect(await refusalOf(create({ principalArn: stranger }))).toBe(
      '400 InvalidParameterException: ' +
        'The specified principalArn is invalid: invalid principal.',
    );
  });

  it('refuses entries on a cluster with authentication mode CONFIG_MAP', async () => {
    await seedNetworkAndCluster(aws, {
      clusterName: 'old',
      kubernetesVersion: '1.35',
      authenticationMode: 'CONFIG_MAP',
    });
    expect(await refusalOf(create({ principalArn: await newRole() }, 'old'))).toBe(
      "400 InvalidRequestException: The cluster's authentication mode must be set to one of " +
        '[API, API_AND_CONFIG_MAP] to perform this operation.',
    );
  });

  it('attaches the managed policies that moto_server lacks', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/EC2ImageBuilderExecutionPolicy';
    const RoleName = (await newRole()).split('/').pop() ?? '';
    await aws.client.query('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    const listed = await aws.client.query('iam', 'ListAttachedRolePolicies', { RoleName });
    const result = childrenAt(listed, 'ListAttachedRolePoliciesResult', 'AttachedPolicies');
    expect(result.map((policy) => textAt(policy, 'PolicyArn'))).toEqual([PolicyArn]);
    expect(await refusalOf(aws.client.query('iam', 'DeleteRole', { RoleName }))).toBe(
      '409 DeleteConflict: Cannot delete entity, must detach all policies first.',
    );
    await aws.client.query('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
    expect(await refusalOf(aws.client.query('iam', 'DeleteRole', { RoleName }))).toBe('accepted');
  });
});
