import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/tools';
import { type Edit, ImageDeployment } from './image-deployment';

const LIMIT_MS = 1_800_000;

/** What a changed recipe always is: made new before the old goes, and built. */
const NEW_RECIPE = [
  'aws_imagebuilder_image create/delete',
  'aws_imagebuilder_image_pipeline update',
  'aws_imagebuilder_image_recipe create/delete',
  'aws_imagebuilder_lifecycle_policy update',
  // Looks for AMIs to retire. Nothing refers to it, so it needs no care with the order.
  'terraform_data delete/create',
];

const NEW_COMPONENT = ['aws_imagebuilder_component create/delete', ...NEW_RECIPE];

/** Roles are held by what uses them, so that the new ones are made first. */
const NEW_ROLES = [
  'aws_iam_instance_profile create/delete',
  ...Array(2).fill('aws_iam_role create/delete'),
  // That of the lifecycle policy, which no build waits for.
  'aws_iam_role delete/create',
  ...Array(4).fill('aws_iam_role_policy create/delete'),
  'aws_iam_role_policy_attachment delete/create',
  'aws_imagebuilder_image create/delete',
  'aws_imagebuilder_image_pipeline update',
  'aws_imagebuilder_infrastructure_configuration update',
  'aws_imagebuilder_lifecycle_policy update',
  'terraform_data create/delete',
  'terraform_data delete/create',
];

interface Step {
  readonly change: string;
  readonly edit: Edit;
  readonly plan: readonly string[];
}

const STEPS: readonly Step[] = [
  {
    change: 'another order of the cached images',
    edit: ({ image }) => {
      image.cachedImages = [...(image.cachedImages ?? [])].reverse();
    },
    plan: [],
  },
  {
    change: 'one more cached image',
    edit: ({ image }) => {
      const image2022 = 'mcr.microsoft.com/windows/nanoserver:ltsc2022';
      image.cachedImages = [...(image.cachedImages ?? []), image2022];
    },
    plan: NEW_COMPONENT,
  },
  {
    change: 'a comment in the component file',
    edit: (_environment, { writeComponent }) => writeComponent((text) => `# A comment.\n${text}`),
    plan: [],
  },
  {
    change: 'a command in the component file',
    edit: (_environment, { writeComponent }) =>
      writeComponent((text) => text.replace('Write-Host one', 'Write-Host two')),
    plan: NEW_COMPONENT,
  },
  {
    change: 'a component file too long for a request, which goes to a bucket',
    edit: ({ image }, { bucket, writeComponent }) => {
      image.componentBucket = { bucket, keyPrefix: 'components' };
      image.components = [
        'update-windows',
        { file: 'components/agent.yaml', whenTooLong: 'bucket' },
      ];
      writeComponent((text) => text.replace('one', 'x'.repeat(16_000)));
    },
    plan: [...NEW_COMPONENT, 'aws_s3_object create'].sort(),
  },
  {
    change: 'the component file as it was before',
    edit: (_environment, { writeComponent }) => writeComponent((text) => text),
    plan: [...NEW_COMPONENT, 'aws_s3_object delete'].sort(),
  },
  {
    change: 'a newer base AMI, and an unchanged file',
    edit: (_environment, { publishBaseImage }) => publishBaseImage(),
    plan: NEW_RECIPE,
  },
  {
    change: 'a base AMI that each build looks up',
    edit: ({ windows }) => {
      windows.lookUp = 'at-build';
    },
    plan: ['aws_iam_role_policy update', ...NEW_RECIPE],
  },
  {
    change: 'a larger root volume',
    edit: ({ image }) => {
      image.rootVolumeGiB = 120;
    },
    plan: NEW_RECIPE,
  },
  {
    change: 'a key for the root volume',
    edit: ({ image }, { keys }) => {
      image.rootVolume = { kmsKeyId: keys[0] ?? '' };
    },
    plan: ['aws_iam_role_policy update', ...NEW_RECIPE],
  },
  {
    change: 'the wish to build again',
    edit: ({ image }) => {
      image.rebuild = '2026-06-01';
    },
    plan: NEW_RECIPE,
  },
  {
    change: 'path and names of the roles, because an image keeps its role',
    edit: (environment) => {
      environment.iam = { path: '/eks/', namePrefix: 'acme-' };
    },
    plan: NEW_ROLES,
  },
  {
    change: 'scanning',
    edit: ({ image }) => {
      image.scanning = true;
    },
    plan: [
      'aws_iam_role_policy update',
      'aws_imagebuilder_image create/delete',
      'aws_imagebuilder_image_pipeline update',
      'terraform_data create/delete',
      'terraform_data delete/create',
    ],
  },
];

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'what builds the image again',
  () => {
    let image: ImageDeployment;
    beforeAll(async () => {
      image = await ImageDeployment.start();
    }, LIMIT_MS);
    afterAll(() => image.stop(), LIMIT_MS);

    it.each(STEPS)(
      '$change',
      async ({ edit, plan }) => {
        const before = await image.counts();
        image.write(edit);
        expect(await image.plan()).toEqual(plan);
        await image.applyPlan();
        expect(await image.hasNoChanges()).toBe(true);
        // Whatever was made new took the place of something.
        expect(await image.counts()).toEqual(before);
        // Two are kept, and each has one snapshot. The base AMIs are Amazon's.
        const { amis, snapshots } = await image.ownAmis();
        expect([amis.length, snapshots.length]).toEqual(
          plan.length === 0 ? [amis.length, amis.length] : [2, 2],
        );
      },
      LIMIT_MS,
    );

    it(
      'a destroy that takes the AMIs along leaves nothing',
      async () => {
        image.write(({ image: data }) => {
          data.retention = { onDestroy: 'delete' };
        });
        await image.apply();
        await image.destroy();
        expect(await image.leftovers()).toEqual({});
      },
      LIMIT_MS,
    );
  },
);
