import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { ValidationError } from '../../../modules/core';
import {
  containerImageCacheDocument,
  ecrPullPolicy,
  type RecipeComponent,
  renderComponentDocument,
  WindowsImage,
  type WindowsImageProps,
} from '../../../modules/image-builder';
import { type Block, Template } from '../../support/template';

const PUBLIC = 'mcr.microsoft.com/windows/servercore:ltsc2022';
const PRIVATE = '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42';
const EXTRA: RecipeComponent = { arn: 'arn:extra', contentId: 'extra/1.0.0' };

const PROPS: WindowsImageProps = {
  name: 'windows-2022',
  region: 'us-east-1',
  baseImageId: 'ami-01234567',
  cachedImages: [PUBLIC],
};

const ALL_PROPS: Required<WindowsImageProps> = {
  ...PROPS,
  windowsServer: '2022',
  cachedImages: [PUBLIC, PRIVATE],
  components: [EXTRA],
  rootVolumeGiB: 200,
  instanceTypes: ['m7a.2xlarge'],
  network: { subnetId: 'subnet-01234567', securityGroupIds: ['sg-01234567'] },
  schedule: { cron: 'cron(0 6 ? * SUN *)', timezone: 'Europe/Berlin' },
  buildOnApply: true,
  timeoutMinutes: 240,
  revision: 2,
  amiParameterName: '/shop/ami-id',
  tags: { team: 'windows' },
};

const imageWith = (props: Partial<WindowsImageProps>) => (stack: TerraformStack) =>
  new WindowsImage(stack, 'image', { ...PROPS, ...props });

const synth = (props: Partial<WindowsImageProps>) => Template.of(imageWith(props));

const MINIMAL_ADDRESSES = [
  'aws_iam_instance_profile.image_BuildRole_InstanceProfile_BA9520EB',
  'aws_iam_role.image_BuildRole_486873E7',
  'aws_iam_role.image_ExecutionRole_B9430E3B',
  'aws_iam_role_policy.image_ExecutionRole_write-ami-parameter_E1629887',
  'aws_iam_role_policy_attachment.image_BuildRole_AmazonSSMManagedInstanceCore_CDE473EE',
  'aws_iam_role_policy_attachment.image_BuildRole_EC2InstanceProfileForImageBuilder_3017ED50',
  'aws_iam_role_policy_attachment.image_ExecutionRole_EC2ImageBuilderExecutionPolicy_ED3551D0',
  'aws_imagebuilder_component.image_ContainerImageCache_C83A7F09',
  'aws_imagebuilder_distribution_configuration.image_Distribution_B0EE8741',
  'aws_imagebuilder_image.image_Image_79C61B69',
  'aws_imagebuilder_image_pipeline.image_Pipeline_AE712BE0',
  'aws_imagebuilder_image_recipe.image_Recipe_B1D5794A',
  'aws_imagebuilder_infrastructure_configuration.image_Infrastructure_23E5821B',
  'data.aws_partition.image_BuildRole_Partition_E359E462',
  'data.aws_partition.image_ExecutionRole_Partition_9FF84851',
];

const PULL_POLICY = 'aws_iam_role_policy.image_BuildRole_pull-cached-images_7F4927F0';

/** What both the pipeline and the image built at apply are made of. */
const BUILD_INPUTS = {
  image_recipe_arn: '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.arn}',
  infrastructure_configuration_arn:
    '${aws_imagebuilder_infrastructure_configuration.image_Infrastructure_23E5821B.arn}',
  distribution_configuration_arn:
    '${aws_imagebuilder_distribution_configuration.image_Distribution_B0EE8741.arn}',
  execution_role: '${aws_iam_role.image_ExecutionRole_B9430E3B.arn}',
  image_tests_configuration: { image_tests_enabled: true },
};

describe('WindowsImage', () => {
  it('makes exactly these resources from the smallest inputs', () => {
    expect(synth({}).addresses()).toEqual(MINIMAL_ADDRESSES);
  });

  it('adds one policy for private images, and nothing else, with all inputs', () => {
    const expected = [...MINIMAL_ADDRESSES, PULL_POLICY].sort();
    expect(synth(ALL_PROPS).addresses()).toEqual(expected);
  });

  it('names everything after itself', () => {
    const template = synth({});
    const named = (type: string) => template.resource(type)['name'];
    expect(named('aws_iam_instance_profile')).toBe('windows-2022-build');
    expect(named('aws_imagebuilder_component')).toBe('windows-2022-container-image-cache');
    expect(named('aws_imagebuilder_image_recipe')).toBe('windows-2022');
    expect(named('aws_imagebuilder_infrastructure_configuration')).toBe('windows-2022');
    expect(named('aws_imagebuilder_distribution_configuration')).toBe('windows-2022');
    expect(named('aws_imagebuilder_image_pipeline')).toBe('windows-2022');
    expect(Object.values(template.resources('aws_iam_role')).map(({ name }) => name)).toEqual([
      'windows-2022-build',
      'windows-2022-execution',
    ]);
  });

  it('puts the image cache first, then the further components', () => {
    const template = synth({ components: [EXTRA] });
    expect(template.resource('aws_imagebuilder_image_recipe')).toMatchObject({
      parent_image: 'ami-01234567',
      component: [
        {
          component_arn: '${aws_imagebuilder_component.image_ContainerImageCache_C83A7F09.arn}',
        },
        { component_arn: 'arn:extra' },
      ],
    });
    expect(template.resource('aws_imagebuilder_component')['data']).toBe(
      renderComponentDocument(containerImageCacheDocument({ images: [PUBLIC] })),
    );
  });

  it('needs no image cache when there is another component', () => {
    const { cachedImages: _, ...rest } = PROPS;
    const template = Template.of((stack) => {
      new WindowsImage(stack, 'image', { ...rest, components: [EXTRA] });
    });
    expect(template.resources('aws_imagebuilder_component')).toEqual({});
    expect(template.resource('aws_imagebuilder_image_recipe')['component']).toEqual([
      { component_arn: 'arn:extra' },
    ]);
  });

  it('hands every input on', () => {
    const template = synth(ALL_PROPS);
    const tags = { team: 'windows' };
    expect(template.resource('aws_imagebuilder_infrastructure_configuration')).toMatchObject({
      instance_profile_name:
        '${aws_iam_instance_profile.image_BuildRole_InstanceProfile_BA9520EB.name}',
      instance_types: ['m7a.2xlarge'],
      subnet_id: 'subnet-01234567',
      security_group_ids: ['sg-01234567'],
      resource_tags: tags,
    });
    expect(template.resource('aws_imagebuilder_distribution_configuration')).toMatchObject({
      distribution: [
        {
          region: 'us-east-1',
          ami_distribution_configuration: { ami_tags: tags },
          ssm_parameter_configuration: [{ parameter_name: '/shop/ami-id' }],
        },
      ],
    });
    expect(template.resource('aws_imagebuilder_image_recipe')).toMatchObject({
      block_device_mapping: [{ ebs: { volume_size: 200 } }],
    });
    expect(template.resource('aws_imagebuilder_image_pipeline')['schedule']).toEqual({
      schedule_expression: 'cron(0 6 ? * SUN *)',
      timezone: 'Europe/Berlin',
      pipeline_execution_start_condition: 'EXPRESSION_MATCH_ONLY',
    });
    expect(template.resource('aws_imagebuilder_image')['timeouts']).toEqual({ create: '240m' });
    const policies = Object.values(template.resources('aws_iam_role_policy'));
    expect(policies.map(({ policy }) => policy)).toEqual([
      JSON.stringify(ecrPullPolicy([PRIVATE])),
      expect.stringContaining(':parameter/shop/ami-id"'),
    ]);
  });

  it('tags everything that takes tags', () => {
    const template = synth(ALL_PROPS);
    const types = Object.keys(template.counts()).filter((type) => !/_policy/.test(type));
    expect(types).toHaveLength(8);
    const tags = types.flatMap((type) =>
      Object.values(template.resources(type)).map((block: Block) => [type, block['tags']]),
    );
    for (const [type, own] of tags) expect([type, own]).toEqual([type, { team: 'windows' }]);
  });

  it('starts no build before the roles have their rights', () => {
    const template = synth(ALL_PROPS);
    const policies = [...MINIMAL_ADDRESSES, PULL_POLICY].filter((address) =>
      address.startsWith('aws_iam_role_policy'),
    );
    for (const type of ['aws_imagebuilder_image', 'aws_imagebuilder_image_pipeline']) {
      const { depends_on: dependsOn, ...block } = template.resource(type);
      expect(block).toMatchObject(BUILD_INPUTS);
      expect([...(dependsOn as string[])].sort()).toEqual([...policies].sort());
    }
  });

  it('builds new before it removes old, except for the pipeline', () => {
    const template = synth({});
    const types = Object.keys(template.counts()).filter((type) => /imagebuilder/.test(type));
    expect(
      Object.fromEntries(types.map((type) => [type, template.resource(type)['lifecycle']])),
    ).toEqual({
      aws_imagebuilder_component: { create_before_destroy: true },
      aws_imagebuilder_distribution_configuration: { create_before_destroy: true },
      aws_imagebuilder_image: { create_before_destroy: true },
      aws_imagebuilder_image_pipeline: undefined,
      aws_imagebuilder_image_recipe: { create_before_destroy: true },
      aws_imagebuilder_infrastructure_configuration: { create_before_destroy: true },
    });
  });

  it('leaves building to the pipeline when told to', () => {
    const build = (stack: TerraformStack) => {
      expect(imageWith({ buildOnApply: false })(stack).builtImage).toBeUndefined();
    };
    expect(Template.of(build).addresses()).toEqual(
      MINIMAL_ADDRESSES.filter((address) => !address.startsWith('aws_imagebuilder_image.')),
    );
  });

  it('hands out its parts and the name of the parameter', () => {
    const template = Template.of((stack) => {
      const image = imageWith({})(stack);
      expect(image.amiParameterName).toBe('/imagebuilder/windows-2022/ami-id');
      const value = [image.recipe.arn, image.pipeline.arn, image.builtImage?.arn];
      new TerraformOutput(stack, 'out', { value });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.arn}',
          '${aws_imagebuilder_image_pipeline.image_Pipeline_AE712BE0.arn}',
          '${aws_imagebuilder_image.image_Image_79C61B69.arn}',
        ],
      },
    });
  });

  it('keeps recipe and component as they are when the images are named in another order', () => {
    const [one, other] = [
      [PUBLIC, PRIVATE],
      [PRIVATE, PUBLIC],
    ].map((cachedImages) => synth({ cachedImages }));
    for (const type of ['aws_imagebuilder_component', 'aws_imagebuilder_image_recipe']) {
      expect(one?.resource(type)).toEqual(other?.resource(type));
    }
  });

  it.each<[string, Partial<WindowsImageProps>]>([
    ['another image', { cachedImages: [PUBLIC, PRIVATE] }],
    ['another base AMI', { baseImageId: 'ami-89abcdef' }],
    ['another component', { components: [EXTRA] }],
    ['another volume', { rootVolumeGiB: 101 }],
    ['another revision', { revision: 1 }],
  ])('makes a new recipe version for %s', (_, change) => {
    const version = (props: Partial<WindowsImageProps>) =>
      synth(props).resource('aws_imagebuilder_image_recipe')['version'];
    expect(version(change)).not.toBe(version({}));
  });

  it('keeps the recipe version for what is not in the AMI', () => {
    const version = (props: Partial<WindowsImageProps>) =>
      synth(props).resource('aws_imagebuilder_image_recipe')['version'];
    const { tags, schedule, network, instanceTypes, timeoutMinutes, amiParameterName } = ALL_PROPS;
    const other = { tags, schedule, network, instanceTypes, timeoutMinutes, amiParameterName };
    expect(version({ ...other, buildOnApply: false })).toBe(version({}));
  });

  it('lets two images live in one stack', () => {
    const template = Template.of((stack) => {
      new WindowsImage(stack, 'one', { ...ALL_PROPS, name: 'windows-one' });
      new WindowsImage(stack, 'two', { ...ALL_PROPS, name: 'windows-two' });
    });
    expect(template.addresses()).toHaveLength(2 * (MINIMAL_ADDRESSES.length + 1));
    // What AWS knows by a name of its own must not have the same one twice.
    for (const type of Object.keys(template.counts()).filter((one) => !/_policy/.test(one))) {
      const names = Object.values(template.resources(type)).flatMap(({ name }) => name ?? []);
      expect([type, new Set(names).size]).toEqual([type, names.length]);
    }
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const number = new TerraformVariable(stack, 'number', { type: 'number' }).numberValue;
      imageWith({
        name: text,
        region: text,
        baseImageId: text,
        cachedImages: [text],
        rootVolumeGiB: number,
        timeoutMinutes: number,
        revision: number,
        windowsServer: '2022',
      })(stack);
    });
    expect(template.resource('aws_iam_instance_profile')['name']).toBe('${var.text}-build');
    expect(template.resource('aws_imagebuilder_distribution_configuration')).toMatchObject({
      distribution: [
        {
          region: '${var.text}',
          ssm_parameter_configuration: [{ parameter_name: '/imagebuilder/${var.text}/ami-id' }],
        },
      ],
    });
    expect(Object.values(template.part('locals')).map(String)).toEqual([
      expect.stringContaining(`'\${replace(var.text, "/(['\u2018\u2019\u201a\u201b])/", "$1$1")}'`),
    ]);
    expect(template.resource('aws_imagebuilder_image')['timeouts']).toEqual({
      create: '${var.number}m',
    });
  });

  it.each(['abc', 'windows-2022', `a${'x'.repeat(47)}`])('takes the name %s', (name) => {
    expect(synth({ name }).resource('aws_imagebuilder_image_pipeline')['name']).toBe(name);
  });

  it.each(['', 'ab', `a${'x'.repeat(48)}`, 'Windows', '2022', 'a_b', 'ab-', '-ab', 'a b'])(
    'refuses the name %j',
    (name) => {
      const message =
        'must be 3 to 48 lower-case letters, digits and dashes, beginning with a letter, ' +
        `got: ${JSON.stringify(name)}`;
      expect(() => synth({ name })).toThrow(
        new ValidationError('WindowsImage', 'test/image', [{ path: ['name'], message }]),
      );
    },
  );

  it.each<[string, Partial<WindowsImageProps>, number, string]>([
    [
      'an image twice',
      { cachedImages: [PUBLIC, PUBLIC] },
      1,
      `must be named once, got: "${PUBLIC}"; remove the repetition`,
    ],
    [
      'an image twice, once without the registry',
      { cachedImages: ['docker.io/library/nginx:1', 'nginx:1'] },
      1,
      'must be named once, got: "docker.io/library/nginx:1"; remove the repetition',
    ],
    [
      'an image without a tag',
      { cachedImages: [PUBLIC, 'nginx'] },
      1,
      'must name a tag or a digest, got: "nginx"; add the tag or digest that the pods use',
    ],
    [
      'an image of another Windows Server',
      { cachedImages: [PUBLIC], windowsServer: '2025' },
      0,
      `must be an image for Windows Server 2025, got: "${PUBLIC}"; ` +
        'the tag is for Windows Server 2022; take its sibling for ltsc2025',
    ],
  ])('refuses %s', (_, props, index, message) => {
    expect(() => synth(props)).toThrow(
      new ValidationError('WindowsImage', 'test/image', [
        { path: ['cachedImages', index], message },
      ]),
    );
  });

  it.each<Partial<WindowsImageProps>>([
    { cachedImages: undefined },
    { cachedImages: [] },
    { cachedImages: [], components: [] },
  ])('refuses %j, which leaves nothing to build', (props) => {
    const message = 'must have at least one item when there are no `components`, got: 0';
    expect(() => synth(props)).toThrow(
      new ValidationError('WindowsImage', 'test/image', [{ path: ['cachedImages'], message }]),
    );
  });

  it('refuses more images than a component can hold', () => {
    const cachedImages = Array.from(
      { length: 200 },
      (_, index) => `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/some-service-${index}:1.0.0`,
    );
    expect(() => synth({ cachedImages })).toThrow(
      /\n {2}- `cachedImages` must fit into a component of 16000 characters, got: \d+; cache fewer images$/,
    );
  });

  it('says what is wrong in a part under the path of the part', () => {
    const message =
      'must be an integer between 50 and 16000, got: 30; a volume cannot be smaller than the AMI it is made from';
    expect(() => synth({ rootVolumeGiB: 30 })).toThrow(
      new ValidationError('ImageRecipe', 'test/image/Recipe', [
        { path: ['rootVolumeGiB'], message },
      ]),
    );
  });
});
