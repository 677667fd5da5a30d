import { describe, expect, it } from '@jest/globals';
import type { Template } from '../../../support/template';
import { type ImageChange, SMALLEST_ADDRESSES, synthImage } from './windows-image-cases';

const RETENTION_OWNER = 'terraform_data.image_Retention_Owner_90A8AADB';

/** The resources of the retention by their names. */
const stepsOf = (template: Template) =>
  Object.fromEntries(
    Object.entries(template.resources('terraform_data')).flatMap(([name, block]) => {
      const [, part, step] = name.split('_');
      return part === 'Retention' ? [[step, block] as const] : [];
    }),
  );

describe('the retention of a WindowsImage', () => {
  it('only lists AMIs when the stack is destroyed, unless something else is asked for', () => {
    const steps = stepsOf(synthImage({}));
    expect(Object.keys(steps)).toEqual(['Owner']);
    expect(steps['Owner']).toMatchObject({
      input: {
        image_name: 'windows-2022',
        targets: 'us-east-1 /imagebuilder/windows-2022/ami-id',
        on_destroy: 'keep',
      },
      provisioner: [{ 'local-exec': { when: 'destroy' } }],
    });
  });

  it('runs for each AMI that an apply has built, and after it', () => {
    const { Retire } = stepsOf(synthImage({ retention: { older: 'delete' } }));
    expect(Retire).toMatchObject({
      depends_on: [RETENTION_OWNER],
      triggers_replace: {
        image_name: 'windows-2022',
        older: 'delete',
        keep: '3',
        ami_id: expect.stringContaining('aws_imagebuilder_image.image_Image_79C61B69.'),
      },
    });
  });

  it('runs for changed settings only when the pipeline alone builds', () => {
    const change: ImageChange = { retention: { older: 'delete' }, buildOnApply: false };
    const { Retire } = stepsOf(synthImage(change));
    expect(Retire).toMatchObject({ triggers_replace: { ami_id: '' } });
  });

  it('looks at all Regions, and leaves alone what parameters of this account name', () => {
    const template = synthImage({
      distribution: {
        targets: [
          {
            region: 'us-west-2',
            accountIds: ['444455556666'],
            kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/1234',
            amiParameters: [
              { name: '/shop/ami-id' },
              { name: '/copy/ami-id', accountId: '444455556666' },
            ],
          },
        ],
      },
      rootVolume: { kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234' },
    });
    expect(stepsOf(template)['Owner']).toMatchObject({
      input: {
        targets:
          'us-west-2 /shop/ami-id /imagebuilder/windows-2022/ami-id\n' +
          'us-east-1 /imagebuilder/windows-2022/ami-id',
      },
    });
  });

  it('leaves nothing to run where Terraform runs when it is none', () => {
    const template = synthImage({ retention: 'none' });
    expect(template.addresses()).toEqual(
      SMALLEST_ADDRESSES.filter((address) => address !== RETENTION_OWNER),
    );
    expect(JSON.stringify(template.part('resource'))).not.toMatch(/provisioner|local-exec/);
    const [image, pipeline] = ['image', 'image_pipeline'].map((name) =>
      template.resource(`aws_imagebuilder_${name}`),
    );
    expect(pipeline?.['depends_on']).toEqual(image?.['depends_on']);
  });
});

describe('the lifecycle policy of a WindowsImage', () => {
  const schedule = { cron: 'rate(7 days)' };
  const POLICY = 'aws_imagebuilder_lifecycle_policy';

  it('deletes what a schedule builds between two applies, but for what nodes have marked', () => {
    const template = synthImage({
      schedule,
      retention: { older: 'delete', keep: 5, inUseBy: ['shop', 'tests'] },
      iam: { namePrefix: 'p-' },
      tags: { team: 'windows' },
    });
    expect(template.resource(POLICY)).toMatchObject({
      name: 'windows-2022',
      resource_selection: [
        {
          recipe: [
            {
              name: '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.name}',
              semantic_version: '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.version}',
            },
          ],
        },
      ],
      policy_detail: [
        {
          action: [{ type: 'DELETE' }],
          filter: [{ type: 'COUNT', value: 5 }],
          exclusion_rules: [
            {
              tag_map: { 'cdktf-eks-windows-ami:built-by': 'terraform' },
              amis: [
                {
                  tag_map: {
                    'cdktf-eks-windows-ami:in-use-by:shop': 'true',
                    'cdktf-eks-windows-ami:in-use-by:tests': 'true',
                  },
                },
              ],
            },
          ],
        },
      ],
      tags: { team: 'windows' },
    });
    const roles = Object.values(template.resources('aws_iam_role')).map(({ name }) => name);
    expect(roles).toContain('p-windows-2022-lifecycle');
  });

  it('keeps as many as the step at apply does', () => {
    const template = synthImage({ schedule, retention: { older: 'delete' } });
    expect(template.resource(POLICY)['policy_detail']).toMatchObject([
      { filter: [{ type: 'COUNT', value: 3 }] },
    ]);
    expect(stepsOf(template)['Retire']).toMatchObject({ triggers_replace: { keep: '3' } });
  });

  it.each<[string, ImageChange]>([
    ['nothing is said about older AMIs', { schedule }],
    ['all AMIs stay', { schedule, retention: { onDestroy: 'delete' } }],
    ['older AMIs are only disabled', { schedule, retention: { older: 'disable' } }],
    ['nobody looks after AMIs', { schedule, retention: 'none' }],
    ['there is no schedule', { retention: { older: 'delete' } }],
    [
      'Image Builder switches Fast Launch on, which the policy would not switch off',
      {
        schedule,
        retention: { older: 'delete' },
        distribution: { targets: [{ region: 'us-west-2', fastLaunch: [{}] }] },
      },
    ],
  ])('is not there when %s', (_, change) => {
    expect(synthImage(change).resources(POLICY)).toEqual({});
  });
});
