import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { type Problem, ValidationError } from '../../../../modules/core';
import { EVERYONE } from '../../../../modules/image-builder/distribution/launch-permission';
import { told } from '../../../support/problem';
import { type ImageChange, PUBLIC_IMAGE, recipeVersion, synthImage } from './windows-image-cases';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf';

/** Builds the image and expects it to be refused for this, under its own name and path. */
function expectRefused(change: ImageChange, path: Problem['path'], message: string): void {
  expect(() => synthImage(change)).toThrow(
    new ValidationError('WindowsImage', 'test/image', [told(path, message)]),
  );
}

/** A map with keys that only Terraform knows. */
const unknownMap = () => Token.asStringMap(Fn.merge([{}]));

describe('the checks of WindowsImage', () => {
  it.each(['abc', 'windows-2022', `a${'x'.repeat(47)}`])('take the name %s', (name) => {
    expect(synthImage({ name }).resource('aws_imagebuilder_image_pipeline')['name']).toBe(name);
  });

  it.each(['', 'ab', `a${'x'.repeat(48)}`, 'Windows', '2022', 'a_b', 'ab-', '-ab', 'a b'])(
    'refuse the name %j',
    (name) => {
      const rule =
        'must be 3 to 48 lower-case letters, digits and dashes, beginning with a letter, ';
      expectRefused({ name }, ['name'], `${rule}got: ${JSON.stringify(name)}`);
    },
  );

  it('refuse a Kubernetes version with a patch', () => {
    expectRefused(
      { kubernetesVersion: '1.35.2' },
      ['kubernetesVersion'],
      'must be a Kubernetes minor version such as "1.35", got: "1.35.2"; write it as text, in quotes, without the patch version',
    );
  });

  it.each<[string, string]>([
    [
      'windows-2022',
      'must be an AMI id, "ssm:" and the name of an SSM parameter, or the ARN of an Image Builder image, got: "windows-2022"',
    ],
    [
      'ssm:arn:aws:ssm:us-east-1:111122223333:parameter/base',
      'must name an SSM parameter by its name alone, without ARN and version, got: "ssm:arn:aws:ssm:us-east-1:111122223333:parameter/base"',
    ],
    [
      'ssm:/base/ami-id:3',
      'must name an SSM parameter by its name alone, without ARN and version, got: "ssm:/base/ami-id:3"',
    ],
  ])('refuse the base %s', (baseImage, message) => {
    expectRefused({ baseImage }, ['baseImage'], message);
  });

  it.each([
    'ami-0123456789abcdef0',
    'ssm:/base/ami-id',
    'arn:aws:imagebuilder:us-east-1:111122223333:image/windows/x.x.x',
  ])('take the base %s', (baseImage) => {
    const recipe = synthImage({ baseImage }).resource('aws_imagebuilder_image_recipe');
    expect(recipe['parent_image']).toBe(baseImage);
  });

  it.each<[string, ImageChange, number, string]>([
    [
      'an image twice',
      { cachedImages: [PUBLIC_IMAGE, PUBLIC_IMAGE] },
      1,
      `must be named once, got: "${PUBLIC_IMAGE}"; remove the repetition`,
    ],
    [
      'an image twice, once without the registry',
      { cachedImages: ['docker.io/library/nginx:1', 'nginx:1'] },
      1,
      'must be named once, got: "docker.io/library/nginx:1"; remove the repetition',
    ],
    [
      'an image without a tag',
      { cachedImages: [PUBLIC_IMAGE, 'nginx'] },
      1,
      'must name a tag or a digest, got: "nginx"; add the tag or digest that the pods use',
    ],
    [
      'an image of another Windows Server',
      { windowsServer: '2025' },
      0,
      `must be an image for Windows Server 2025, got: "${PUBLIC_IMAGE}"; ` +
        'the tag is for Windows Server 2022; take its sibling for ltsc2025',
    ],
  ])('refuse %s', (_, change, index, message) => {
    expectRefused(change, ['cachedImages', index], message);
  });

  it.each<ImageChange>([
    { cachedImages: undefined },
    { cachedImages: [] },
    { cachedImages: [], components: [], componentsAfterCache: [] },
  ])('refuse %j, which leaves nothing to build', (change) => {
    const message = 'must have at least one item when there are no `components`, got: 0';
    expectRefused(change, ['cachedImages'], message);
  });

  it('refuse the login of a registry that no image comes from', () => {
    expectRefused(
      { registryCredentials: { 'registry.example.com': SECRET } },
      ['registryCredentials', 'registry.example.com'],
      'must be the login of a registry of at least one image, got: "registry.example.com"; ' +
        'remove it, or spell it as the images do',
    );
  });

  it('refuse a key by its alias, which a policy cannot name', () => {
    const alias = 'arn:aws:kms:us-east-1:111122223333:alias/images';
    expectRefused(
      { kmsKeyArns: [alias] },
      ['kmsKeyArns', 0],
      'must be the ARN of a KMS key such as ' +
        `arn:aws:kms:us-east-1:111122223333:key/<id>, got: "${alias}"`,
    );
  });

  it('refuse a parameter of a name that Image Builder could not write', () => {
    expectRefused(
      { amiParameterName: '/aws/ami-id' },
      ['amiParameterName'],
      'must be an SSM parameter name of two parts or more, such as /windows/ami-id, ' +
        'outside /aws and /ssm, got: "/aws/ami-id"',
    );
  });
});

describe('the checks of where AMIs go', () => {
  it('name a target as it was written, also without the Region of the build', () => {
    expectRefused(
      { distribution: { targets: [{ region: 'eu-west-1' }, { region: 'virginia' }] } },
      ['distribution', 'targets', 1, 'region'],
      'must be an AWS Region code such as us-east-1, got: "virginia"',
    );
  });

  it('refuse a Region twice', () => {
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1' }, { region: 'us-east-1' }] } },
      ['distribution', 'targets', 1, 'region'],
      'must be named once, got: "us-east-1"; one target holds all accounts and parameters of a Region',
    );
  });

  it('refuse to share an AMI whose key nobody else can use', () => {
    const launchPermission = { accountIds: ['444455556666'] };
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1', launchPermission }] } },
      ['distribution', 'targets', 0, 'launchPermission'],
      'must be left out unless the root volume has a KMS key of your own, ' +
        'got: {"accountIds":["444455556666"]}; give it one, with a policy that lets the others use it',
    );
  });

  it('refuse to publish an encrypted AMI', () => {
    expectRefused(
      {
        distribution: {
          targets: [{ region: 'us-east-1', launchPermission: { everyone: EVERYONE } }],
        },
      },
      ['distribution', 'targets', 0, 'launchPermission', 'everyone'],
      'must be left out, because the image is encrypted, got: "anyone-may-launch-this-ami"; ' +
        'AWS makes no AMI with an encrypted volume public',
    );
  });

  it('refuse tags with unknown keys, to which no further tag can be added', () => {
    const message =
      'must be keys that are known when the stack is built, got: "a reference"; ' +
      'write the keys here; each value may be a reference';
    expectRefused({ tags: unknownMap() }, ['tags'], message);
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1', amiTags: unknownMap() }] } },
      ['distribution', 'targets', 0, 'amiTags'],
      message,
    );
  });

  it('take an empty list for the Region of the build', () => {
    const empty = synthImage({ distribution: { targets: [] } });
    const type = 'aws_imagebuilder_distribution_configuration';
    expect(empty.resource(type)).toEqual(synthImage({}).resource(type));
  });
});

describe('the parts of a WindowsImage', () => {
  it('say what is wrong under their own path', () => {
    const message =
      'must be an integer between 50 and 16000, got: 30; a volume cannot be smaller than the AMI it is made from';
    expect(() => synthImage({ rootVolumeGiB: 30 })).toThrow(
      new ValidationError('ImageRecipe', 'test/image/Recipe', [told(['rootVolumeGiB'], message)]),
    );
  });

  it('refuse to keep a number of AMIs when nothing is done with the others', () => {
    expect(() => synthImage({ retention: { keep: 2 } })).toThrow(
      new Error(
        'AmiRetention at "test/image/Retention":\n' +
          '  - `keep` must be left out when `older` is not set, got: 2; ' +
          'set `older`, or leave `keep` out',
      ),
    );
  });

  it('refuse more components than a recipe takes, counting those of the image itself', () => {
    const components = Array.from({ length: 20 }, (_, index) => ({
      arn: `arn:${index}`,
      contentId: `${index}`,
    }));
    const full = { cachedImages: [], components };
    expect(recipeVersion(full)).toMatch(/^1\.0\.\d+$/);
    expect(() => synthImage({ components })).toThrow(
      new Error(
        'ImageRecipe at "test/image/Recipe":\n' +
          '  - `components` must have between 1 and 20 items, got: 21',
      ),
    );
  });
});
