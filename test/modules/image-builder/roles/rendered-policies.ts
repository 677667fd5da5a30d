import type { PolicyDocument } from '../../../../modules/iam';
import type { BuildResources, ExecutionResources } from '../../../../modules/image-builder';
import {
  buildPolicy,
  buildResourcesPolicy,
} from '../../../../modules/image-builder/roles/build-policy';
import { executionPolicy } from '../../../../modules/image-builder/roles/execution-policy';
import { executionResourcesPolicy } from '../../../../modules/image-builder/roles/execution-resources-policy';

const SCOPE = { partition: 'aws', region: 'us-east-1' };

export const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export const TEMPLATE = 'lt-0123456789abcdef0';

/** Everything that a build can ask for. */
export const ALL_BUILD_RESOURCES: BuildResources = {
  cachedImages: [
    'mcr.microsoft.com/windows/servercore:ltsc2022',
    '444455556666.dkr.ecr.us-west-2.amazonaws.com/shared/agent:7',
    '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42',
    '111122223333.dkr.ecr.us-east-1.amazonaws.com/docker-hub/grafana/alloy:v1.9.0-windows',
  ],
  pullThroughCachePrefixes: ['docker-hub'],
  secretArns: ['arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf'],
  secretKmsKeyArns: [KEY],
  logs: { bucket: 'build-logs', keyPrefix: 'windows', kmsKeyArn: KEY },
  componentFiles: [{ bucket: 'components', keyPrefix: 'windows/' }, { bucket: 'installers' }],
  statements: [
    {
      Sid: 'ReadProxy',
      Effect: 'Allow',
      Action: 'ssm:GetParameter',
      Resource: 'arn:aws:ssm:us-east-1:111122223333:parameter/proxy',
    },
  ],
};

/** Everything that a pipeline can ask for. */
export const ALL_EXECUTION_RESOURCES: ExecutionResources = {
  region: 'us-east-1',
  targetRegions: ['us-east-1', 'eu-west-1'],
  amiParameterNames: ['/windows/ami-id'],
  parentParameterNames: [
    '/base/ami-id',
    '/aws/service/ami-windows-latest/EC2LaunchV2-Windows_Server-2022-English-Core-Base',
  ],
  distributionAccountIds: ['777788889999', '444455556666'],
  kmsKeyArns: [KEY, 'arn:aws:kms:us-east-1:111122223333:alias/images'],
  snsTopicArn: 'arn:aws:sns:us-east-1:111122223333:images',
  licenseConfigurationArns: [
    'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef',
  ],
  launchTemplateIds: [TEMPLATE],
  fastLaunch: { launchTemplateIds: [TEMPLATE] },
  imageScanning: true,
  statements: [
    {
      Sid: 'InvokeStep',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:us-east-1:111122223333:function:step',
    },
  ],
};

const EXECUTION_SCOPE = { partition: 'aws', accountId: () => '111122223333' };

function policyFor(resources: Partial<ExecutionResources>): PolicyDocument {
  const all = { region: 'us-east-1', ...resources };
  return executionResourcesPolicy(EXECUTION_SCOPE, all) ?? { Version: '2012-10-17', Statement: [] };
}

function buildPolicyFor(resources: BuildResources, scope = SCOPE): PolicyDocument {
  return buildResourcesPolicy(scope, resources) ?? { Version: '2012-10-17', Statement: [] };
}

const executionPolicyIn = (partition: string): PolicyDocument =>
  executionPolicy({
    partition,
    accountId: '111122223333',
    buildRoleArn: `arn:${partition}:iam::111122223333:role/windows-build`,
  });

/** Policies that stand for all that are rendered, by the name of their golden file. */
export const RENDERED_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  build: buildPolicy(SCOPE),
  'build-in-china': buildPolicy({ partition: 'aws-cn', region: 'cn-north-1' }),
  'build-resources': buildPolicyFor(ALL_BUILD_RESOURCES),
  'build-logs-in-govcloud': buildPolicyFor(
    { logs: { bucket: 'build-logs' } },
    { partition: 'aws-us-gov', region: 'us-gov-west-1' },
  ),
  execution: executionPolicyIn('aws'),
  'execution-in-europe': executionPolicyIn('aws-eusc'),
  'execution-resources': policyFor(ALL_EXECUTION_RESOURCES),
  'execution-one-parameter': policyFor({ amiParameterNames: ['/windows/ami-id'] }),
  'execution-keys': policyFor({ kmsKeyArns: ALL_EXECUTION_RESOURCES.kmsKeyArns }),
  'execution-fast-launch': policyFor({ fastLaunch: { launchTemplateIds: [TEMPLATE] } }),
};
