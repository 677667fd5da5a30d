import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { contentVersion, ValidationError } from '../../../modules/core';
import {
  ImageRecipe,
  type ImageRecipeProps,
  type RecipeComponent,
} from '../../../modules/image-builder';
import { Template } from '../../support/template';

const TYPE = 'aws_imagebuilder_image_recipe';

const component = (name: string): RecipeComponent => ({
  arn: `arn:aws:imagebuilder:us-east-1:111122223333:component/${name}/1.0.0/1`,
  contentId: `${name}/1.0.0`,
});

const PROPS: ImageRecipeProps = {
  name: 'windows',
  parentImageId: 'ami-01234567',
  components: [component('first'), component('second')],
};

const recipeWith = (props: Partial<ImageRecipeProps>) => (stack: TerraformStack) =>
  new ImageRecipe(stack, 'recipe', { ...PROPS, ...props });

function resourceWith(props: Partial<ImageRecipeProps>) {
  return Template.of(recipeWith(props)).resource(TYPE);
}

const ROOT_DEVICE = {
  device_name: '/dev/sda1',
  ebs: {
    volume_size: 100,
    volume_type: 'gp3',
    encrypted: 'true',
    delete_on_termination: 'true',
  },
};

const MINIMAL = {
  name: 'windows',
  version: contentVersion(['ami-01234567', 'first/1.0.0', 'second/1.0.0', '100', '0']),
  parent_image: 'ami-01234567',
  component: PROPS.components.map(({ arn }) => ({ component_arn: arn })),
  block_device_mapping: [ROOT_DEVICE],
  tags: {},
  lifecycle: { create_before_destroy: true },
};

describe('ImageRecipe', () => {
  it('makes one recipe with an encrypted root volume of 100 GiB', () => {
    const template = Template.of(recipeWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([`${TYPE}.recipe_AE1ADB69`]);
  });

  it('takes a volume size, a revision and tags', () => {
    const tags = { team: 'windows' };
    expect(resourceWith({ rootVolumeGiB: 250, revision: 3, tags })).toEqual({
      ...MINIMAL,
      version: contentVersion(['ami-01234567', 'first/1.0.0', 'second/1.0.0', '250', '3']),
      block_device_mapping: [{ ...ROOT_DEVICE, ebs: { ...ROOT_DEVICE.ebs, volume_size: 250 } }],
      tags,
    });
  });

  it.each<[string, Partial<ImageRecipeProps>]>([
    ['the base AMI', { parentImageId: 'ami-89abcdef' }],
    ['the content of a component', { components: [component('first'), component('changed')] }],
    ['the order of the components', { components: [component('second'), component('first')] }],
    ['one more component', { components: [...PROPS.components, component('third')] }],
    ['one component less', { components: [component('first')] }],
    ['the size of the volume', { rootVolumeGiB: 101 }],
    ['the revision', { revision: 1 }],
  ])('gets a new version with %s', (_, change) => {
    expect(resourceWith(change)['version']).not.toBe(MINIMAL.version);
  });

  it.each<[string, Partial<ImageRecipeProps>]>([
    ['tags', { tags: { a: 'b' } }],
    // Another name is another recipe, whose versions begin anew.
    ['the name', { name: 'other' }],
    ['the default volume written out', { rootVolumeGiB: 100 }],
    ['the default revision written out', { revision: 0 }],
    [
      'an ARN of the same content',
      { components: PROPS.components.map((one) => ({ ...one, arn: `${one.arn}0` })) },
    ],
  ])('keeps its version with %s', (_, change) => {
    expect(resourceWith(change)['version']).toBe(MINIMAL.version);
  });

  it('hands out its ARN, its version and its resource', () => {
    const template = Template.of((stack) => {
      const { arn, version, resource } = recipeWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, version, resource.name] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          `\${${TYPE}.recipe_AE1ADB69.arn}`,
          MINIMAL.version,
          `\${${TYPE}.recipe_AE1ADB69.name}`,
        ],
      },
    });
  });

  it('passes inputs that only Terraform knows, and its version follows them', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const number = new TerraformVariable(stack, 'number', { type: 'number' }).numberValue;
      recipeWith({
        name: text,
        parentImageId: text,
        components: [{ arn: text, contentId: text }],
        rootVolumeGiB: number,
        revision: number,
      })(stack);
    });
    const hashes = ['text', 'text', 'number', 'number'].map((name) => `sha256(var.${name})`);
    const hash = `sha256(join(",", [${hashes.join(', ')}]))`;
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      name: '${var.text}',
      version: `1.0.\${parseint(substr(${hash}, 0, 7), 16)}`,
      parent_image: '${var.text}',
      component: [{ component_arn: '${var.text}' }],
      block_device_mapping: [
        { ...ROOT_DEVICE, ebs: { ...ROOT_DEVICE.ebs, volume_size: '${var.number}' } },
      ],
    });
  });

  it.each<Partial<ImageRecipeProps>>([
    { rootVolumeGiB: 50 },
    { rootVolumeGiB: 16_000 },
    { components: Array.from({ length: 20 }, (_, index) => component(`c${index}`)) },
  ])('takes %j, which is just inside', (props) => {
    expect(resourceWith(props)['name']).toBe('windows');
  });

  it.each<[Partial<ImageRecipeProps>, string, string]>([
    [
      { name: 'x' },
      'name',
      'be 3 to 127 letters, digits, - and _ that begin and end with a letter or digit, got: "x"',
    ],
    [{ components: [] }, 'components', 'have between 1 and 20 items, got: 0'],
    [
      { components: Array.from({ length: 21 }, () => component('c')) },
      'components',
      'have between 1 and 20 items, got: 21',
    ],
    [
      { rootVolumeGiB: 49 },
      'rootVolumeGiB',
      'be an integer between 50 and 16000, got: 49; a volume cannot be smaller than the AMI it is made from',
    ],
    [
      { rootVolumeGiB: 16_001 },
      'rootVolumeGiB',
      'be an integer between 50 and 16000, got: 16001; a volume cannot be smaller than the AMI it is made from',
    ],
    [
      { rootVolumeGiB: 99.5 },
      'rootVolumeGiB',
      'be an integer between 50 and 16000, got: 99.5; a volume cannot be smaller than the AMI it is made from',
    ],
    [{ revision: -1 }, 'revision', 'be an integer of at least 0, got: -1'],
    [{ revision: 0.5 }, 'revision', 'be an integer of at least 0, got: 0.5'],
  ])('refuses %j', (props, name, rule) => {
    expect(() => resourceWith(props)).toThrow(
      new ValidationError('ImageRecipe', 'test/recipe', [
        { path: [name], message: `must ${rule}` },
      ]),
    );
  });
});
