import type { AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Fn, type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { TerraformData } from '../../core';
import { type AwsCliCredentials, awsCliEnvironment } from '../../iam';
import {
  buildInstanceRefresh,
  INSTANCE_REFRESH_SETTINGS,
  type InstanceRefresh,
} from './instance-refresh';
import { renderInstanceRefreshCommand } from './scripts';

/** What a group launches: a launch template, or several types with one. */
type InstanceChoiceConfig = Pick<AutoscalingGroupConfig, 'launchTemplate' | 'mixedInstancesPolicy'>;

/** Inputs of {@link InstanceRefreshStep}. */
export interface InstanceRefreshStepProps {
  readonly autoScalingGroup: ITerraformDependable & {
    readonly name: string;
    readonly arn: string;
  };
  readonly instanceChoice: InstanceChoiceConfig;
  readonly refresh: InstanceRefresh;
  readonly credentials?: AwsCliCredentials | undefined;
}

/**
 * Exchanges the nodes of a group by a step of Terraform instead of by its provider: a
 * `terraform_data` with a `local-exec` that calls the AWS CLI. The provider saves a new
 * configuration in the group before it starts the refresh, so that AWS has nothing older to roll
 * back to. Here AWS saves it after the refresh has succeeded: one that fails is rolled back to the
 * AMI that ran before, the apply fails with AWS's reason, and the next plan shows the step again.
 *
 * The group has to ignore changes of what it launches.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 */
export class InstanceRefreshStep extends Construct {
  /** Depend on it for what has to come after the nodes have changed over. */
  public readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: InstanceRefreshStepProps) {
    super(scope, id);
    const { autoScalingGroup, refresh, credentials } = props;
    const {
      timeoutMinutes = INSTANCE_REFRESH_SETTINGS.timeoutMinutes.default,
      waitForSuccess = INSTANCE_REFRESH_SETTINGS.waitForSuccess.default,
    } = refresh;
    const partOfArn = (index: number) =>
      Token.asString(Fn.element(Fn.split(':', autoScalingGroup.arn), index));
    const region = partOfArn(3);
    const desired = toJson(props.instanceChoice);
    this.done = new TerraformData(this, 'Resource', {
      triggersReplace: {
        auto_scaling_group: autoScalingGroup.name,
        desired_configuration: desired,
      },
      localExec: [
        {
          command: renderInstanceRefreshCommand(),
          environment: {
            AWS_REGION: region,
            AWS_DEFAULT_REGION: region,
            EXPECTED_ACCOUNT_ID: partOfArn(4),
            TIMEOUT_SECONDS: String(timeoutMinutes * 60),
            ...awsCliEnvironment(credentials),
            AUTO_SCALING_GROUP: autoScalingGroup.name,
            DESIRED_CONFIGURATION: desired,
            PREFERENCES: toJson(preferencesOf(refresh)),
            WAIT_FOR_SUCCESS: String(waitForSuccess),
          },
        },
      ],
    });
  }
}

/** In the API a rollback is asked for by what the provider's configuration calls the same. */
function preferencesOf(refresh: InstanceRefresh) {
  const { instanceWarmup, checkpointDelay, ...preferences } = {
    ...buildInstanceRefresh({ autoRollback: true, ...refresh })?.preferences,
  };
  return {
    ...preferences,
    // Text to the provider, numbers to the API.
    ...(instanceWarmup === undefined ? {} : { instanceWarmup: Fn.tonumber(instanceWarmup) }),
    ...(checkpointDelay === undefined ? {} : { checkpointDelay: Fn.tonumber(checkpointDelay) }),
  };
}

/** As JSON of the API. Terraform writes it, because it has references in it. */
function toJson(value: object): string {
  return Token.asString(Fn.jsonencode(withApiNames(value)));
}

/** The provider's names as those of the API: `launchTemplate` is `LaunchTemplate`. */
function withApiNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withApiNames);
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    // The number of a version is text to the API.
    return [apiName(key), key === 'version' ? Fn.tostring(item) : withApiNames(item)];
  });
  return Object.fromEntries(entries);
}

function apiName(key: string): string {
  // A list has the plural in the API, and its blocks the singular in the provider.
  if (key === 'override') return 'Overrides';
  const name = key === 'id' ? 'launchTemplateId' : key;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
