import { createHash } from 'node:crypto';
import type { SeededNetworkAndCluster } from '../seed-network-and-cluster';

/** What the stack of the Terraform test is made from. */
export interface StackInput {
  readonly seeded: SeededNetworkAndCluster;
  readonly region: string;
  readonly providerVersion: string;
  /** Text in the component document; another text gives another image. */
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

const ENABLE_AND_WAIT = `
aws ec2 enable-fast-launch --image-id "$AMI" --max-parallel-launches 6 \\
  --launch-template "LaunchTemplateId=$TEMPLATE,Version=$VERSION" || exit 1
for attempt in 1 2 3 4 5; do
  state=$(aws ec2 describe-fast-launch-images --image-ids "$AMI" \\
    --query 'FastLaunchImages[0].State' --output text) || exit 1
  [ "$state" = enabled ] && exit 0
done
echo "state is $state" >&2
exit 1
`;

const TRUST_EC2 = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

const REPLACE_FIRST = { create_before_destroy: true };

/** A stack with everything the emulator adds to moto_server, in Terraform's JSON syntax. */
export function stackConfiguration(input: StackInput): Json {
  const aws = { source: 'hashicorp/aws', version: input.providerVersion };
  return {
    terraform: { required_providers: { aws } },
    provider: { aws: { region: input.region, default_tags: { tags: { team: 'windows' } } } },
    data: dataSources(input),
    resource: {
      ...imageResources(input),
      ...nodeResources(input),
    },
    output: { ami: { value: '${local.ami}' } },
    locals: {
      ami: '${tolist(tolist(aws_imagebuilder_image.this.output_resources)[0].amis)[0].image}',
    },
  };
}

function dataSources(input: StackInput): Json {
  const { seeded } = input;
  return {
    aws_ssm_parameter: { base: { name: seeded.baseImageParameter } },
    aws_eks_cluster: { this: { name: seeded.clusterName } },
    aws_ami: {
      base: {
        owners: ['amazon'],
        filter: [{ name: 'image-id', values: ['${data.aws_ssm_parameter.base.insecure_value}'] }],
      },
    },
  };
}

function imageResources(input: StackInput): Json {
  const data = componentDocument(input.message);
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 7);
  const version = `1.0.${Number.parseInt(hash, 16)}`;
  return {
    aws_imagebuilder_component: {
      this: { name: 'greeting', platform: 'Windows', version, data, lifecycle: REPLACE_FIRST },
    },
    aws_imagebuilder_image_recipe: {
      this: {
        name: 'windows-node',
        version,
        parent_image: '${data.aws_ami.base.id}',
        component: [{ component_arn: '${aws_imagebuilder_component.this.arn}' }],
        block_device_mapping: [
          { device_name: '/dev/sda1', ebs: [{ volume_size: 60, volume_type: 'gp3' }] },
        ],
        lifecycle: REPLACE_FIRST,
      },
    },
    aws_imagebuilder_infrastructure_configuration: {
      this: {
        name: 'windows-node',
        instance_profile_name: '${aws_iam_instance_profile.this.name}',
        instance_types: ['m5.xlarge'],
        subnet_id: input.seeded.subnetIds[0],
        security_group_ids: [input.seeded.securityGroupId],
        lifecycle: REPLACE_FIRST,
      },
    },
    aws_imagebuilder_distribution_configuration: {
      this: {
        name: 'windows-node',
        distribution: [
          {
            region: input.region,
            ami_distribution_configuration: [
              { name: 'windows-node-{{ imagebuilder:buildDate }}', ami_tags: { kind: 'node' } },
            ],
            ssm_parameter_configuration: [
              { parameter_name: '/images/windows-node', data_type: 'aws:ec2:image' },
            ],
          },
        ],
        lifecycle: REPLACE_FIRST,
      },
    },
    aws_imagebuilder_image_pipeline: {
      this: {
        name: 'windows-node',
        ...builtFrom(),
        schedule: [{ schedule_expression: 'cron(0 3 ? * tue#3 *)', timezone: 'Europe/Berlin' }],
      },
    },
    aws_imagebuilder_lifecycle_policy: { this: lifecyclePolicy() },
    aws_imagebuilder_image: { this: { ...builtFrom(), lifecycle: REPLACE_FIRST } },
  };
}

function builtFrom(): Json {
  return {
    image_recipe_arn: '${aws_imagebuilder_image_recipe.this.arn}',
    infrastructure_configuration_arn: '${aws_imagebuilder_infrastructure_configuration.this.arn}',
    distribution_configuration_arn: '${aws_imagebuilder_distribution_configuration.this.arn}',
  };
}

function lifecyclePolicy(): Json {
  return {
    name: 'windows-node',
    execution_role: '${aws_iam_role.this.arn}',
    resource_type: 'AMI_IMAGE',
    policy_detail: [
      {
        action: [{ type: 'DELETE', include_resources: [{ amis: true, snapshots: true }] }],
        filter: [{ type: 'COUNT', value: 3 }],
      },
    ],
    resource_selection: [{ tag_map: { team: 'windows' } }],
  };
}

function nodeResources(input: StackInput): Json {
  const { seeded } = input;
  return {
    aws_iam_role: { this: { name: 'windows-node', assume_role_policy: TRUST_EC2 } },
    aws_iam_role_policy_attachment: {
      this: {
        role: '${aws_iam_role.this.name}',
        policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
      },
      execution: {
        role: '${aws_iam_role.this.name}',
        policy_arn: 'arn:aws:iam::aws:policy/EC2ImageBuilderExecutionPolicy',
      },
    },
    aws_iam_instance_profile: {
      this: { name: 'windows-node', role: '${aws_iam_role.this.name}' },
    },
    aws_eks_access_entry: {
      this: {
        cluster_name: '${data.aws_eks_cluster.this.name}',
        principal_arn: '${aws_iam_role.this.arn}',
        type: 'EC2_WINDOWS',
      },
    },
    aws_launch_template: {
      fast_launch: { name: 'fast-launch', instance_type: 'm5.xlarge' },
      nodes: {
        name: 'windows-node',
        image_id: '${local.ami}',
        instance_type: 'm5.xlarge',
        user_data: Buffer.from(`<powershell># ${seeded.clusterName}</powershell>`).toString(
          'base64',
        ),
        vpc_security_group_ids: [
          '${data.aws_eks_cluster.this.vpc_config[0].cluster_security_group_id}',
        ],
        depends_on: ['terraform_data.fast_launch', 'aws_eks_access_entry.this'],
      },
    },
    terraform_data: { fast_launch: fastLaunch() },
    aws_autoscaling_group: {
      nodes: {
        name: 'windows-node',
        min_size: 1,
        max_size: 3,
        desired_capacity: 2,
        vpc_zone_identifier: seeded.subnetIds,
        launch_template: {
          id: '${aws_launch_template.nodes.id}',
          version: '${aws_launch_template.nodes.latest_version}',
        },
        instance_refresh: { strategy: 'Rolling', preferences: { min_healthy_percentage: 50 } },
        tag: [{ key: 'Name', value: 'windows-node', propagate_at_launch: true }],
      },
    },
  };
}

function fastLaunch(): Json {
  return {
    triggers_replace: {
      ami: '${local.ami}',
      template: '${aws_launch_template.fast_launch.id}',
      version: '${aws_launch_template.fast_launch.latest_version}',
    },
    provisioner: [
      {
        'local-exec': {
          command: ENABLE_AND_WAIT.replaceAll('${', '$${'),
          environment: {
            AMI: '${self.triggers_replace.ami}',
            TEMPLATE: '${self.triggers_replace.template}',
            VERSION: '${self.triggers_replace.version}',
          },
        },
      },
      {
        'local-exec': {
          when: 'destroy',
          command: 'aws ec2 disable-fast-launch --image-id "$AMI"',
          environment: { AMI: '${self.triggers_replace.ami}' },
        },
      },
    ],
  };
}

function componentDocument(message: string): string {
  return [
    'schemaVersion: 1.0',
    'phases:',
    '  - name: build',
    '    steps:',
    '      - name: Greet',
    '        action: ExecutePowerShell',
    '        inputs:',
    '          commands:',
    `            - Write-Output '${message}'`,
    '',
  ].join('\n');
}
