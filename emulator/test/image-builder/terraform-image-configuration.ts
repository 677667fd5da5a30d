import { createHash } from 'node:crypto';
import type { ImageConfigurationInput } from './image-configuration-input';
import { supportingResources } from './terraform-image-support';

type Json = Readonly<Record<string, unknown>>;

const REPLACE_FIRST = { create_before_destroy: true };
const ACCOUNT = '${data.aws_caller_identity.this.account_id}';
const PARTNER = '444455556666';

/** An image with everything that Image Builder offers, in Terraform's JSON syntax. */
export function imageConfiguration(input: ImageConfigurationInput): Json {
  const aws = { source: 'hashicorp/aws', version: input.providerVersion };
  return {
    terraform: { required_providers: { aws } },
    provider: {
      aws: [
        { region: input.region, default_tags: { tags: { team: 'windows' } } },
        { alias: 'other', region: input.otherRegion },
      ],
    },
    data: { aws_caller_identity: { this: {} } },
    resource: { ...supportingResources(input), ...builderResources(input) },
    output: { amis: { value: '${aws_imagebuilder_image.this.output_resources[*].amis}' } },
  };
}

function builderResources(input: ImageConfigurationInput): Json {
  return {
    aws_imagebuilder_component: components(input),
    aws_imagebuilder_image_recipe: { this: recipe(input) },
    aws_imagebuilder_infrastructure_configuration: { this: infrastructure(input) },
    aws_imagebuilder_distribution_configuration: {
      this: {
        name: 'full',
        description: 'Two regions',
        distribution: [target(input.region, 'own'), target(input.otherRegion, 'other')],
        lifecycle: REPLACE_FIRST,
      },
    },
    aws_imagebuilder_image_pipeline: {
      this: {
        name: 'full',
        description: 'Every third Tuesday',
        status: 'ENABLED',
        ...buildSettings(input),
        schedule: [
          {
            schedule_expression: 'cron(0 3 ? * tue#3 *)',
            timezone: 'Europe/Berlin',
            pipeline_execution_start_condition: 'EXPRESSION_MATCH_ONLY',
          },
        ],
      },
    },
    aws_imagebuilder_image: {
      this: { ...buildSettings(input), tags: { keep: 'no' }, lifecycle: REPLACE_FIRST },
    },
    aws_imagebuilder_lifecycle_policy: { this: lifecyclePolicy() },
  };
}

function components(input: ImageConfigurationInput): Json {
  const data = greetingDocument(input.message);
  return {
    inline: {
      name: 'inline',
      description: 'Says hello',
      change_description: 'Another text',
      platform: 'Windows',
      supported_os_versions: ['Microsoft Windows Server 2022'],
      version: versionOf(data),
      kms_key_id: '${aws_kms_key.this.arn}',
      data,
      lifecycle: REPLACE_FIRST,
    },
    stored: {
      name: 'stored',
      platform: 'Windows',
      version: versionOf(input.largeDocument),
      uri: 's3://${aws_s3_object.document.bucket}/${aws_s3_object.document.key}',
      lifecycle: REPLACE_FIRST,
    },
  };
}

function recipe(input: ImageConfigurationInput): Json {
  const amazon = `arn:aws:imagebuilder:${input.region}:aws:component`;
  const encrypted = { encrypted: true, kms_key_id: '${aws_kms_key.this.arn}' };
  return {
    name: 'full',
    description: 'Everything on',
    version: versionOf(input.message + input.largeDocument),
    parent_image: `ssm:${input.baseImageParameter}`,
    working_directory: 'C:\\Work',
    component: [
      {
        component_arn: '${aws_imagebuilder_component.inline.arn}',
        parameter: [{ name: 'Greeting', value: 'good morning' }],
      },
      { component_arn: '${aws_imagebuilder_component.stored.arn}' },
      { component_arn: `${amazon}/update-windows/x.x.x` },
      { component_arn: `${amazon}/eks-optimized-ami-windows/1.35.x` },
      { component_arn: input.sharedComponentArn },
    ],
    block_device_mapping: [
      {
        device_name: '/dev/sda1',
        ebs: [
          {
            ...encrypted,
            ...{ volume_size: 60, volume_type: 'gp3', iops: 4000, throughput: 250 },
            delete_on_termination: true,
          },
        ],
      },
      { device_name: 'xvdb', ebs: [{ ...encrypted, volume_size: 20, volume_type: 'gp3' }] },
    ],
    lifecycle: REPLACE_FIRST,
  };
}

function infrastructure(input: ImageConfigurationInput): Json {
  return {
    name: 'full',
    description: 'In a private subnet',
    instance_profile_name: '${aws_iam_instance_profile.this.name}',
    instance_types: ['m6i.xlarge', 'm5.xlarge'],
    instance_metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 2 }],
    subnet_id: input.subnetId,
    security_group_ids: ['${aws_security_group.this.id}'],
    key_pair: '${aws_key_pair.this.key_name}',
    placement: [{ availability_zone: `${input.region}a`, tenancy: 'default' }],
    sns_topic_arn: '${aws_sns_topic.this.arn}',
    terminate_instance_on_failure: false,
    logging: [
      { s3_logs: [{ s3_bucket_name: '${aws_s3_bucket.logs.bucket}', s3_key_prefix: 'b' }] },
    ],
    resource_tags: { purpose: 'image build' },
    lifecycle: REPLACE_FIRST,
    // A build needs the permissions and the way out for as long as it runs.
    depends_on: [
      'aws_iam_role_policy.logs',
      'aws_vpc_security_group_egress_rule.this',
      'aws_cloudwatch_log_group.builds',
    ],
  };
}

/** Settings of one region; `key` names its resources. */
function target(region: string, key: 'own' | 'other'): Json {
  return {
    region,
    ami_distribution_configuration: [
      {
        name: 'full-{{ imagebuilder:buildDate }}',
        description: `For ${region}`,
        kms_key_id: key === 'own' ? '${aws_kms_key.this.arn}' : '${aws_kms_key.other.arn}',
        target_account_ids: [ACCOUNT, PARTNER],
        ami_tags: { kind: 'node' },
        launch_permission: [{ user_ids: [PARTNER] }],
      },
    ],
    license_configuration_arns: [
      `arn:aws:license-manager:${region}:123456789012:license-configuration:lic-${'0'.repeat(32)}`,
    ],
    launch_template_configuration: [
      { launch_template_id: `\${aws_launch_template.nodes_${key}.id}`, default: true },
    ],
    fast_launch_configuration: [
      {
        account_id: ACCOUNT,
        enabled: true,
        max_parallel_launches: 6,
        launch_template: [
          {
            launch_template_id: `\${aws_launch_template.fast_${key}.id}`,
            launch_template_version: '1',
          },
        ],
        snapshot_configuration: [{ target_resource_count: 3 }],
      },
    ],
    ssm_parameter_configuration: [
      { parameter_name: '/images/full', data_type: 'aws:ec2:image', ami_account_id: ACCOUNT },
    ],
  };
}

function buildSettings(input: ImageConfigurationInput): Json {
  const amazon = `arn:aws:imagebuilder:${input.region}:aws:workflow`;
  return {
    image_recipe_arn: '${aws_imagebuilder_image_recipe.this.arn}',
    infrastructure_configuration_arn: '${aws_imagebuilder_infrastructure_configuration.this.arn}',
    distribution_configuration_arn: '${aws_imagebuilder_distribution_configuration.this.arn}',
    enhanced_image_metadata_enabled: true,
    execution_role: '${aws_iam_role.this.arn}',
    image_scanning_configuration: [{ image_scanning_enabled: true }],
    image_tests_configuration: [{ image_tests_enabled: true, timeout_minutes: 90 }],
    workflow: [
      { workflow_arn: `${amazon}/build/build-image/x.x.x` },
      {
        workflow_arn: `${amazon}/test/test-image/x.x.x`,
        on_failure: 'CONTINUE',
        parallel_group: 'tests',
      },
    ],
  };
}

function lifecyclePolicy(): Json {
  const include = { include_resources: [{ amis: true, snapshots: true }] };
  return {
    name: 'full',
    description: 'Keeps three',
    status: 'ENABLED',
    execution_role: '${aws_iam_role.this.arn}',
    resource_type: 'AMI_IMAGE',
    policy_detail: [
      {
        action: [{ type: 'DELETE', ...include }],
        filter: [{ type: 'COUNT', value: 3 }],
        exclusion_rules: [
          {
            tag_map: { keep: 'yes' },
            amis: [
              {
                is_public: false,
                regions: ['ap-south-1'],
                shared_accounts: [PARTNER],
                last_launched: [{ unit: 'DAYS', value: 7 }],
                tag_map: { 'in-use': 'yes' },
              },
            ],
          },
        ],
      },
    ],
    resource_selection: [{ tag_map: { team: 'windows' } }],
  };
}

/** The document of the inline component, with a parameter. */
function greetingDocument(message: string): string {
  return [
    'schemaVersion: 1.0',
    'parameters:',
    '  - Greeting: {type: string, default: hello}',
    'phases:',
    '  - name: build',
    '    steps:',
    '      - name: Greet',
    '        action: ExecutePowerShell',
    '        inputs:',
    '          commands:',
    `            - Write-Output '{{ Greeting }} ${message}'`,
    '',
  ].join('\n');
}

function versionOf(content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 7);
  return `1.0.${Number.parseInt(hash, 16)}`;
}
