import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../emulated-aws';
import { textAt } from '../front/xml-reading';
import type { Inventory } from '../inventory';

describeWith(['moto_server'], 'the inventory of the emulated AWS', () => {
  let aws: EmulatedAws;
  let untouched: Inventory;

  beforeAll(async () => {
    aws = await startEmulatedAws();
    untouched = await aws.inventory();
  });

  afterAll(() => aws.stop());

  it('is empty at the start', () => {
    const filled = Object.keys(untouched).filter((kind) => untouched[kind]?.length !== 0);
    expect(filled).toEqual([]);
  });

  it.each(['us-east-1', 'eu-west-1'])('lists what moto_server has in %s', async (region) => {
    const { client } = aws;
    const arn = `arn:aws:sns:${region}:${aws.accountId}:builds`;
    await client.query('sns', 'CreateTopic', { Name: 'builds' }, region);
    const subscription = { TopicArn: arn, Protocol: 'email', Endpoint: 'a@example.com' };
    await client.query('sns', 'Subscribe', subscription, region);
    const rule = { Name: 'builds', EventPattern: '{"source":["aws.imagebuilder"]}' };
    await client.json('events', 'PutRule', rule, region);
    const targets = { Rule: 'builds', Targets: [{ Id: 'topic', Arn: arn }] };
    await client.json('events', 'PutTargets', targets, region);
    await client.json('logs', 'CreateLogGroup', { logGroupName: 'builds' }, region);
    const secret = { Name: 'registry', SecretString: 'x', ClientRequestToken: 'a'.repeat(32) };
    await client.json('secretsmanager', 'CreateSecret', secret, region);
    const key = await client.json('kms', 'CreateKey', {}, region);
    const { KeyId } = key['KeyMetadata'] as Readonly<Record<string, unknown>>;
    const alias = { AliasName: 'alias/images', TargetKeyId: KeyId };
    await client.json('kms', 'CreateAlias', alias, region);
    await client.query('ec2', 'CreateKeyPair', { KeyName: 'admin' }, region);
    const vpc = await client.query('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }, region);
    const group = await client.query(
      'ec2',
      'CreateSecurityGroup',
      { VpcId: textAt(vpc, 'vpc', 'vpcId'), GroupName: 'builds', GroupDescription: 'Builds' },
      region,
    );
    const groupId = textAt(group, 'groupId');

    const inventory = await aws.inventory();
    const prefix = region === 'us-east-1' ? '' : `${region}/`;
    const listed = (kind: string) => inventory[`${prefix}${kind}`];
    expect(listed('topics')).toEqual([arn]);
    expect(listed('subscriptions')).toEqual([`${arn} email a@example.com`]);
    expect(listed('eventRules')).toEqual(['builds']);
    expect(listed('eventTargets')).toEqual([`builds ${arn}`]);
    expect(listed('logGroups')).toEqual(['builds']);
    expect(listed('secrets')).toEqual(['registry']);
    expect(listed('kmsKeys')).toEqual([KeyId]);
    expect(listed('kmsAliases')).toEqual(['alias/images']);
    expect(listed('keyPairs')).toEqual(['admin']);
    expect(listed('securityGroups')).toEqual([groupId]);
    expect(listed('securityGroupRules')).toEqual([expect.stringMatching(`^${groupId} sgr-`)]);
    await client.json('kms', 'ScheduleKeyDeletion', { KeyId }, region);
    expect((await aws.inventory())[`${prefix}kmsKeys`] ?? []).toEqual([]);
  });

  it('lists buckets and inline policies, which have no region', async () => {
    await aws.client.s3('PUT', '/documents');
    await aws.client.s3('PUT', '/documents/a.yaml', 'text');
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const role = { RoleName: 'builder', AssumeRolePolicyDocument: document };
    await aws.client.query('iam', 'CreateRole', role);
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    await aws.client.query('iam', 'PutRolePolicy', {
      RoleName: 'builder',
      PolicyName: 'logs',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    expect(await aws.inventory()).toMatchObject({
      buckets: ['documents'],
      s3Objects: ['documents/a.yaml'],
      roles: ['builder'],
      rolePolicies: ['builder logs'],
    });
  });
});
