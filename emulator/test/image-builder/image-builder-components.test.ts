import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { ApiError } from '../../front/wire-format';
import { documentSaying, ImageBuilderClient } from './image-builder-client';

const AMAZON_IMAGE = 'arn:aws:imagebuilder:us-east-1:aws:image';
const AMAZON = 'arn:aws:imagebuilder:us-east-1:aws:component';
const SHARED = 'arn:aws:imagebuilder:us-east-1:444455556666:component/hardening';
const INVALID = '400 InvalidParameterValueException: The value supplied for parameter';

describeWith(['moto_server'], 'components of the emulated Image Builder', () => {
  let aws: EmulatedAws;
  let builder: ImageBuilderClient;

  const putObject = async (key: string, text: string): Promise<string> => {
    const target = `/documents/${key.split('/').map(encodeURIComponent).join('/')}`;
    expect((await aws.client.s3('PUT', target, text)).status).toBe(200);
    return `s3://documents/${key}`;
  };

  const recipeWith = (componentArn: string, ...parameters: readonly unknown[]) =>
    refusalOf(builder.recipe({ components: [{ componentArn, parameters }] }));

  beforeAll(async () => {
    aws = await startEmulatedAws();
    builder = await ImageBuilderClient.start(aws);
    await aws.client.s3('PUT', '/documents');
    aws.seedComponent(`${SHARED}/2.1.0`, ['Level']);
  });

  afterAll(() => aws.stop());

  it('take a document of up to 64 KB from S3 and show it', async () => {
    const document = `${documentSaying('ä')}\n# ${'x'.repeat(20_000)}`;
    const arn = await builder.component({ uri: await putObject('a b/doc.yaml', document) });
    expect(await builder.get('Component', arn)).toMatchObject({ data: document, type: 'BUILD' });
    const uri = await putObject('long.yaml', `${document}\n#${'x'.repeat(65_536)}`);
    expect(await refusalOf(builder.component({ uri }))).toMatch(
      /'uri' is not valid\. The document must have at most 65536 bytes, got: \d+$/,
    );
  });

  it('are refused when the object in S3 is missing or no document', async () => {
    const uri = 's3://documents/missing.yaml';
    expect(await refusalOf(builder.component({ uri }))).toBe(
      `${INVALID} 'uri' is not valid. The object '${uri}' does not exist or cannot be read.`,
    );
    expect(await refusalOf(builder.component({ uri: await putObject('bad', 'x: 1') }))).toBe(
      `${INVALID} 'uri' is not valid. schemaVersion must be 1.0, got: undefined`,
    );
    expect(await refusalOf(builder.component({ uri: 'https://documents/a' }))).toBe(
      `${INVALID} 'uri' is not valid. It must have the form s3://bucket/key, ` +
        'got: https://documents/a',
    );
    expect(await refusalOf(builder.component({ uri, data: documentSaying('x') }))).toBe(
      '400 InvalidParameterCombinationException: Exactly one of data and uri must be provided.',
    );
  });

  it('get the next build number for other content in S3', async () => {
    const name = builder.newName();
    const uri = await putObject('versioned.yaml', documentSaying('one'));
    const first = await builder.component({ name, uri });
    await putObject('versioned.yaml', documentSaying('two'));
    expect(await builder.component({ name, uri })).toBe(first.replace(/1$/, '2'));
  });

  it('need a key that exists', async () => {
    const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/none';
    expect(await refusalOf(builder.component({ kmsKeyId }))).toBe(
      `${INVALID} 'kmsKeyId' is not valid. The key '${kmsKeyId}' does not exist.`,
    );
  });

  it.each([
    [`${AMAZON}/update-windows/x.x.x`, 'accepted'],
    [`${AMAZON}/eks-optimized-ami-windows/1.35.x`, 'accepted'],
    [`${AMAZON}/eks-optimized-ami-windows/1.35.0/1`, 'accepted'],
    [`${SHARED}/2.x.x`, 'accepted'],
    [
      `${AMAZON}/eks-optimized-ami-windows/1.7.x`,
      `${INVALID} 'components' is not valid. ` +
        `The component with ARN '${AMAZON}/eks-optimized-ami-windows/1.7.x' does not exist.`,
    ],
    [
      `${AMAZON}/update-linux/x.x.x`,
      `${INVALID} 'components' is not valid. ` +
        `The component with ARN '${AMAZON}/update-linux/x.x.x' does not exist.`,
    ],
    [
      `${SHARED}/3.x.x`,
      `${INVALID} 'components' is not valid. ` +
        `The component with ARN '${SHARED}/3.x.x' does not exist.`,
    ],
    [
      `${SHARED}/x.1.x`,
      "400 InvalidVersionNumberException: The version number 'x.1.x' is not valid.",
    ],
  ])('of other owners are known by name and version: %s', async (arn, outcome) => {
    expect(await recipeWith(arn)).toBe(outcome);
  });

  it('get the values of parameters they declare, and of all without a default', async () => {
    const declared = ['Greeting: {type: string}', 'Color: {type: string, default: red}'];
    const componentArn = await builder.component({ data: documentSaying('x', declared) });
    const greeting = { name: 'Greeting', value: ['hi'] };
    expect(await recipeWith(componentArn, greeting)).toBe('accepted');
    expect(await recipeWith(componentArn)).toBe(
      `${INVALID} 'components' is not valid. ` +
        `The component ${componentArn} needs a value for the parameter 'Greeting'.`,
    );
    expect(await recipeWith(componentArn, { name: 'Greeting', value: ['a', 'b'] })).toBe(
      `${INVALID} 'components' is not valid. ` +
        `The parameter 'Greeting' of ${componentArn} must have one value.`,
    );
    expect(await recipeWith(`${SHARED}/2.x.x`, { name: 'Depth', value: ['1'] })).toBe(
      `${INVALID} 'components' is not valid. ` +
        `The component ${SHARED}/2.x.x has no parameter named 'Depth'.`,
    );
  });

  it('are one to twenty in a recipe', async () => {
    const componentArn = await builder.component();
    const components = Array.from({ length: 21 }, () => ({ componentArn }));
    expect(await refusalOf(builder.recipe({ components: components.slice(1) }))).toBe('accepted');
    expect(await refusalOf(builder.recipe({ components }))).toBe(
      `${INVALID} 'components' is not valid. It must have 1 to 20 entries, got: 21`,
    );
  });

  it.each([
    [
      { blockDeviceMappings: [{ deviceName: 'xvdb' }, { deviceName: 'xvdb' }] },
      `${INVALID} 'blockDeviceMappings' is not valid. A device is repeated: xvdb, xvdb`,
    ],
    [
      { additionalInstanceConfiguration: { userDataOverride: 'A'.repeat(21_848) } },
      `${INVALID} 'userDataOverride' is not valid. ` +
        'It must have at most 21847 characters, got: 21848',
    ],
    [
      { parentImage: `${AMAZON_IMAGE}/windows-server-2022-english-core-base-x86/x.x.x` },
      'accepted',
    ],
    [
      { parentImage: `${AMAZON_IMAGE}/windows-server-2012/x.x.x` },
      `${INVALID} 'parentImage' is not valid. ` +
        `The image '${AMAZON_IMAGE}/windows-server-2012/x.x.x' does not exist.`,
    ],
  ])('stand in recipes with valid volumes, user data and parents: %#', async (fields, outcome) => {
    expect(await refusalOf(builder.recipe(fields))).toBe(outcome);
  });

  it('of Amazon are shown by GetComponent', async () => {
    expect(await builder.get('Component', `${AMAZON}/update-windows/x.x.x`)).toMatchObject({
      arn: `${AMAZON}/update-windows/1.0.2/1`,
      owner: 'Amazon',
      version: '1.0.2',
    });
  });

  it('can only be seeded with a version', () => {
    expect(() => aws.seedComponent(`${SHARED}/2.x.x`)).toThrow(
      new RangeError(
        `\`versionArn\` must be the ARN of a component with a version, got: ${SHARED}/2.x.x; ` +
          'write it as arn:aws:imagebuilder:<region>:<owner>:component/<name>/1.0.0',
      ),
    );
  });

  it('and recipes cannot be changed', async () => {
    const imageRecipeArn = await builder.recipe();
    const change = aws.client.rest('imagebuilder', 'PUT', '/UpdateImageRecipe', { imageRecipeArn });
    await expect(change).rejects.toEqual(
      new ApiError(
        400,
        'InvalidRequestException',
        'A resource of the kind image-recipe cannot be changed.',
      ),
    );
  });
});
