import { describe, expect, it } from '@jest/globals';
import { WindowsNodeGroup } from '../../../../modules/eks-windows-nodes';
import { renderInstanceRefreshScript } from '../../../../modules/eks-windows-nodes/group/scripts';
import type { WindowsNodeGroupProps } from '../../../../modules/eks-windows-nodes/group/windows-node-group';
import { adviceOf, refusalOf, refusedBy } from '../../../support/problem';
import { type Block, Template } from '../../../support/template';
import { FAKE_CLUSTER } from '../fake-cluster';

const SMALLEST: WindowsNodeGroupProps = {
  name: 'demo',
  cluster: FAKE_CLUSTER,
  amiId: 'ami-0123456789abcdef0',
  instanceProfileName: 'nodes',
  subnetIds: ['subnet-12345678'],
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 2,
  instanceRefresh: { method: 'local-exec' },
};

const synth = (props: Partial<WindowsNodeGroupProps> = {}): Template =>
  Template.of((stack) => {
    new WindowsNodeGroup(stack, 'Nodes', { ...SMALLEST, ...props });
  });

function environmentOf(template: Template): Block {
  const [exec] = template.resource('terraform_data')['provisioner'] as [
    { 'local-exec': { environment: Block } },
  ];
  return exec['local-exec'].environment;
}

const GROUP = 'aws_autoscaling_group.Nodes_AutoScalingGroup_962A6373';
const TEMPLATE = 'aws_launch_template.Nodes_LaunchTemplate_C89FE32D';

describe('a group whose refreshes are started by a step', () => {
  it('ignores changes of what it launches, because AWS saves them when a refresh has succeeded', () => {
    const group = synth().resource('aws_autoscaling_group');
    expect(group['instance_refresh']).toBeUndefined();
    expect(group['lifecycle']).toEqual({
      ignore_changes: ['initial_lifecycle_hook', 'launch_template', 'mixed_instances_policy'],
    });
  });

  it('has the step run for each new version of the launch template, with a rollback', () => {
    const template = synth();
    const { triggers_replace: triggers } = template.resource('terraform_data');
    const desired = `\${jsonencode({"LaunchTemplate" = {"LaunchTemplateId" = ${TEMPLATE}.id, "Version" = tostring(${TEMPLATE}.latest_version)}})}`;
    expect(triggers).toEqual({
      auto_scaling_group: `\${${GROUP}.name}`,
      desired_configuration: desired,
    });
    expect(environmentOf(template)).toEqual({
      AWS_REGION: `\${element(split(":", ${GROUP}.arn), 3)}`,
      AWS_DEFAULT_REGION: `\${element(split(":", ${GROUP}.arn), 3)}`,
      EXPECTED_ACCOUNT_ID: `\${element(split(":", ${GROUP}.arn), 4)}`,
      TIMEOUT_SECONDS: '14400',
      AUTO_SCALING_GROUP: `\${${GROUP}.name}`,
      DESIRED_CONFIGURATION: desired,
      PREFERENCES:
        '${jsonencode({"MinHealthyPercentage" = 100, "MaxHealthyPercentage" = 110, "AutoRollback" = true, "SkipMatching" = true, "InstanceWarmup" = tonumber("300")})}',
      WAIT_FOR_SUCCESS: 'true',
    });
  });

  it('says several types in the words of the API', () => {
    const environment = environmentOf(
      synth({
        instanceTypes: ['m7i.xlarge', 'm6i.xlarge'],
        instancesDistribution: { onDemandBaseCapacity: 1 },
        weightedCapacities: { 'm7i.xlarge': 1, 'm6i.xlarge': 2 },
      }),
    );
    expect(environment['DESIRED_CONFIGURATION']).toBe(
      `\${jsonencode({"MixedInstancesPolicy" = {"InstancesDistribution" = {"OnDemandBaseCapacity" = 1, "OnDemandPercentageAboveBaseCapacity" = 100, "OnDemandAllocationStrategy" = "prioritized", "SpotAllocationStrategy" = "price-capacity-optimized"}, "LaunchTemplate" = {"LaunchTemplateSpecification" = {"LaunchTemplateId" = ${TEMPLATE}.id, "Version" = tostring(${TEMPLATE}.latest_version)}, "Overrides" = [{"InstanceType" = "m7i.xlarge", "WeightedCapacity" = "1"}, {"InstanceType" = "m6i.xlarge", "WeightedCapacity" = "2"}]}}})}`,
    );
  });

  it('takes every preference, credentials, another limit of time, and not to wait', () => {
    const environment = environmentOf(
      synth({
        credentials: { profile: 'acme' },
        instanceRefresh: {
          method: 'local-exec',
          waitForSuccess: false,
          timeoutMinutes: 2880,
          autoRollback: false,
          checkpointPercentages: [50, 100],
          checkpointDelaySeconds: 60,
          scaleInProtectedInstances: 'Wait',
          standbyInstances: 'Wait',
          alarms: ['web-errors'],
        },
      }),
    );
    expect(environment).toMatchObject({
      PROVIDER_PROFILE: 'acme',
      TIMEOUT_SECONDS: '172800',
      WAIT_FOR_SUCCESS: 'false',
      PREFERENCES:
        '${jsonencode({"MinHealthyPercentage" = 100, "MaxHealthyPercentage" = 110, "CheckpointPercentages" = [50, 100], "AutoRollback" = false, "SkipMatching" = true, "ScaleInProtectedInstances" = "Wait", "StandbyInstances" = "Wait", "AlarmSpecification" = {"Alarms" = ["web-errors"]}, "InstanceWarmup" = tonumber("300"), "CheckpointDelay" = tonumber("60")})}',
    });
  });

  it('has no step with the method of the provider, or without refreshes', () => {
    for (const instanceRefresh of [undefined, 'none', { method: 'provider' }] as const) {
      const template = synth({ instanceRefresh });
      expect(template.resources('terraform_data')).toEqual({});
      expect(template.resource('aws_autoscaling_group')['lifecycle']).toEqual({
        ignore_changes: ['initial_lifecycle_hook'],
      });
    }
  });

  it.each<readonly [WindowsNodeGroupProps['instanceRefresh'], string]>([
    [
      { method: 'local-exec', triggers: ['tag'] },
      '`instanceRefresh.triggers` refresh-method: ["tag"]',
    ],
    [
      { method: 'local-exec', skipMatching: false },
      '`instanceRefresh.skipMatching` refresh-method: false',
    ],
    [
      { method: 'local-exec', timeoutMinutes: 2881 },
      '`instanceRefresh.timeoutMinutes` integer-range: 2881',
    ],
    [{ waitForSuccess: true }, '`instanceRefresh.waitForSuccess` refresh-method: true'],
    [{ timeoutMinutes: 5 }, '`instanceRefresh.timeoutMinutes` refresh-method: 5'],
  ])('does not allow %j', (instanceRefresh, problem) => {
    expect(refusedBy(() => synth({ instanceRefresh }))).toEqual([problem]);
  });

  it.each<readonly [WindowsNodeGroupProps['instanceRefresh'], string]>([
    [{ method: 'local-exec', triggers: ['tag'] }, 'only the provider knows them'],
    [{ method: 'local-exec', skipMatching: false }, 'a new group would roll at once'],
  ])('says why it does not allow %j', (instanceRefresh, reason) => {
    const { problems } = refusalOf(() => synth({ instanceRefresh }));
    expect(problems.map(adviceOf)).toEqual([reason]);
  });
});

describe('the script of the step', () => {
  it('gets every value by its environment', () => {
    expect(renderInstanceRefreshScript()).toContain(
      '--desired-configuration "$DESIRED_CONFIGURATION"',
    );
    expect(renderInstanceRefreshScript()).not.toMatch(/TfToken/);
  });
});
