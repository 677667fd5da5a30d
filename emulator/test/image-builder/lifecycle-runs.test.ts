import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import type { Json } from '../../front/json-fields';
import { refusalOf } from '../../front/refusal';
import { ImageBuilderClient } from './image-builder-client';

const MS_PER_DAY = 86_400_000;
const EXECUTION_ROLE = 'arn:aws:iam::123456789012:role/lifecycle';
const ALL = { amis: true, snapshots: true };

interface Built {
  readonly arn: string;
  readonly ami: string;
}

describeWith(['moto_server'], 'lifecycle policies of the emulated Image Builder', () => {
  let aws: EmulatedAws;
  let builder: ImageBuilderClient;
  let name: string;
  let inputs: Json;
  let policy: string | undefined;

  const build = async (tags: Json = {}): Promise<Built> => {
    const { arn, outputResources } = await builder.build({ ...inputs, tags });
    const [ami] = (outputResources as { readonly amis: readonly Json[] }).amis;
    return { arn: String(arn), ami: String(ami?.['image']) };
  };

  const policyWith = (detail: Json, content: Json = {}): Json => ({
    name,
    executionRole: EXECUTION_ROLE,
    resourceType: 'AMI_IMAGE',
    policyDetails: [{ action: { type: 'DELETE', includeResources: ALL }, ...detail }],
    resourceSelection: { recipes: [{ name, semanticVersion: '1.0.0' }] },
    ...content,
  });

  const createPolicy = async (detail: Json, content: Json = {}): Promise<void> => {
    policy = await builder.create('LifecyclePolicy', policyWith(detail, content));
  };

  const left = async (kind: string): Promise<readonly string[]> =>
    (await aws.inventory())[kind] ?? [];

  beforeAll(async () => {
    aws = await startEmulatedAws();
    builder = await ImageBuilderClient.start(aws);
    await aws.client.query('iam', 'CreateRole', {
      RoleName: 'lifecycle',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    });
  });

  beforeEach(async () => {
    if (policy !== undefined) await builder.remove('LifecyclePolicy', policy);
    policy = undefined;
    name = builder.newName();
    inputs = await builder.inputs({ name });
  });

  afterAll(() => aws.stop());

  it('keep the newest images of a version and delete the others with AMI and snapshot', async () => {
    const [oldest, middle, newest] = [await build(), await build(), await build()];
    await createPolicy({ filter: { type: 'COUNT', value: 2 } });
    expect(aws.runLifecyclePolicies()).toEqual([
      {
        policyArn: policy,
        imageArn: oldest.arn,
        action: 'DELETE',
        amis: [oldest.ami],
        snapshots: [expect.stringMatching(/^snap-/)],
      },
    ]);
    const amis = await left('amis');
    expect([oldest, middle, newest].map(({ ami }) => amis.includes(ami))).toEqual([
      ...[false, true, true],
    ]);
    expect(await left('images')).not.toContain(oldest.arn);
    expect(aws.runLifecyclePolicies()).toEqual([]);
  });

  it('delete by age, but keep as many as told', async () => {
    const built = [await build(), await build(), await build()];
    const filter = { type: 'AGE', value: 2, unit: 'WEEKS', retainAtLeast: 1 };
    await createPolicy({ filter });
    const run = (days: number) =>
      aws
        .runLifecyclePolicies(new Date(Date.now() + days * MS_PER_DAY))
        .map(({ imageArn }) => imageArn);
    expect(run(13)).toEqual([]);
    expect(run(15)).toEqual(built.slice(0, 2).map(({ arn }) => arn));
  });

  it('leave images with an excluded tag, and AMIs with one', async () => {
    const tagged = await build({ keep: 'yes' });
    const [plain, used] = [await build(), await build()];
    await build();
    await aws.client.query('ec2', 'CreateTags', {
      'ResourceId.1': used.ami,
      'Tag.1.Key': 'in-use',
      'Tag.1.Value': 'yes',
    });
    await createPolicy({
      filter: { type: 'COUNT', value: 1 },
      exclusionRules: { tagMap: { keep: 'yes' }, amis: { tagMap: { 'in-use': 'yes' } } },
    });
    const actions = aws.runLifecyclePolicies();
    expect(actions.map(({ imageArn, amis }) => [imageArn, amis])).toEqual([
      [plain.arn, [plain.ami]],
      [used.arn, []],
    ]);
    expect(await left('amis')).toEqual(expect.arrayContaining([tagged.ami, used.ami]));
  });

  it('keep AMIs without includeResources, and choose images by their tags', async () => {
    const image = await build({ team: 'windows' });
    await build({ team: 'linux' });
    const filter = { type: 'AGE', value: 1, unit: 'DAYS' };
    const resourceSelection = { tagMap: { team: 'windows' } };
    await createPolicy({ action: { type: 'DELETE' }, filter }, { resourceSelection });
    const actions = aws.runLifecyclePolicies(new Date(Date.now() + 2 * MS_PER_DAY));
    expect(actions.map(({ imageArn, amis }) => [imageArn, amis])).toEqual([[image.arn, []]]);
    expect(await left('amis')).toContain(image.ami);
  });

  it('disable images and their AMIs', async () => {
    const image = await build();
    const action = { type: 'DISABLE', includeResources: { amis: true } };
    await createPolicy({ action, filter: { type: 'AGE', value: 1, unit: 'DAYS' } });
    aws.runLifecyclePolicies(new Date(Date.now() + 2 * MS_PER_DAY));
    expect(await builder.get('Image', image.arn)).toMatchObject({ state: { status: 'DISABLED' } });
    const own = await aws.client.query('ec2', 'DescribeImages', { 'Owner.1': 'self' });
    expect(JSON.stringify(own)).not.toContain(image.ami);
  });

  it('do nothing while they are disabled, and can be changed', async () => {
    await build();
    await build();
    const detail = { filter: { type: 'COUNT', value: 1 } };
    await createPolicy(detail, { status: 'DISABLED' });
    expect(aws.runLifecyclePolicies()).toEqual([]);
    const { name: _name, ...changes } = policyWith(detail, { status: 'ENABLED' });
    const body = { lifecyclePolicyArn: policy, clientToken: 'token', ...changes };
    await aws.client.rest('imagebuilder', 'PUT', '/UpdateLifecyclePolicy', body);
    expect(await builder.get('LifecyclePolicy', String(policy))).toMatchObject({
      name,
      status: 'ENABLED',
    });
    expect(aws.runLifecyclePolicies()).toHaveLength(1);
  });

  it.each([
    [
      { filter: { type: 'AGE', value: 1 } },
      {},
      '400 InvalidParameterCombinationException: ' +
        'A unit is required for filters of the type AGE.',
    ],
    [
      { filter: { type: 'COUNT', value: 1, retainAtLeast: 1 } },
      {},
      '400 InvalidParameterCombinationException: ' +
        'unit and retainAtLeast are only for filters of the type AGE.',
    ],
    [
      { filter: { type: 'COUNT', value: 1 } },
      { resourceSelection: {} },
      '400 InvalidParameterCombinationException: ' +
        'Exactly one of recipes and tagMap must be provided.',
    ],
    [
      { filter: { type: 'COUNT', value: 1 } },
      { executionRole: 'nobody' },
      "400 InvalidParameterValueException: The value supplied for parameter 'executionRole' " +
        "is not valid. The role 'nobody' does not exist.",
    ],
  ])('are refused with %j and %j', async (detail, content, refusal) => {
    expect(await refusalOf(createPolicy(detail, content))).toBe(refusal);
  });
});
