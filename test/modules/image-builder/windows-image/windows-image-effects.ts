import type { WindowsImageProps } from '../../../../modules/image-builder';
import { KEY, TEMPLATE } from '../roles/rendered-policies';
import { componentOf, type ImageChange, PRIVATE_IMAGE, PUBLIC_IMAGE } from './windows-image-cases';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:images';
const WORKFLOW = 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x';

/** Texts that a change puts into the blocks of each type of resource that it changes. */
type Effect = Readonly<Record<string, readonly string[]>>;

/**
 * What each property does beyond the smallest image; what is needed besides comes first. What a
 * resource only waits for is not in it.
 */
export const WINDOWS_IMAGE_EFFECTS: Readonly<
  Record<keyof WindowsImageProps, readonly [needed: ImageChange, change: ImageChange, Effect]>
> = {
  name: [
    {},
    { name: 'shop-windows' },
    {
      aws_cloudwatch_log_group: [
        '"name":"/aws/imagebuilder/shop-windows"',
        '"name":"/aws/imagebuilder/pipeline/shop-windows"',
      ],
      aws_iam_instance_profile: ['"name":"shop-windows-build"'],
      aws_iam_role: ['"name":"shop-windows-build"', '"name":"shop-windows-execution"'],
      aws_iam_role_policy: [':parameter/imagebuilder/shop-windows/ami-id"'],
      aws_imagebuilder_component: ['"name":"shop-windows-container-image-cache"'],
      aws_imagebuilder_distribution_configuration: [
        '"name":"shop-windows"',
        '"name":"shop-windows-{{ imagebuilder:buildDate }}"',
        '"cdktf-eks-windows-ami:image":"shop-windows"',
        '"parameter_name":"/imagebuilder/shop-windows/ami-id"',
      ],
      aws_imagebuilder_image_pipeline: ['"name":"shop-windows"'],
      aws_imagebuilder_image_recipe: ['"name":"shop-windows"'],
      aws_imagebuilder_infrastructure_configuration: ['"name":"shop-windows"'],
      terraform_data: ['"image_name":"shop-windows"'],
    },
  ],
  region: [
    {},
    { region: 'eu-west-1' },
    {
      aws_iam_role_policy: [':ssm:eu-west-1:', 'ec2imagebuilder-toe-eu-west-1-prod'],
      aws_imagebuilder_distribution_configuration: ['"region":"eu-west-1"'],
      terraform_data: ['"targets":"eu-west-1 /imagebuilder/windows-2022/ami-id"'],
    },
  ],
  baseImage: [
    {},
    { baseImage: 'ssm:/base/ami-id' },
    {
      aws_iam_role_policy: ['"Action":"ssm:GetParameter"', ':parameter/base/ami-id"'],
      aws_imagebuilder_image_recipe: ['"parent_image":"ssm:/base/ami-id"'],
    },
  ],
  eksComponentVersion: [
    {},
    { eksComponentVersion: '1.35.x' },
    {
      aws_imagebuilder_image_recipe: [
        '"component_arn":"arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.35.x"',
      ],
    },
  ],
  windowsServer: [
    {},
    { windowsServer: '2022' },
    {
      aws_imagebuilder_distribution_configuration: [
        '"cdktf-eks-windows-ami:windows-build":"10.0.20348"',
      ],
    },
  ],
  kubernetesVersion: [
    {},
    { kubernetesVersion: '1.35' },
    {
      aws_imagebuilder_distribution_configuration: [
        '"cdktf-eks-windows-ami:kubernetes-version":"1.35"',
      ],
    },
  ],
  components: [
    {},
    { components: [componentOf('first')] },
    { aws_imagebuilder_image_recipe: ['"component_arn":"arn:first"'] },
  ],
  cachedImages: [
    {},
    { cachedImages: [PUBLIC_IMAGE, PRIVATE_IMAGE] },
    {
      aws_iam_role_policy: ['"arn:aws:ecr:us-east-1:111122223333:repository/shop/web"'],
      aws_imagebuilder_component: [PUBLIC_IMAGE, PRIVATE_IMAGE],
      aws_imagebuilder_image_recipe: ['"version":"1.0.'],
    },
  ],
  componentsAfterCache: [
    {},
    { componentsAfterCache: [componentOf('last')] },
    { aws_imagebuilder_image_recipe: ['"component_arn":"arn:last"'] },
  ],
  registryCredentials: [
    { cachedImages: ['registry.example.com/agent:1'] },
    { registryCredentials: { 'registry.example.com': SECRET } },
    {
      aws_iam_role_policy: ['"Action":"secretsmanager:GetSecretValue"', `"Resource":["${SECRET}"]`],
      aws_imagebuilder_component: [SECRET],
      aws_imagebuilder_image_recipe: ['"version":"1.0.'],
    },
  ],
  minimumFreeGiB: [
    {},
    { minimumFreeGiB: 7 },
    {
      aws_imagebuilder_component: ['$reserve = 1073741824 * 7'],
      aws_imagebuilder_image_recipe: ['"version":"1.0.'],
    },
  ],
  pullThroughCachePrefixes: [
    { cachedImages: [PRIVATE_IMAGE.replace('shop/web', 'docker-hub/shop/web')] },
    { pullThroughCachePrefixes: ['docker-hub'] },
    { aws_iam_role_policy: ['"ecr:BatchImportUpstreamImage"'] },
  ],
  rootVolumeGiB: [
    {},
    { rootVolumeGiB: 200 },
    { aws_imagebuilder_image_recipe: ['"volume_size":200'] },
  ],
  rootVolume: [
    {},
    { rootVolume: { iops: 4000, throughput: 250, kmsKeyId: KEY } },
    {
      aws_iam_role_policy: ['"Sid":"EncryptVolumes"', KEY],
      aws_imagebuilder_image_recipe: [`"iops":4000,"kms_key_id":"${KEY}","throughput":250`],
    },
  ],
  dataVolumes: [
    {},
    { dataVolumes: [{ deviceName: 'xvdb', sizeGiB: 50, kmsKeyId: KEY }] },
    {
      aws_iam_role_policy: ['"Sid":"EncryptVolumes"', KEY],
      aws_imagebuilder_image_recipe: ['"device_name":"xvdb"', '"volume_size":50'],
    },
  ],
  workingDirectory: [
    {},
    { workingDirectory: 'C:/build' },
    { aws_imagebuilder_image_recipe: ['"working_directory":"C:/build"'] },
  ],
  rebuild: [
    {},
    { rebuild: '2026-11 patches' },
    { aws_imagebuilder_image_recipe: ['"version":"1.0.'] },
  ],
  instanceTypes: [
    {},
    { instanceTypes: ['m7a.2xlarge', 'm7i.2xlarge'] },
    {
      aws_imagebuilder_infrastructure_configuration: [
        '"instance_types":["m7a.2xlarge","m7i.2xlarge"]',
      ],
    },
  ],
  network: [
    {},
    { network: { subnetId: 'subnet-01234567', securityGroupIds: ['sg-01234567'] } },
    {
      aws_imagebuilder_infrastructure_configuration: [
        '"subnet_id":"subnet-01234567"',
        '"security_group_ids":["sg-01234567"]',
      ],
    },
  ],
  keyName: [
    {},
    { keyName: 'operators' },
    { aws_imagebuilder_infrastructure_configuration: ['"key_pair":"operators"'] },
  ],
  placement: [
    {},
    { placement: { availabilityZone: 'us-east-1a', tenancy: 'dedicated' } },
    {
      aws_imagebuilder_infrastructure_configuration: [
        '"placement":{"availability_zone":"us-east-1a","tenancy":"dedicated"}',
      ],
    },
  ],
  httpPutResponseHopLimit: [
    {},
    { httpPutResponseHopLimit: 2 },
    { aws_imagebuilder_infrastructure_configuration: ['"http_put_response_hop_limit":2'] },
  ],
  snsTopicArn: [
    {},
    { snsTopicArn: TOPIC },
    {
      aws_iam_role_policy: ['"Action":"sns:Publish"'],
      aws_imagebuilder_infrastructure_configuration: [`"sns_topic_arn":"${TOPIC}"`],
    },
  ],
  logs: [
    {},
    { logs: { bucket: 'build-logs', keyPrefix: 'windows', kmsKeyArn: KEY } },
    {
      aws_iam_role_policy: [
        ':s3:::build-logs/windows/*"',
        `"Sid":"EncryptLogs","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"${KEY}"`,
      ],
      aws_imagebuilder_infrastructure_configuration: [
        '"s3_bucket_name":"build-logs","s3_key_prefix":"windows"',
      ],
    },
  ],
  terminateOnFailure: [
    {},
    { terminateOnFailure: false },
    { aws_imagebuilder_infrastructure_configuration: ['"terminate_instance_on_failure":false'] },
  ],
  tests: [
    {},
    { tests: false },
    {
      aws_imagebuilder_image: ['"image_tests_enabled":false'],
      aws_imagebuilder_image_pipeline: ['"image_tests_enabled":false'],
    },
  ],
  scanning: [
    {},
    { scanning: true },
    {
      aws_iam_role_policy: ['"Sid":"ReadFindings"'],
      aws_imagebuilder_image: ['"image_scanning_enabled":true'],
      aws_imagebuilder_image_pipeline: ['"image_scanning_enabled":true'],
      terraform_data: ['"scanning":"true"'],
    },
  ],
  workflows: [
    {},
    { workflows: [{ workflowArn: WORKFLOW }] },
    {
      aws_imagebuilder_image: [`"workflow_arn":"${WORKFLOW}"`],
      aws_imagebuilder_image_pipeline: [`"workflow_arn":"${WORKFLOW}"`],
    },
  ],
  componentFiles: [
    {},
    { componentFiles: [{ bucket: 'installers', keyPrefix: 'windows/' }] },
    { aws_iam_role_policy: [':s3:::installers/windows/*"'] },
  ],
  kmsKeyArns: [{}, { kmsKeyArns: [KEY] }, { aws_iam_role_policy: ['"Sid":"EncryptVolumes"', KEY] }],
  buildStatements: [
    {},
    {
      buildStatements: [
        { Sid: 'ReadProxy', Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:proxy' },
      ],
    },
    { aws_iam_role_policy: ['"Sid":"ReadProxy"', '"Resource":"arn:proxy"'] },
  ],
  executionStatements: [
    {},
    {
      executionStatements: [
        { Sid: 'TellLambda', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:f' },
      ],
    },
    { aws_iam_role_policy: ['"Sid":"TellLambda"', '"Resource":"arn:f"'] },
  ],
  logRetentionDays: [
    {},
    { logRetentionDays: 30 },
    { aws_cloudwatch_log_group: ['"retention_in_days":30'] },
  ],
  logGroupKmsKeyId: [
    {},
    { logGroupKmsKeyId: KEY },
    { aws_cloudwatch_log_group: [`"kms_key_id":"${KEY}"`] },
  ],
  permissions: [
    {},
    { permissions: 'managed' },
    {
      aws_iam_role_policy: [':parameter/imagebuilder/windows-2022/ami-id"'],
      aws_iam_role_policy_attachment: [
        'policy/EC2InstanceProfileForImageBuilder"',
        'policy/EC2ImageBuilderExecutionPolicy"',
      ],
    },
  ],
  iam: [
    {},
    { iam: { permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary', namePrefix: 'p-' } },
    {
      aws_iam_instance_profile: ['"name":"p-windows-2022-build"'],
      aws_iam_role: [
        '"name":"p-windows-2022-build"',
        '"name":"p-windows-2022-execution"',
        '"permissions_boundary":"arn:aws:iam::111122223333:policy/boundary"',
      ],
    },
  ],
  distribution: [
    {},
    {
      distribution: {
        amiName: 'shop-{{ imagebuilder:buildDate }}',
        amiDescription: 'Windows with the shop',
        targets: [{ region: 'us-west-2', launchTemplates: [{ id: TEMPLATE }] }],
      },
    },
    {
      aws_iam_role_policy: [':ssm:us-west-2:', '"Sid":"WriteLaunchTemplates"'],
      aws_imagebuilder_distribution_configuration: [
        '"name":"shop-{{ imagebuilder:buildDate }}"',
        '"description":"Windows with the shop"',
        '"region":"us-west-2"',
        `"launch_template_id":"${TEMPLATE}"`,
      ],
      terraform_data: [
        '"targets":"us-west-2 /imagebuilder/windows-2022/ami-id\\nus-east-1 /imagebuilder/windows-2022/ami-id"',
      ],
    },
  ],
  schedule: [
    {},
    { schedule: { cron: 'cron(0 6 ? * SUN *)', timezone: 'Europe/Berlin' } },
    {
      aws_imagebuilder_image_pipeline: [
        '"schedule_expression":"cron(0 6 ? * SUN *)","timezone":"Europe/Berlin"',
      ],
    },
  ],
  pipelineEnabled: [
    {},
    { pipelineEnabled: false },
    { aws_imagebuilder_image_pipeline: ['"status":"DISABLED"'] },
  ],
  notifications: [
    {},
    { notifications: { states: ['FAILED'], emails: ['images@example.com'] } },
    {
      aws_cloudwatch_event_rule: ['"name":"windows-2022-builds"', '"FAILED"'],
      aws_cloudwatch_event_target: ['"arn":'],
      aws_sns_topic: ['"name":"windows-2022-builds"'],
      aws_sns_topic_policy: ['"policy":'],
      aws_sns_topic_subscription: ['"endpoint":"images@example.com"'],
    },
  ],
  credentials: [
    {},
    { credentials: { profile: 'acme' } },
    { terraform_data: ['"PROVIDER_PROFILE":"acme"'] },
  ],
  retention: [
    {},
    { retention: { older: 'disable', keep: 2, onDestroy: 'delete', timeoutMinutes: 10 } },
    {
      terraform_data: [
        '"on_destroy":"delete"',
        '"keep":"2"',
        '"older":"disable"',
        '"TIMEOUT_SECONDS":"600"',
      ],
    },
  ],
  buildOnApply: [{}, { buildOnApply: false }, { aws_imagebuilder_image: [], terraform_data: [] }],
  timeoutMinutes: [
    {},
    { timeoutMinutes: 240 },
    { aws_imagebuilder_image: ['"timeouts":{"create":"240m"}'] },
  ],
  amiParameterName: [
    {},
    { amiParameterName: '/shop/ami-id' },
    {
      aws_iam_role_policy: [':parameter/shop/ami-id"'],
      aws_imagebuilder_distribution_configuration: ['"parameter_name":"/shop/ami-id"'],
      terraform_data: ['"targets":"us-east-1 /shop/ami-id"'],
    },
  ],
  tags: [
    {},
    { tags: { team: 'windows' } },
    {
      aws_cloudwatch_log_group: ['"tags":{"team":"windows"}'],
      aws_iam_instance_profile: ['"tags":{"team":"windows"}'],
      aws_iam_role: ['"tags":{"team":"windows"}'],
      aws_imagebuilder_component: ['"tags":{"team":"windows"}'],
      aws_imagebuilder_distribution_configuration: [
        '"tags":{"team":"windows"}',
        '"ami_tags":{"cdktf-eks-windows-ami:image":"windows-2022","team":"windows"}',
      ],
      aws_imagebuilder_image: [
        '"tags":{"cdktf-eks-windows-ami:built-by":"terraform","team":"windows"}',
      ],
      aws_imagebuilder_image_pipeline: ['"tags":{"team":"windows"}'],
      aws_imagebuilder_image_recipe: ['"tags":{"team":"windows"}'],
      aws_imagebuilder_infrastructure_configuration: [
        '"tags":{"team":"windows"}',
        '"resource_tags":{"team":"windows"}',
      ],
    },
  ],
};
