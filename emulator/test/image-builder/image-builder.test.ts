import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';

type Json = Record<string, unknown>;

const REGION_ARN = 'arn:aws:imagebuilder:us-east-1:123456789012';

const documentSaying = (text: string): string =>
  [
    'schemaVersion: 1.0',
    'parameters:',
    '  - Greeting: {type: string, default: hello}',
    'phases:',
    '  - name: build',
    '    steps:',
    '      - name: Greet',
    '        action: ExecutePowerShell',
    `        inputs: {commands: ["Write-Output '${text}'"]}`,
  ].join('\n');

describeWith(['moto_server'], 'Image Builder in the emulated AWS', () => {
  let aws: EmulatedAws;
  let baseImage: string;
  let count = 0;
  let name: string;

  const call = (method: string, target: string, body?: Json): Promise<Json> =>
    aws.client.rest('imagebuilder', method, target, body);

  const put = async (operation: string, body: Json): Promise<string> => {
    const answer = await call('PUT', `/${operation}`, { clientToken: 'token', ...body });
    return String(Object.entries(answer).find(([key]) => key.endsWith('Arn'))?.[1]);
  };

  const get = (operation: string, key: string, arn: string): Promise<Json> =>
    call('GET', `/Get${operation}?${key}=${encodeURIComponent(arn)}`);

  const remove = (operation: string, key: string, arn: string): Promise<Json> =>
    call('DELETE', `/Delete${operation}?${key}=${encodeURIComponent(arn)}`);

  const component = (fields: Json = {}): Promise<string> =>
    put('CreateComponent', {
      name,
      semanticVersion: '1.0.0',
      platform: 'Windows',
      data: documentSaying(name),
      ...fields,
    });

  const recipe = (componentArn: string, fields: Json = {}): Promise<string> =>
    put('CreateImageRecipe', {
      name,
      semanticVersion: '1.0.0',
      parentImage: baseImage,
      components: [{ componentArn }],
      ...fields,
    });

  const infrastructure = (fields: Json = {}): Promise<string> =>
    put('CreateInfrastructureConfiguration', { name, instanceProfileName: 'builder', ...fields });

  const distribution = (fields: Json = {}): Promise<string> =>
    put('CreateDistributionConfiguration', {
      name,
      distributions: [
        {
          region: 'us-east-1',
          amiDistributionConfiguration: {
            name: `${name} {{ imagebuilder:buildDate }}`,
            amiTags: { kind: 'node' },
            ...fields,
          },
          ssmParameterConfigurations: [
            { parameterName: `/images/${name}`, dataType: 'aws:ec2:image' },
          ],
        },
      ],
    });

  const buildInput = async (): Promise<Json> => ({
    imageRecipeArn: await recipe(await component()),
    infrastructureConfigurationArn: await infrastructure(),
    distributionConfigurationArn: await distribution(),
  });

  const image = async (arn: string): Promise<Json> =>
    (await get('Image', 'imageBuildVersionArn', arn))['image'] as Json;

  const statesUntilEnd = async (arn: string): Promise<readonly unknown[]> => {
    const states: unknown[] = [];
    for (let reads = 0; reads < 10; reads += 1) {
      const state = (await image(arn))['state'] as Json;
      states.push(state['status']);
      if (state['status'] === 'AVAILABLE' || state['status'] === 'FAILED') break;
    }
    return states;
  };

  beforeAll(async () => {
    aws = await startEmulatedAws();
    baseImage = aws.seedImage({ name: 'base', ownerId: '801119661308', volumeSizeGib: 50 });
    await aws.client.query('iam', 'CreateInstanceProfile', { InstanceProfileName: 'builder' });
  });

  afterAll(() => aws.stop());

  beforeEach(() => {
    count += 1;
    name = `node-${count}`;
  });

  describe('components', () => {
    it('get the next build number for other content and are refused for the same', async () => {
      const versionArn = `${REGION_ARN}:component/${name}/1.0.0`;
      expect(await component()).toBe(`${versionArn}/1`);
      expect(await component({ data: documentSaying('other') })).toBe(`${versionArn}/2`);
      expect(await refusalOf(component({ data: documentSaying('other') }))).toBe(
        '400 ResourceAlreadyExistsException: ' +
          `The resource with ARN '${versionArn}/2' already exists.`,
      );
    });

    it.each([
      [
        { semanticVersion: '1.0' },
        "400 InvalidVersionNumberException: The version number '1.0' is not valid.",
      ],
      [
        { semanticVersion: `1.0.${2 ** 30}` },
        "400 InvalidVersionNumberException: The version number '1.0.1073741824' is not valid.",
      ],
      [
        { data: 'x'.repeat(16_001) },
        "400 InvalidParameterValueException: The value supplied for parameter 'data' is not " +
          'valid. It must have 1 to 16000 characters, got: 16001',
      ],
      [
        { data: 'schemaVersion: 1.0' },
        "400 InvalidParameterValueException: The value supplied for parameter 'data' is not " +
          'valid. phases must be a list',
      ],
    ])('with %j are refused', async (fields, refusal) => {
      expect(await refusalOf(component(fields))).toBe(refusal);
    });

    it('need a name of three characters', async () => {
      expect(await refusalOf(component({ name: 'c7' }))).toBe(
        "400 InvalidParameterValueException: The value supplied for parameter 'name' is not " +
          'valid. It must match ^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z0-9]$, got: c7',
      );
    });

    it('stay while a recipe uses them', async () => {
      const componentArn = await component();
      const recipeArn = await recipe(componentArn);
      const removal = () => remove('Component', 'componentBuildVersionArn', componentArn);
      expect(await refusalOf(removal())).toBe(
        `400 ResourceDependencyException: Resource '${componentArn}' has dependencies and ` +
          `cannot be deleted: it is used by '${recipeArn}'.`,
      );
      await remove('ImageRecipe', 'imageRecipeArn', recipeArn);
      expect(await refusalOf(removal())).toBe('accepted');
    });
  });

  describe('recipes', () => {
    it('count up a version that ends in x', async () => {
      const componentArn = await component();
      const versions = [
        await recipe(componentArn, { semanticVersion: '1.0.x' }),
        await recipe(componentArn, { semanticVersion: '1.0.x' }),
      ];
      expect(versions.map((arn) => arn.split('/').pop())).toEqual(['1.0.0', '1.0.1']);
    });

    it('are refused twice, without components, with an unknown parent or parameter', async () => {
      const componentArn = await component();
      const arn = await recipe(componentArn);
      const invalid = '400 InvalidParameterValueException: The value supplied for parameter';
      expect(await refusalOf(recipe(componentArn))).toBe(
        `400 ResourceAlreadyExistsException: The resource with ARN '${arn}' already exists.`,
      );
      expect(await refusalOf(recipe(componentArn, { components: [] }))).toBe(
        `${invalid} 'components' is not valid. It must have 1 to 20 entries, got: 0`,
      );
      expect(await refusalOf(recipe(componentArn, { parentImage: 'ami-0123456789abcdef0' }))).toBe(
        `${invalid} 'parentImage' is not valid. The image 'ami-0123456789abcdef0' does not exist.`,
      );
      const parameters = [{ name: 'Color', value: ['red'] }];
      expect(
        await refusalOf(recipe(componentArn, { components: [{ componentArn, parameters }] })),
      ).toBe(
        `${invalid} 'components' is not valid. ` +
          `The component ${componentArn} has no parameter named 'Color'.`,
      );
    });

    it('take the AMI of an SSM parameter as parent', async () => {
      const parameter = '/aws/service/ami-windows-latest/base/image_id';
      aws.seedParameter(parameter, baseImage);
      const parentImage = `ssm:${parameter}`;
      expect(await refusalOf(recipe(await component(), { parentImage }))).toBe('accepted');
    });
  });

  describe('configurations', () => {
    it('need an instance profile that exists', async () => {
      expect(await refusalOf(infrastructure({ instanceProfileName: 'nobody' }))).toBe(
        '400 InvalidParameterValueException: The value supplied for parameter ' +
          "'instanceProfileName' is not valid. The instance profile 'nobody' does not exist.",
      );
    });

    it('need subnet and security groups together', async () => {
      const refusal =
        '400 InvalidParameterCombinationException: ' +
        'subnetId and securityGroupIds must be provided together.';
      expect(await refusalOf(infrastructure({ securityGroupIds: ['sg-1'] }))).toBe(refusal);
      expect(await refusalOf(infrastructure({ subnetId: 'subnet-1' }))).toBe(refusal);
    });

    it('need an AMI name in the right form', async () => {
      expect(await refusalOf(distribution({ name: 'a/b' }))).toBe(
        "400 InvalidParameterValueException: The value supplied for parameter 'name' is not " +
          'valid. The AMI name is not valid, got: a/b',
      );
    });
  });

  describe('pipelines', () => {
    it('hold what they use and are unique by name', async () => {
      const input = await buildInput();
      const arn = await put('CreateImagePipeline', { name, ...input });
      expect(await refusalOf(put('CreateImagePipeline', { name, ...input }))).toBe(
        `400 ResourceAlreadyExistsException: The resource with ARN '${arn}' already exists.`,
      );
      const held = String(input['infrastructureConfigurationArn']);
      expect(
        await refusalOf(
          remove('InfrastructureConfiguration', 'infrastructureConfigurationArn', held),
        ),
      ).toBe(
        `400 ResourceDependencyException: Resource '${held}' has dependencies and cannot be ` +
          `deleted: it is used by '${arn}'.`,
      );
    });

    it('need six cron fields and a recipe that exists', async () => {
      const input = await buildInput();
      const schedule = { scheduleExpression: 'cron(0 3 * * *)' };
      const invalid = '400 InvalidParameterValueException: The value supplied for parameter';
      expect(await refusalOf(put('CreateImagePipeline', { name, ...input, schedule }))).toBe(
        `${invalid} 'schedule' is not valid. ` +
          'the expression must have six fields, got 5: cron(0 3 * * *)',
      );
      const imageRecipeArn = `${REGION_ARN}:image-recipe/none/1.0.0`;
      expect(await refusalOf(put('CreateImagePipeline', { name, ...input, imageRecipeArn }))).toBe(
        `${invalid} 'imageRecipeArn' is not valid. ` +
          `The resource with ARN '${imageRecipeArn}' does not exist.`,
      );
    });

    it('start builds that name them', async () => {
      const imagePipelineArn = await put('CreateImagePipeline', { name, ...(await buildInput()) });
      const arn = await put('StartImagePipelineExecution', { imagePipelineArn });
      expect((await image(arn))['sourcePipelineArn']).toBe(imagePipelineArn);
      const listed = await call('POST', '/ListImagePipelineImages', { imagePipelineArn });
      expect((listed['imageSummaryList'] as Json[]).map((entry) => entry['arn'])).toEqual([arn]);
    });
  });

  describe('images', () => {
    it('go through the states, one with every read, and leave an AMI and a parameter', async () => {
      const arn = await put('CreateImage', await buildInput());
      expect(await statesUntilEnd(arn)).toEqual([
        ...['BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE'],
      ]);
      const outputs = (await image(arn))['outputResources'] as { readonly amis: Json[] };
      const parameter = await aws.client.json('ssm', 'GetParameter', { Name: `/images/${name}` });
      expect(parameter['Parameter']).toMatchObject({
        Value: outputs.amis[0]?.['image'],
        DataType: 'aws:ec2:image',
      });
      await remove('Image', 'imageBuildVersionArn', arn);
      const left = await aws.inventory();
      expect(left['amis']).toContain(outputs.amis[0]?.['image']);
      expect(left['images']).not.toContain(arn);
    });

    it('skip TESTING without tests', async () => {
      const imageTestsConfiguration = { imageTestsEnabled: false };
      const arn = await put('CreateImage', { ...(await buildInput()), imageTestsConfiguration });
      expect(await statesUntilEnd(arn)).toEqual(['BUILDING', 'DISTRIBUTING', 'AVAILABLE']);
    });

    it('fail once with the reason asked for, and get the next build number', async () => {
      const input = await buildInput();
      aws.failNextImageBuild('SSM execution failed');
      const arn = await put('CreateImage', input);
      expect(await statesUntilEnd(arn)).toEqual(['BUILDING', 'FAILED']);
      expect((await image(arn))['state']).toEqual({
        status: 'FAILED',
        reason: 'SSM execution failed',
      });
      const next = await put('CreateImage', input);
      expect(next).toBe(arn.replace(/1$/, '2'));
      expect((await statesUntilEnd(next)).at(-1)).toBe('AVAILABLE');
    });

    it('fail when the volume is smaller than the snapshot of the parent', async () => {
      const blockDeviceMappings = [{ deviceName: '/dev/sda1', ebs: { volumeSize: 30 } }];
      const imageRecipeArn = await recipe(await component(), { blockDeviceMappings });
      const infrastructureConfigurationArn = await infrastructure();
      const arn = await put('CreateImage', { imageRecipeArn, infrastructureConfigurationArn });
      expect(await statesUntilEnd(arn)).toEqual(['BUILDING', 'FAILED']);
      expect(((await image(arn))['state'] as Json)['reason']).toMatch(
        /^Volume of size 30GB is smaller than snapshot 'snap-[0-9a-f]+', expect size>= 50GB$/,
      );
    });

    it('need an execution role that exists', async () => {
      const input = { ...(await buildInput()), executionRole: 'nobody' };
      expect(await refusalOf(put('CreateImage', input))).toBe(
        "400 InvalidParameterValueException: The value supplied for parameter 'executionRole' " +
          "is not valid. The role 'nobody' does not exist.",
      );
    });
  });

  it('keeps tags', async () => {
    const arn = await component({ tags: { team: 'a' } });
    await call('POST', `/tags/${encodeURIComponent(arn)}`, { tags: { team: 'b', cost: '1' } });
    await call('DELETE', `/tags/${encodeURIComponent(arn)}?tagKeys=cost`);
    expect(await call('GET', `/tags/${encodeURIComponent(arn)}`)).toMatchObject({
      tags: { team: 'b' },
    });
  });

  it('answers for what does not exist as Image Builder does', async () => {
    const arn = `${REGION_ARN}:image-pipeline/none`;
    expect(await refusalOf(get('ImagePipeline', 'imagePipelineArn', arn))).toBe(
      `404 ResourceNotFoundException: The resource with ARN '${arn}' does not exist.`,
    );
    expect(await refusalOf(call('PUT', '/ImportVmImage', {}))).toBe(
      '400 NotImplemented: The operation ImportVmImage is not part of this emulator.',
    );
  });
});

describeWith(['moto_server'], 'Image Builder where images hold their recipe', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await startEmulatedAws({ imagesHoldTheirRecipe: true });
  });

  afterAll(() => aws.stop());

  it('refuses to delete a recipe that has an image', async () => {
    const put = (operation: string, body: Json) =>
      aws.client.rest('imagebuilder', 'PUT', `/${operation}`, { clientToken: 't', ...body });
    const parentImage = aws.seedImage({ name: 'base' });
    await aws.client.query('iam', 'CreateInstanceProfile', { InstanceProfileName: 'builder' });
    const version = { name: 'node', semanticVersion: '1.0.0' };
    const component = await put('CreateComponent', { ...version, data: documentSaying('x') });
    const components = [{ componentArn: component['componentBuildVersionArn'] }];
    const recipe = await put('CreateImageRecipe', { ...version, parentImage, components });
    const imageRecipeArn = String(recipe['imageRecipeArn']);
    const infrastructure = await put('CreateInfrastructureConfiguration', {
      name: 'node',
      instanceProfileName: 'builder',
    });
    const { infrastructureConfigurationArn } = infrastructure;
    const built = await put('CreateImage', { imageRecipeArn, infrastructureConfigurationArn });
    const target = `/DeleteImageRecipe?imageRecipeArn=${encodeURIComponent(imageRecipeArn)}`;
    expect(await refusalOf(aws.client.rest('imagebuilder', 'DELETE', target))).toBe(
      `400 ResourceDependencyException: Resource '${imageRecipeArn}' has dependencies and ` +
        `cannot be deleted: it is used by '${String(built['imageBuildVersionArn'])}'.`,
    );
  });
});
