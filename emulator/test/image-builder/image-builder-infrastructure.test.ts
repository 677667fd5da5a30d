import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import type { Json } from '../../front/json-fields';
import { refusalOf } from '../../front/refusal';
import { textAt } from '../../front/xml-reading';
import { ImageBuilderClient } from './image-builder-client';

const INVALID = '400 InvalidParameterValueException: The value supplied for parameter';

describeWith(['moto_server'], 'build instances of the emulated Image Builder', () => {
  let aws: EmulatedAws;
  let builder: ImageBuilderClient;

  const network = async (block: string): Promise<readonly [subnet: string, group: string]> => {
    const vpc = await aws.client.query('ec2', 'CreateVpc', { CidrBlock: `${block}/16` });
    const VpcId = textAt(vpc, 'vpc', 'vpcId');
    const range = { VpcId, CidrBlock: `${block}/24` };
    const named = { VpcId, GroupName: block, GroupDescription: 'Builds' };
    const subnet = await aws.client.query('ec2', 'CreateSubnet', range);
    const group = await aws.client.query('ec2', 'CreateSecurityGroup', named);
    return [textAt(subnet, 'subnet', 'subnetId'), textAt(group, 'groupId')];
  };

  const keyIn = async (region: string): Promise<string> => {
    const { KeyMetadata } = await aws.client.json('kms', 'CreateKey', {}, region);
    return String((KeyMetadata as Json)['Arn']);
  };

  const failureWith = async (ebs: Json): Promise<string> => {
    const blockDeviceMappings = [{ deviceName: '/dev/sda1', ebs: { volumeSize: 50, ...ebs } }];
    return builder.failureOf(await builder.inputs({ blockDeviceMappings }));
  };

  beforeAll(async () => {
    aws = await startEmulatedAws({ buildsWriteLogs: true });
    builder = await ImageBuilderClient.start(aws);
  });

  afterAll(() => aws.stop());

  it('take a subnet with security groups of the same VPC only', async () => {
    const [subnetId, group] = await network('10.1.0.0');
    const [, foreign] = await network('10.2.0.0');
    const securityGroupIds = [group];
    expect(await refusalOf(builder.infrastructure({ subnetId, securityGroupIds }))).toBe(
      'accepted',
    );
    const refused = { subnetId, securityGroupIds: [group, foreign] };
    expect(await refusalOf(builder.infrastructure(refused))).toBe(
      `${INVALID} 'securityGroupIds' is not valid. ` +
        `The security group '${foreign}' is not in the VPC of the subnet '${subnetId}'.`,
    );
  });

  it.each([
    [
      { placement: { availabilityZone: 'eu-west-1a' } },
      `${INVALID} 'availabilityZone' is not valid. It must be a zone of us-east-1, got: eu-west-1a`,
    ],
    [
      { placement: { hostId: 'h-0123456789abcdef0' } },
      '400 InvalidParameterCombinationException: The tenancy must be host when hostId is provided.',
    ],
    [
      { instanceMetadataOptions: { httpTokens: 'none' } },
      `${INVALID} 'httpTokens' is not valid. It must be one of optional, required, got: none`,
    ],
    [
      { instanceMetadataOptions: { httpPutResponseHopLimit: 65 } },
      `${INVALID} 'httpPutResponseHopLimit' is not valid. It must be 1 to 64, got: 65`,
    ],
    [
      { resourceTags: Object.fromEntries([...'abcdefghijklmnopqrstuvwxyz12345'].entries()) },
      `${INVALID} 'resourceTags' is not valid. It must have at most 30 tags, got: 31`,
    ],
  ])('are refused with %j', async (fields, refusal) => {
    expect(await refusalOf(builder.infrastructure(fields))).toBe(refusal);
  });

  it('do not start without the bucket, topic and key pair they name', async () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:builds';
    const logging = { s3Logs: { s3BucketName: 'build-logs' } };
    const keyPair = 'admin';
    const failure = async (infrastructure: Json) =>
      builder.failureOf(await builder.inputs({}, infrastructure));
    const inputs = await builder.inputs({}, { logging, snsTopicArn: topic, keyPair });
    expect(await builder.failureOf(inputs)).toBe(
      "The S3 bucket 'build-logs' for logs does not exist.",
    );
    expect(await failure({ snsTopicArn: topic })).toBe(`The SNS topic '${topic}' does not exist.`);
    expect(await failure({ keyPair })).toBe("The key pair 'admin' does not exist");
    await aws.client.s3('PUT', '/build-logs');
    await aws.client.query('sns', 'CreateTopic', { Name: 'builds' });
    await aws.client.query('ec2', 'CreateKeyPair', { KeyName: 'admin' });
    expect(await builder.failureOf(inputs)).toBe('AVAILABLE');
  });

  it('do not start when their security group is gone', async () => {
    const [subnetId, group] = await network('10.3.0.0');
    const inputs = await builder.inputs({}, { subnetId, securityGroupIds: [group] });
    expect(await builder.failureOf(inputs)).toBe('AVAILABLE');
    await aws.client.query('ec2', 'DeleteSecurityGroup', { GroupId: group });
    expect(await builder.failureOf(inputs)).toBe(
      "The value supplied for parameter 'securityGroupIds' is not valid. " +
        `The security group '${group}' does not exist.`,
    );
  });

  it('do not start from a disabled AMI', async () => {
    const parentImage = aws.seedImage({ name: 'to be disabled' });
    const inputs = await builder.inputs({ parentImage });
    await aws.client.query('ec2', 'DisableImage', { ImageId: parentImage });
    expect(await builder.failureOf(inputs)).toBe(
      "The value supplied for parameter 'parentImage' is not valid. " +
        `The image '${parentImage}' does not exist.`,
    );
  });

  it('write logs to a log group and to the bucket, also when they fail', async () => {
    await aws.client.s3('PUT', '/written-logs');
    const name = builder.newName();
    const s3Logs = { s3BucketName: 'written-logs', s3KeyPrefix: '/windows/' };
    const inputs = await builder.inputs({ name }, { logging: { s3Logs } });
    aws.failNextImageBuild('exit code 1');
    expect(await builder.failureOf(inputs)).toBe('exit code 1');
    const inventory = await aws.inventory();
    expect(inventory['logGroups']).toContain(`/aws/imagebuilder/${name}`);
    expect(inventory['s3Objects']).toContain(`written-logs/windows/${name}/1.0.0/1/console.log`);
  });

  it.each([
    [{ volumeType: 'gp2', iops: 3000 }, 'The parameter iops is not supported for gp2 volumes.'],
    [{ volumeType: 'io2' }, 'The parameter iops must be specified for io2 volumes.'],
    [
      { volumeType: 'io2', iops: 3000, throughput: 250 },
      'The parameter throughput is not supported for io2 volumes.',
    ],
    [
      { kmsKeyId: 'alias/none' },
      'The parameter KmsKeyId requires the parameter Encrypted to be set.',
    ],
    [
      { encrypted: true, kmsKeyId: 'alias/none' },
      "The KMS key 'alias/none' does not exist or cannot be used.",
    ],
    [{ volumeType: 'gp3', iops: 4000, throughput: 250 }, 'AVAILABLE'],
  ])('check the volume %j', async (ebs, outcome) => {
    expect(await failureWith(ebs)).toBe(outcome);
  });

  it('use keys of their own region only', async () => {
    const [own, foreign] = [await keyIn('us-east-1'), await keyIn('eu-west-1')];
    expect(await failureWith({ encrypted: true, kmsKeyId: own })).toBe('AVAILABLE');
    expect(await failureWith({ encrypted: true, kmsKeyId: foreign })).toBe(
      `The KMS key '${foreign}' does not exist or cannot be used.`,
    );
    await aws.client.json('kms', 'ScheduleKeyDeletion', { KeyId: own.split('/').pop() });
    expect(await failureWith({ encrypted: true, kmsKeyId: own })).toBe(
      `The KMS key '${own}' does not exist or cannot be used.`,
    );
  });

  it.each([
    [{ iops: 50 }, `${INVALID} 'iops' is not valid. It must be 100 to 64000, got: 50`],
    [
      { throughput: 2000 },
      `${INVALID} 'throughput' is not valid. It must be 125 to 1000, got: 2000`,
    ],
    [
      { volumeType: 'gp4' },
      `${INVALID} 'volumeType' is not valid. ` +
        'It must be one of standard, io1, io2, gp2, gp3, sc1, st1, got: gp4',
    ],
  ])('have volumes within the limits of the API: %j', async (ebs, refusal) => {
    const blockDeviceMappings = [{ deviceName: '/dev/sda1', ebs }];
    expect(await refusalOf(builder.recipe({ blockDeviceMappings }))).toBe(refusal);
  });

  it('start from the newest image that a version with x selects', async () => {
    const name = builder.newName();
    const { outputResources } = await builder.build(await builder.inputs({ name }));
    const parentImage = `arn:aws:imagebuilder:us-east-1:123456789012:image/${name}/x.x.x`;
    const child = await builder.inputs({ parentImage });
    expect(await builder.failureOf(child)).toBe('AVAILABLE');
    const [ami] = (outputResources as { readonly amis: readonly Json[] }).amis;
    const ImageId = String(ami?.['image']);
    await aws.client.query('ec2', 'DeregisterImage', { ImageId });
    expect(await builder.failureOf(child)).toBe(
      `The value supplied for parameter 'parentImage' is not valid. ` +
        `The image '${parentImage}' does not exist.`,
    );
  });

  it('tell every step of an image', async () => {
    const { arn } = await builder.build(await builder.inputs());
    const steps = aws.stateChanges.filter(({ imageArn }) => imageArn === arn);
    expect(steps.map(({ previous, status }) => `${previous} ${status}`)).toEqual([
      ...['PENDING BUILDING', 'BUILDING TESTING', 'TESTING DISTRIBUTING'],
      'DISTRIBUTING AVAILABLE',
    ]);
  });
});
