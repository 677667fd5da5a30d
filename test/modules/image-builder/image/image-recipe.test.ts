import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable, Token } from 'cdktf';
import { contentHash, contentVersion } from '../../../../modules/core';
import {
  ImageRecipe,
  type ImageRecipeProps,
  type RecipeComponent,
} from '../../../../modules/image-builder';
import { adviceOf, refusalOf, refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_image_recipe';

const component = (name: string): RecipeComponent => ({
  arn: `arn:aws:imagebuilder:us-east-1:111122223333:component/${name}/1.0.0/1`,
  contentId: `${name}/1.0.0`,
});

const PROPS: ImageRecipeProps = {
  name: 'windows',
  parentImage: 'ami-01234567',
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

/** Volumes are hashed as lists, so that none of their texts can be mistaken for another's. */
const rootHash = (...parts: string[]) => contentHash(['/dev/sda1', ...parts]);
const versionOf = (...parts: string[]) =>
  contentVersion(['ami-01234567', 'first/1.0.0', 'second/1.0.0', ...parts]);

const MINIMAL = {
  name: 'windows',
  version: versionOf(rootHash('100', 'gp3')),
  parent_image: 'ami-01234567',
  component: PROPS.components.map(({ arn }) => ({ component_arn: arn })),
  block_device_mapping: [ROOT_DEVICE],
  lifecycle: { create_before_destroy: true },
};

describe('ImageRecipe', () => {
  it('makes one recipe with an encrypted root volume of 100 GiB', () => {
    const template = Template.of(recipeWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([`${TYPE}.recipe_AE1ADB69`]);
  });

  it('takes a volume size, a rebuild text and tags', () => {
    const tags = { team: 'windows' };
    expect(resourceWith({ rootVolumeGiB: 250, rebuild: 'patches', tags })).toEqual({
      ...MINIMAL,
      version: versionOf(rootHash('250', 'gp3'), contentHash(['rebuild', 'patches'])),
      block_device_mapping: [{ ...ROOT_DEVICE, ebs: { ...ROOT_DEVICE.ebs, volume_size: 250 } }],
      tags,
    });
  });

  it('takes everything else that a recipe has', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const parameters = { Zone: 'b', Answer: '42' };
    const resource = resourceWith({
      components: [{ ...component('first'), parameters }, component('second')],
      rootVolume: { iops: 6000, throughput: 500, kmsKeyId: key },
      dataVolumes: [
        { deviceName: 'xvdb', sizeGiB: 200, type: 'io2', iops: 9000 },
        { deviceName: 'xvdc', sizeGiB: 500, type: 'st1', snapshotId: 'snap-01234567' },
      ],
      workingDirectory: 'C:\\build',
    });
    const safe = { encrypted: 'true', delete_on_termination: 'true' };
    expect(resource).toEqual({
      ...MINIMAL,
      version: contentVersion([
        'ami-01234567',
        contentHash(['first/1.0.0', 'Answer', '42', 'Zone', 'b']),
        'second/1.0.0',
        rootHash('100', 'gp3', 'iops', '6000', 'throughput', '500', 'kmsKeyId', key),
        contentHash(['xvdb', '200', 'io2', 'iops', '9000']),
        contentHash(['xvdc', '500', 'st1', 'snapshotId', 'snap-01234567']),
        contentHash(['workingDirectory', 'C:\\build']),
      ]),
      component: [
        {
          component_arn: component('first').arn,
          parameter: [
            { name: 'Answer', value: '42' },
            { name: 'Zone', value: 'b' },
          ],
        },
        { component_arn: component('second').arn },
      ],
      block_device_mapping: [
        {
          ...ROOT_DEVICE,
          ebs: { ...ROOT_DEVICE.ebs, iops: 6000, throughput: 500, kms_key_id: key },
        },
        {
          device_name: 'xvdb',
          ebs: { ...safe, volume_size: 200, volume_type: 'io2', iops: 9000 },
        },
        {
          device_name: 'xvdc',
          ebs: {
            ...safe,
            volume_size: 500,
            volume_type: 'st1',
            snapshot_id: 'snap-01234567',
          },
        },
      ],
      working_directory: 'C:\\build',
    });
  });

  it('never writes the agent block, which Image Builder refuses for Windows', () => {
    expect(JSON.stringify(resourceWith({}))).not.toContain('systems_manager_agent');
  });

  const volume = { deviceName: 'xvdb', sizeGiB: 10 };

  it.each<[string, Partial<ImageRecipeProps>]>([
    ['the base AMI', { parentImage: 'ami-89abcdef' }],
    ['the content of a component', { components: [component('first'), component('changed')] }],
    ['the order of the components', { components: [component('second'), component('first')] }],
    ['one more component', { components: [...PROPS.components, component('third')] }],
    ['one component less', { components: [component('first')] }],
    [
      'a parameter of a component',
      { components: [component('first'), { ...component('second'), parameters: { a: 'b' } }] },
    ],
    ['the size of the volume', { rootVolumeGiB: 101 }],
    ['the type of the volume', { rootVolume: { type: 'gp2' } }],
    ['the IOPS of the volume', { rootVolume: { iops: 4000 } }],
    ['the throughput of the volume', { rootVolume: { throughput: 200 } }],
    ['one more volume', { dataVolumes: [volume] }],
    ['the working directory', { workingDirectory: 'text' }],
    ['the rebuild text', { rebuild: 'text' }],
  ])('gets a new version with %s', (_, change) => {
    expect(resourceWith(change)['version']).not.toBe(MINIMAL.version);
  });

  it('gets another version for each place of the same text', () => {
    const changes = [{ workingDirectory: 'text' }, { rebuild: 'text' }];
    const versions = changes.map((change) => resourceWith(change)['version']);
    expect(new Set(versions).size).toBe(changes.length);
  });

  it.each<[string, Partial<ImageRecipeProps>]>([
    ['tags', { tags: { a: 'b' } }],
    // Another name is another recipe, whose versions begin anew.
    ['the name', { name: 'other' }],
    ['the default volume written out', { rootVolumeGiB: 100, rootVolume: { type: 'gp3' } }],
    ['no data volumes', { dataVolumes: [] }],
    ['no parameters', { components: PROPS.components.map((c) => ({ ...c, parameters: {} })) }],
    [
      'an ARN of the same content',
      { components: PROPS.components.map((one) => ({ ...one, arn: `${one.arn}0` })) },
    ],
  ])('keeps its version with %s', (_, change) => {
    expect(resourceWith(change)['version']).toBe(MINIMAL.version);
  });

  it('keeps its version when parameters are written in another order', () => {
    const versionWith = (parameters: Readonly<Record<string, string>>) =>
      resourceWith({ components: [{ ...component('first'), parameters }] })['version'];
    expect(versionWith({ b: '2', a: '1' })).toBe(versionWith({ a: '1', b: '2' }));
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
        parentImage: text,
        components: [{ arn: text, contentId: text }],
        rootVolumeGiB: number,
        rebuild: text,
      })(stack);
    });
    const sha256 = (known: string) => createHash('sha256').update(known).digest('hex');
    const list = (...parts: string[]) => `sha256(join(",", [${parts.join(', ')}]))`;
    const quoted = (known: string) => `"${sha256(known)}"`;
    const root = list(quoted('/dev/sda1'), 'sha256(var.number)', quoted('gp3'));
    const rebuild = list(quoted('rebuild'), 'sha256(var.text)');
    const hash = list(
      'sha256(var.text)',
      'sha256(var.text)',
      `sha256(${root})`,
      `sha256(${rebuild})`,
    );
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
    { rebuild: 'x'.repeat(100) },
    { rebuild: 'any "text",\nwith ${marks} too' },
    { workingDirectory: 'x'.repeat(1024) },
  ])('takes %j, which is just inside', (props) => {
    expect(resourceWith(props)['name']).toBe('windows');
  });

  it.each<[Partial<ImageRecipeProps>, string]>([
    [{ name: 'x' }, '`name` resource-name: "x"'],
    [{ components: [] }, '`components` list-length: 0'],
    [
      { components: Array.from({ length: 21 }, () => component('c')) },
      '`components` list-length: 21',
    ],
    [
      { components: [{ ...component('c'), parameters: { Empty: '' } }] },
      '`components[0].parameters.Empty` recipe-parameter-value: ""',
    ],
    [
      { components: [{ ...component('c'), parameters: { '': 'x' } }] },
      '`components[0].parameters[""]` recipe-parameter-name: ""',
    ],
    [{ rootVolumeGiB: 49 }, '`rootVolumeGiB` integer-range: 49'],
    [{ rootVolumeGiB: 16_001 }, '`rootVolumeGiB` integer-range: 16001'],
    [{ rootVolumeGiB: 99.5 }, '`rootVolumeGiB` integer-range: 99.5'],
    [{ dataVolumes: [volume, volume] }, '`dataVolumes[1].deviceName` unique: "xvdb"'],
    [{ rebuild: '' }, '`rebuild` recipe-text-length: ""'],
    [{ rebuild: 'x'.repeat(101) }, `\`rebuild\` recipe-text-length: "${'x'.repeat(101)}"`],
    [{ workingDirectory: '' }, '`workingDirectory` working-directory: ""'],
    // What YAML makes of "C:\\build" in double quotes.
    [{ workingDirectory: 'C:\build' }, '`workingDirectory` working-directory: "C:\\build"'],
  ])('refuses %j', (props, expected) => {
    expect(refusedBy(() => resourceWith(props))).toEqual([expected]);
  });

  it('says why a root volume cannot be smaller', () => {
    const { problems } = refusalOf(() => resourceWith({ rootVolumeGiB: 49 }));
    expect(problems.map(adviceOf)).toEqual([
      'a volume cannot be smaller than the AMI it is made from',
    ]);
  });

  it('refuses parameters that only Terraform knows', () => {
    const build = (stack: TerraformStack) => {
      const parameters = new TerraformVariable(stack, 'map', { type: 'map(string)' });
      const known = { ...component('c'), parameters: Token.asStringMap(parameters.value) };
      recipeWith({ components: [known] })(stack);
    };
    expect(refusedBy(() => Template.of(build))).toEqual([
      '`components[0].parameters` known-keys: "a reference"',
    ]);
  });
});
