import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkKmsKeyArn,
  type Path,
  type Problem,
  problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkSettings, number, type SettingProps, setting, text } from '../../settings';
import { checkResourceName } from '../naming/resource-name';

/**
 * The numbers of days that CloudWatch Logs knows; 0 keeps logs for ever.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
] as const;

/** A number of days that CloudWatch Logs knows. */
function checkLogRetention(path: Path, days: number): Problem[] {
  const allowed: readonly number[] = LOG_RETENTION_DAYS;
  if (Token.isUnresolved(days) || allowed.includes(days)) return [];
  return [problem('log-retention', path, `be one of ${allowed.join(', ')}`, days)];
}

/** How logs are kept. */
export const BUILD_LOG_GROUP_SETTINGS = {
  /** How long logs stay, one of {@link LOG_RETENTION_DAYS}. @default 90 */
  retentionDays: setting(
    number({ min: 0, max: Math.max(...LOG_RETENTION_DAYS) }, checkLogRetention),
    {
      about: 'How long CloudWatch keeps the logs of builds, in days; 0 for ever',
      default: 90,
      change: 'in-place',
    },
  ),
  /**
   * ARN of a KMS key to encrypt the logs with; an alias will not do. The key's policy has to let
   * `logs.<Region>.amazonaws.com` use it. A change is made in place and holds for new logs.
   * @default - CloudWatch's own encryption
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  kmsKeyId: setting(text(checkKmsKeyArn), {
    about: 'ARN of the KMS key with which CloudWatch encrypts the logs of builds',
    otherwise: 'its own encryption',
    change: 'in-place',
  }),
};

/** Inputs of {@link BuildLogGroups}. */
export interface BuildLogGroupsProps extends SettingProps<typeof BUILD_LOG_GROUP_SETTINGS> {
  /** The name of the recipe, after which Image Builder names the log group of its builds. */
  readonly recipeName: string;
  /** The name of the pipeline, after which Image Builder names the pipeline's own log group. */
  readonly pipelineName: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/**
 * The two log groups of an image, so that its logs do not stay for ever: `/aws/imagebuilder/<recipe>`
 * with the output of every build, and `/aws/imagebuilder/pipeline/<pipeline>` with what the
 * pipeline did and why. Billed by what is written and kept, cents for a build.
 *
 * Image Builder makes a group that is missing, without retention, as soon as it writes to it. So
 * pass `groups` to the builds' `dependsOn`. Where an image was built before, the apply stops with
 * `ResourceAlreadyExistsException: The specified log group already exists`; take the group over
 * with its address in the plan, and apply again:
 *
 *     terraform import <address> /aws/imagebuilder/<recipe>
 *
 * The groups go, with all logs, when the stack is destroyed.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/monitor-cwlogs.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group
 */
export class BuildLogGroups extends Construct {
  public readonly imageLogGroupName: string;
  public readonly pipelineLogGroupName: string;
  /** Both groups, to depend on before a build. */
  public readonly groups: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BuildLogGroupsProps) {
    super(scope, id);
    assertNoProblems(this, validateBuildLogGroupsProps(props));
    this.imageLogGroupName = `/aws/imagebuilder/${props.recipeName}`;
    this.pipelineLogGroupName = `/aws/imagebuilder/pipeline/${props.pipelineName}`;
    this.groups = [
      this.createGroup('Image', this.imageLogGroupName, props),
      this.createGroup('Pipeline', this.pipelineLogGroupName, props),
    ];
  }

  private createGroup(id: string, name: string, props: BuildLogGroupsProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, id, {
      name,
      retentionInDays: props.retentionDays ?? BUILD_LOG_GROUP_SETTINGS.retentionDays.default,
      ...withoutUndefined({ kmsKeyId: props.kmsKeyId, tags: writtenTags(props.tags) }),
    });
  }
}

function validateBuildLogGroupsProps(props: BuildLogGroupsProps): Problem[] {
  return [
    ...checkResourceName(['recipeName'], props.recipeName),
    ...checkResourceName(['pipelineName'], props.pipelineName),
    ...checkSettings(BUILD_LOG_GROUP_SETTINGS, props),
  ];
}
