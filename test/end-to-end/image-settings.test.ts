import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/tools';
import { type Edit, ImageDeployment } from './image-deployment';

const LIMIT_MS = 1_800_000;

interface Step {
  readonly change: string;
  readonly edit: Edit;
  readonly plan: readonly string[];
  /** How many more there are of a kind. @default - as many as before */
  readonly more?: Readonly<Record<string, number>>;
}

const STEPS: readonly Step[] = [
  {
    change: 'an instance type',
    edit: ({ image }) => {
      image.instanceTypes = ['m7i.2xlarge'];
    },
    plan: ['aws_imagebuilder_infrastructure_configuration update'],
  },
  {
    change: 'the schedule',
    edit: ({ image }) => {
      image.schedule = { cron: 'cron(0 3 ? * WED#2 *)', timezone: 'Europe/Berlin' };
    },
    plan: ['aws_imagebuilder_image_pipeline update'],
  },
  {
    change: 'another folder for the logs',
    edit: ({ image }, { bucket }) => {
      image.logs = { bucket, keyPrefix: 'windows' };
    },
    plan: ['aws_iam_role_policy update', 'aws_imagebuilder_infrastructure_configuration update'],
  },
  {
    change: 'how long logs are kept',
    edit: ({ image }) => {
      image.logRetentionDays = 30;
    },
    plan: ['aws_cloudwatch_log_group update', 'aws_cloudwatch_log_group update'],
  },
  {
    change: 'a Region more',
    edit: ({ image }) => {
      image.distribution = { targets: [{ region: 'eu-central-1' }] };
    },
    plan: [
      'aws_iam_role_policy update',
      'aws_imagebuilder_distribution_configuration update',
      'terraform_data delete/create',
      'terraform_data update',
    ],
  },
  {
    change: 'a Region less',
    edit: ({ image }) => {
      delete image.distribution;
    },
    plan: [
      'aws_iam_role_policy update',
      'aws_imagebuilder_distribution_configuration update',
      'terraform_data delete/create',
      'terraform_data update',
    ],
  },
  {
    change: 'the names of the AMIs',
    edit: ({ image }) => {
      image.distribution = { amiName: 'web-{{ imagebuilder:buildDate }}' };
    },
    plan: ['aws_imagebuilder_distribution_configuration update'],
  },
  {
    change: 'no security group of its own for the build',
    edit: ({ image }, { subnetId }) => {
      image.network = { subnetId };
    },
    plan: [
      'aws_imagebuilder_infrastructure_configuration update',
      'aws_security_group create',
      'aws_vpc_security_group_egress_rule create',
      'aws_vpc_security_group_egress_rule create',
    ],
    more: { securityGroups: 1, securityGroupRules: 2 },
  },
  {
    change: 'a given one again',
    edit: ({ image }, { subnetId, securityGroupId }) => {
      image.network = { subnetId, securityGroupIds: [securityGroupId] };
    },
    plan: [
      'aws_imagebuilder_infrastructure_configuration update',
      'aws_security_group delete',
      'aws_vpc_security_group_egress_rule delete',
      'aws_vpc_security_group_egress_rule delete',
    ],
    more: { securityGroups: -1, securityGroupRules: -2 },
  },
  {
    change: 'the policies of AWS',
    edit: (environment) => {
      environment.iam = { permissions: 'managed' };
    },
    plan: [
      ...Array(2).fill('aws_iam_role_policy delete'),
      ...Array(4).fill('aws_iam_role_policy_attachment create'),
    ],
    more: { rolePolicies: -2 },
  },
  {
    change: 'the tags',
    edit: (environment) => {
      environment.tags = { owner: 'windows' };
    },
    plan: [
      'aws_cloudwatch_event_rule update',
      ...Array(2).fill('aws_cloudwatch_log_group update'),
      'aws_iam_instance_profile update',
      ...Array(3).fill('aws_iam_role update'),
      ...Array(2).fill('aws_imagebuilder_component update'),
      'aws_imagebuilder_distribution_configuration update',
      'aws_imagebuilder_image update',
      'aws_imagebuilder_image_pipeline update',
      'aws_imagebuilder_image_recipe update',
      'aws_imagebuilder_infrastructure_configuration update',
      'aws_imagebuilder_lifecycle_policy update',
      'aws_sns_topic update',
    ],
  },
  {
    change: 'nobody to be told',
    edit: ({ image }) => {
      delete image.notifications;
    },
    plan: [
      'aws_cloudwatch_event_rule delete',
      'aws_cloudwatch_event_target delete',
      'aws_sns_topic delete',
      'aws_sns_topic_policy delete',
      'aws_sns_topic_subscription delete',
    ],
    more: { eventRules: -1, eventTargets: -1, subscriptions: -1, topics: -1 },
  },
  {
    change: 'fewer AMIs to keep',
    edit: ({ image }) => {
      image.retention = { older: 'delete', keep: 1 };
    },
    plan: ['aws_imagebuilder_lifecycle_policy update', 'terraform_data delete/create'],
  },
  {
    change: 'no AMI to remove',
    edit: ({ image }) => {
      delete image.retention;
    },
    plan: [
      'aws_iam_role delete',
      'aws_iam_role_policy_attachment delete',
      'aws_imagebuilder_lifecycle_policy delete',
      'terraform_data delete',
    ],
    more: { lifecyclePolicies: -1, roles: -1 },
  },
  {
    change: 'no schedule, and a pipeline that is off',
    edit: ({ image }) => {
      delete image.schedule;
      image.pipelineEnabled = false;
    },
    plan: ['aws_imagebuilder_image_pipeline update'],
  },
];

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'what leaves the image as it is',
  () => {
    let image: ImageDeployment;
    beforeAll(async () => {
      image = await ImageDeployment.start();
    }, LIMIT_MS);
    afterAll(() => image.stop(), LIMIT_MS);

    it.each(STEPS)(
      '$change',
      async ({ edit, plan, more = {} }) => {
        const before = await image.counts();
        image.write(edit);
        expect(await image.plan()).toEqual(plan);
        await image.applyPlan();
        expect(await image.hasNoChanges()).toBe(true);
        const after = await image.counts();
        const kinds = Object.keys(after);
        const changed = kinds.flatMap((kind) => {
          const difference = (after[kind] ?? 0) - (before[kind] ?? 0);
          return difference === 0 ? [] : [[kind, difference] as const];
        });
        expect(Object.fromEntries(changed)).toEqual(more);
      },
      LIMIT_MS,
    );

    it(
      'a destroy that keeps the AMIs leaves them, their snapshots and the parameter',
      async () => {
        await image.destroy();
        const left = await image.leftovers();
        expect(Object.keys(left).sort()).toEqual(['amis', 'parameters', 'snapshots']);
      },
      LIMIT_MS,
    );
  },
);
