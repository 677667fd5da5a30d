import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { EVERYONE } from '../../../../modules/image-builder/distribution/launch-permission';
import { outline, refusalOf, refusedBy } from '../../../support/problem';
import { type ImageChange, PUBLIC_IMAGE, recipeVersion, synthImage } from './windows-image-cases';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf';

/** Builds the image and expects it to be refused for this, under its own name and path. */
function expectRefused(change: ImageChange, expected: string): void {
  const { constructPath, problems } = refusalOf(() => synthImage(change));
  expect([constructPath, ...problems.map(outline)]).toEqual(['test/image', expected]);
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
      expectRefused({ name }, `\`name\` windows-image-name: ${JSON.stringify(name)}`);
    },
  );

  it('refuse a Kubernetes version with a patch', () => {
    expectRefused(
      { kubernetesVersion: '1.35.2' },
      '`kubernetesVersion` kubernetes-version: "1.35.2"',
    );
  });

  it.each<[string, string]>([
    ['windows-2022', 'parent-image: "windows-2022"'],
    [
      'ssm:arn:aws:ssm:us-east-1:111122223333:parameter/base',
      'base-parameter: "ssm:arn:aws:ssm:us-east-1:111122223333:parameter/base"',
    ],
    ['ssm:/base/ami-id:3', 'base-parameter: "ssm:/base/ami-id:3"'],
  ])('refuse the base %s', (baseImage, message) => {
    expectRefused({ baseImage }, `\`baseImage\` ${message}`);
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
      `unique: "${PUBLIC_IMAGE}"`,
    ],
    [
      'an image twice, once without the registry',
      { cachedImages: ['docker.io/library/nginx:1', 'nginx:1'] },
      1,
      'unique: "docker.io/library/nginx:1"',
    ],
    ['an image without a tag', { cachedImages: [PUBLIC_IMAGE, 'nginx'] }, 1, 'image-tag: "nginx"'],
    [
      'an image of another Windows Server',
      { windowsServer: '2025' },
      0,
      `image-release: "${PUBLIC_IMAGE}"`,
    ],
  ])('refuse %s', (_, change, index, message) => {
    expectRefused(change, `\`cachedImages[${index}]\` ${message}`);
  });

  it.each<ImageChange>([
    { cachedImages: undefined },
    { cachedImages: [] },
    { cachedImages: [], components: [], componentsAfterCache: [] },
  ])('refuse %j, which leaves nothing to build', (change) => {
    expectRefused(change, '`cachedImages` something-to-build: 0');
  });

  it('refuse the login of a registry that no image comes from', () => {
    expectRefused(
      { registryCredentials: { 'registry.example.com': SECRET } },
      '`registryCredentials["registry.example.com"]` login-without-image: "registry.example.com"',
    );
  });

  it('refuse a key by its alias, which a policy cannot name', () => {
    const alias = 'arn:aws:kms:us-east-1:111122223333:alias/images';
    expectRefused({ kmsKeyArns: [alias] }, `\`kmsKeyArns[0]\` kms-key-arn: "${alias}"`);
  });

  it('refuse a parameter of a name that Image Builder could not write', () => {
    expectRefused(
      { amiParameterName: '/aws/ami-id' },
      '`amiParameterName` ami-parameter-name: "/aws/ami-id"',
    );
  });
});

describe('the checks of where AMIs go', () => {
  it('name a target as it was written, also without the Region of the build', () => {
    expectRefused(
      { distribution: { targets: [{ region: 'eu-west-1' }, { region: 'virginia' }] } },
      '`distribution.targets[1].region` region: "virginia"',
    );
  });

  it('refuse a Region twice', () => {
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1' }, { region: 'us-east-1' }] } },
      '`distribution.targets[1].region` unique: "us-east-1"',
    );
  });

  it('refuse to share an AMI whose key nobody else can use', () => {
    const launchPermission = { accountIds: ['444455556666'] };
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1', launchPermission }] } },
      '`distribution.targets[0].launchPermission` launch-permission-of-default-key: {"accountIds":["444455556666"]}',
    );
  });

  it('refuse to publish an encrypted AMI', () => {
    expectRefused(
      {
        distribution: {
          targets: [{ region: 'us-east-1', launchPermission: { everyone: EVERYONE } }],
        },
      },
      '`distribution.targets[0].launchPermission.everyone` public-encrypted-ami: "anyone-may-launch-this-ami"',
    );
  });

  it('refuse tags with unknown keys, to which no further tag can be added', () => {
    expectRefused({ tags: unknownMap() }, '`tags` known-keys: "a reference"');
    expectRefused(
      { distribution: { targets: [{ region: 'us-east-1', amiTags: unknownMap() }] } },
      '`distribution.targets[0].amiTags` known-keys: "a reference"',
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
    const { constructPath, problems } = refusalOf(() => synthImage({ rootVolumeGiB: 30 }));
    expect(constructPath).toBe('test/image/Recipe');
    expect(problems.map(outline)).toEqual(['`rootVolumeGiB` integer-range: 30']);
  });

  it('refuse to keep a number of AMIs when nothing is done with the others', () => {
    expect(refusedBy(() => synthImage({ retention: { keep: 2 } }))).toEqual([
      '`keep` keep-without-older: 2',
    ]);
  });

  it('refuse more components than a recipe takes, counting those of the image itself', () => {
    const components = Array.from({ length: 20 }, (_, index) => ({
      arn: `arn:${index}`,
      contentId: `${index}`,
    }));
    const full = { cachedImages: [], components };
    expect(recipeVersion(full)).toMatch(/^1\.0\.\d+$/);
    expect(refusedBy(() => synthImage({ components }))).toEqual(['`components` list-length: 21']);
  });
});
