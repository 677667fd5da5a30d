import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { childrenAt, textAt } from '../../front/xml-reading';

describeWith(['moto_server'], 'AMIs in the emulated AWS', () => {
  let aws: EmulatedAws;
  let amazon: string;
  let own: string;
  let linux: string;

  beforeAll(async () => {
    aws = await startEmulatedAws();
    amazon = aws.seedImage({ name: 'Windows-1', ownerId: '801119661308', ownerAlias: 'amazon' });
    own = aws.seedImage({ name: 'Node-1', tags: { kind: 'node' }, volumeSizeGib: 80 });
    linux = aws.seedImage({ name: 'Linux-1', platform: 'linux' });
  });

  afterAll(() => aws.stop());

  const ec2 = (operation: string, parameters: Record<string, string>, region = 'us-east-1') =>
    aws.client.query('ec2', operation, parameters, region);

  const found = async (parameters: Record<string, string>, region?: string) => {
    const document = await ec2('DescribeImages', parameters, region);
    return childrenAt(document, 'imagesSet').map((image) => textAt(image, 'imageId'));
  };

  const filtered = (name: string, value: string) =>
    found({ 'Filter.1.Name': name, 'Filter.1.Value.1': value });

  it('has the seeded AMIs only, each in its region', async () => {
    expect(await found({})).toEqual([amazon, own, linux]);
    expect(await found({}, 'eu-west-1')).toEqual([]);
    const other = aws.seedImage({ name: 'elsewhere', region: 'eu-west-1' });
    expect(await found({}, 'eu-west-1')).toEqual([other]);
    expect((await aws.inventory())['eu-west-1/amis']).toEqual([other]);
  });

  it('finds AMIs by owner', async () => {
    expect(await found({ 'Owner.1': 'self' })).toEqual([own, linux]);
    expect(await found({ 'Owner.1': 'amazon' })).toEqual([amazon]);
    expect(await found({ 'Owner.1': '801119661308' })).toEqual([amazon]);
  });

  it('finds AMIs by filter', async () => {
    expect(await filtered('name', 'W*-?')).toEqual([amazon]);
    expect(await filtered('platform', 'windows')).toEqual([amazon, own]);
    expect(await filtered('tag:kind', 'node')).toEqual([own]);
    expect(await filtered('owner-alias', 'amazon')).toEqual([amazon]);
    expect(await refusalOf(filtered('colour', 'red'))).toBe(
      "400 InvalidParameterValue: The filter 'colour' is invalid",
    );
  });

  it('refuses unknown and malformed ids', async () => {
    expect(await refusalOf(found({ 'ImageId.1': 'ami-0123456789abcdef0' }))).toBe(
      "400 InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist",
    );
    expect(await refusalOf(found({ 'ImageId.1': 'ami-x' }))).toBe(
      '400 InvalidAMIID.Malformed: Invalid id: "ami-x" (expecting "ami-...")',
    );
  });

  it('tags AMIs and resources of moto_server in one call', async () => {
    const vpc = textAt(await ec2('CreateVpc', { CidrBlock: '10.9.0.0/16' }), 'vpc', 'vpcId');
    const tag = { 'Tag.1.Key': 'stage', 'Tag.1.Value': 'test' };
    await ec2('CreateTags', { 'ResourceId.1': own, 'ResourceId.2': vpc, ...tag });
    expect(await filtered('tag:stage', 'test')).toEqual([own]);
    const vpcs = await ec2('DescribeVpcs', { 'VpcId.1': vpc });
    const [tagged] = childrenAt(childrenAt(vpcs, 'vpcSet')[0], 'tagSet');
    expect(textAt(tagged, 'value')).toBe('test');
    await ec2('DeleteTags', { 'ResourceId.1': own, 'Tag.1.Key': 'stage' });
    expect(await filtered('tag-key', 'stage')).toEqual([]);
  });

  it('keeps the snapshot of a deregistered AMI until that is deleted too', async () => {
    const image = aws.seedImage({ name: 'gone soon' });
    const described = await ec2('DescribeImages', { 'ImageId.1': image });
    const [device] = childrenAt(childrenAt(described, 'imagesSet')[0], 'blockDeviceMapping');
    const snapshot = textAt(device, 'ebs', 'snapshotId');
    const remove = () => ec2('DeleteSnapshot', { SnapshotId: snapshot });
    expect(await refusalOf(remove())).toBe(
      `400 InvalidSnapshot.InUse: The snapshot ${snapshot} is currently in use by ${image}`,
    );
    await ec2('DeregisterImage', { ImageId: image });
    const left = await ec2('DescribeSnapshots', { 'SnapshotId.1': snapshot });
    expect(childrenAt(left, 'snapshotSet')).toHaveLength(1);
    await remove();
    expect((await aws.inventory())['snapshots']).not.toContain(snapshot);
  });

  it('deletes the snapshot together with its AMI when asked to', async () => {
    const image = aws.seedImage({ name: 'gone with its snapshot' });
    const before = (await aws.inventory())['snapshots'] ?? [];
    await ec2('DeregisterImage', { ImageId: image, DeleteAssociatedSnapshots: 'true' });
    expect((await aws.inventory())['snapshots']).toHaveLength(before.length - 1);
    expect(await refusalOf(found({ 'ImageId.1': image }))).toBe(
      `400 InvalidAMIID.NotFound: The image id '[${image}]' does not exist`,
    );
  });

  it('hides a disabled AMI from who does not ask for it', async () => {
    const image = aws.seedImage({ name: 'out of order', tags: { kind: 'disabled' } });
    await ec2('DisableImage', { ImageId: image });
    expect(await filtered('tag:kind', 'disabled')).toEqual([]);
    const kind = { 'Filter.1.Name': 'tag:kind', 'Filter.1.Value.1': 'disabled' };
    expect(await found({ ...kind, IncludeDisabled: 'true' })).toEqual([image]);
    const state = { 'Filter.1.Name': 'state', 'Filter.1.Value.1': 'disabled' };
    expect(await found({ ...state, IncludeDisabled: 'true' })).toEqual([image]);
    await ec2('EnableImage', { ImageId: image });
    expect(await filtered('tag:kind', 'disabled')).toEqual([image]);
  });

  it('deprecates an AMI from a day to come, and shows it to its owner all the same', async () => {
    const image = aws.seedImage({ name: 'old', tags: { kind: 'deprecated' } });
    const deprecate = (DeprecateAt: string) =>
      ec2('EnableImageDeprecation', { ImageId: image, DeprecateAt });
    expect(await refusalOf(deprecate('2020-01-01T00:00:00Z'))).toBe(
      '400 InvalidParameterValue: The deprecation date must be in the future: 2020-01-01T00:00:00Z',
    );
    await deprecate('2999-01-01T00:00:00Z');
    const deprecation = async () => {
      const document = await ec2('DescribeImages', { 'ImageId.1': image });
      return childrenAt(document, 'imagesSet').map((item) => textAt(item, 'deprecationTime'));
    };
    expect(await deprecation()).toEqual(['2999-01-01T00:00:00.000Z']);
    expect(await filtered('tag:kind', 'deprecated')).toEqual([image]);
    await ec2('DisableImageDeprecation', { ImageId: image });
    expect(await deprecation()).toEqual(['']);
  });

  it.each(['DisableImage', 'EnableImageDeprecation'])(
    'refuses %s for what Amazon owns',
    async (operation) => {
      expect(await refusalOf(ec2(operation, { ImageId: amazon }))).toBe(
        `400 AuthFailure: Not authorized for image:${amazon}`,
      );
    },
  );

  it('lists its snapshots together with those of moto_server', async () => {
    const volume = await ec2('CreateVolume', { Size: '1', AvailabilityZone: 'us-east-1a' });
    const made = await ec2('CreateSnapshot', { VolumeId: textAt(volume, 'volumeId') });
    const document = await ec2('DescribeSnapshots', { 'Owner.1': 'self' });
    const ids = childrenAt(document, 'snapshotSet').map((item) => textAt(item, 'snapshotId'));
    expect(ids).toContain(textAt(made, 'snapshotId'));
    const own = (await aws.inventory())['snapshots'] ?? [];
    expect(ids).toEqual(expect.arrayContaining([...own]));
  });

  it('refuses to deregister what Amazon owns', async () => {
    expect(await refusalOf(ec2('DeregisterImage', { ImageId: amazon }))).toBe(
      `400 AuthFailure: Not authorized for image:${amazon}`,
    );
  });
});
