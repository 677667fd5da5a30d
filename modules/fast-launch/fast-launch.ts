import { dependable, type ITerraformDependable, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkAmiId,
  checkInteger,
  checkRegion,
  numberText,
  type Problem,
  problem,
  TerraformData,
} from '../core';
import { FastLaunchTemplate, type FastLaunchTemplateProps } from './fast-launch-template';
import { renderFastLaunchCommand } from './scripts';

/** Inputs of {@link FastLaunch}. */
export interface FastLaunchProps extends FastLaunchTemplateProps {
  /** The AMI that nodes are launched from: a Windows AMI of your own account. */
  readonly amiId: string;
  /**
   * The alias of the AMI's owner, to refuse Amazon's AMIs already at plan.
   * @default - refused by the script at apply
   */
  readonly amiOwnerAlias?: string | undefined;
  /** The Region of the AMI. */
  readonly region: string;
  /**
   * Snapshots to keep ready, 1 to 10,000: one for each node that may come at once. Each has the
   * size of the AMI's root volume and is billed as any snapshot.
   * @default 5
   */
  readonly targetResourceCount?: number | undefined;
  /**
   * Instances that prepare snapshots at the same time, at least 6. A Region has 40 of them for all
   * AMIs together, unless the quota was raised.
   * @default 6
   */
  readonly maxParallelLaunches?: number | undefined;
  /** Minutes to wait until Fast Launch is on, 1 to 1,440; no reference. @default 60 */
  readonly timeoutMinutes?: number | undefined;
}

/**
 * Smaller values are refused.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableFastLaunch.html
 */
export const MIN_PARALLEL_LAUNCHES = 6;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_FastLaunchSnapshotConfiguration.html */
export const MAX_TARGET_RESOURCE_COUNT = 10_000;

/** Snapshots to keep ready when nothing else is said. */
export const DEFAULT_TARGET_RESOURCE_COUNT = 5;

const DEFAULT_TIMEOUT_MINUTES = 60;

/**
 * EC2 Fast Launch for an AMI: snapshots that have Windows' first boot behind them, so that a node
 * starts up to 65 % faster. Needs `sh` and the AWS CLI where Terraform runs, with the credentials
 * of the provider. Costs the snapshots, and for minutes the instances that make them.
 *
 * On a new AMI the order is: on for the new one, then the nodes change over, then off for the old
 * one. For that, three `terraform_data` resources share the work:
 * - `Owner` switches everything off when the stack is destroyed,
 * - `Enable` switches on for one AMI and waits; what uses the AMI depends on {@link enabled},
 * - `Sweep` switches off for every other AMI, after what was given to {@link sweepAfter}.
 * A single resource could not do it: Terraform runs no destroy step of a replaced resource that is
 * created before it is destroyed, so that old AMIs would stay on, and billed, for ever.
 *
 * A failed apply leaves the old AMI on and the nodes as they are; the next one continues.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-ami-config-fast-launch.html
 */
export class FastLaunch extends Construct {
  /** Depend on it before launching from the AMI. */
  public readonly enabled: ITerraformDependable;
  public readonly template: FastLaunchTemplate;
  private readonly sweep: TerraformData;

  constructor(scope: Construct, id: string, props: FastLaunchProps) {
    super(scope, id);
    assertNoProblems(this, validateFastLaunchProps(props));
    this.template = new FastLaunchTemplate(this, 'Template', props);
    const owner = this.createOwner(props);
    const enable = this.createEnable(props, owner);
    this.enabled = enable;
    this.sweep = this.createSweep(props, enable);
  }

  /** Switches Fast Launch off for the previous AMI only after this resource has changed over. */
  public sweepAfter(user: ITerraformDependable): void {
    this.sweep.dependsOn = [...(this.sweep.dependsOn ?? []), dependable(user)];
  }

  private createOwner(props: FastLaunchProps): TerraformData {
    return new TerraformData(this, 'Owner', {
      triggersReplace: { launch_template_id: this.template.id, region: props.region },
      localExec: [
        {
          when: 'destroy',
          command: renderFastLaunchCommand('disable'),
          environment: {
            // A destroy step may refer to nothing but its own resource.
            ...environment('${self.triggers_replace.region}', props),
            LAUNCH_TEMPLATE_ID: '${self.triggers_replace.launch_template_id}',
            KEEP_AMI_ID: '',
          },
        },
      ],
    });
  }

  private createEnable(props: FastLaunchProps, owner: TerraformData): TerraformData {
    const { targetResourceCount = DEFAULT_TARGET_RESOURCE_COUNT } = props;
    const { maxParallelLaunches = MIN_PARALLEL_LAUNCHES } = props;
    const settings = {
      ami_id: props.amiId,
      launch_template_id: this.template.id,
      launch_template_version: this.template.version,
      target_resource_count: numberText(targetResourceCount),
      max_parallel_launches: numberText(maxParallelLaunches),
    };
    return new TerraformData(this, 'Enable', {
      triggersReplace: settings,
      dependsOn: [owner],
      preconditions: ownAmiConditions(props),
      localExec: [
        {
          command: renderFastLaunchCommand('enable'),
          environment: {
            ...environment(props.region, props),
            AMI_ID: settings.ami_id,
            LAUNCH_TEMPLATE_ID: settings.launch_template_id,
            LAUNCH_TEMPLATE_VERSION: settings.launch_template_version,
            TARGET_RESOURCE_COUNT: settings.target_resource_count,
            MAX_PARALLEL_LAUNCHES: settings.max_parallel_launches,
          },
        },
      ],
    });
  }

  private createSweep(props: FastLaunchProps, enable: TerraformData): TerraformData {
    return new TerraformData(this, 'Sweep', {
      // The id of `Enable` too: after a failed change and a return to the AMI before it, the AMI is
      // the same as in the last sweep, and still there is something to switch off.
      triggersReplace: { enable: enable.id, ami_id: props.amiId },
      dependsOn: [enable],
      localExec: [
        {
          command: renderFastLaunchCommand('disable'),
          environment: {
            ...environment(props.region, props),
            LAUNCH_TEMPLATE_ID: this.template.id,
            KEEP_AMI_ID: props.amiId,
          },
        },
      ],
    });
  }
}

function environment(region: string, props: FastLaunchProps): Record<string, string> {
  const { timeoutMinutes: minutes = DEFAULT_TIMEOUT_MINUTES } = props;
  return {
    // Both names: version 1 of the AWS CLI reads the second only.
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    TIMEOUT_SECONDS: String(minutes * 60),
  };
}

function ownAmiConditions({ amiId, amiOwnerAlias }: FastLaunchProps) {
  // Terraform wants a reference in a condition; an alias that is known was checked already.
  if (!Token.isUnresolved(amiOwnerAlias) || amiOwnerAlias === undefined) return [];
  return [
    {
      condition: Token.asString(Op.neq(amiOwnerAlias, 'amazon')),
      errorMessage: `${amiId} belongs to Amazon, and Fast Launch works for AMIs of your own only. Build one from it (nodes.ami: built), or remove fastLaunch.`,
    },
  ];
}

const OWN_AMI_RULE = 'not be that of Amazon, because Fast Launch works for AMIs of your own only';

/** It is multiplied here, and a destroy step may refer to nothing but its own resource. */
function checkTimeout(minutes: number): Problem[] {
  const path = ['timeoutMinutes'];
  if (Token.isUnresolved(minutes)) {
    return [problem(path, 'be known when the stack is built', 'a reference')];
  }
  return checkInteger(path, minutes, { min: 1, max: 1440 });
}

function validateFastLaunchProps(props: FastLaunchProps): Problem[] {
  const {
    targetResourceCount = DEFAULT_TARGET_RESOURCE_COUNT,
    maxParallelLaunches = MIN_PARALLEL_LAUNCHES,
    timeoutMinutes = DEFAULT_TIMEOUT_MINUTES,
    amiOwnerAlias,
  } = props;
  return [
    ...checkAmiId(['amiId'], props.amiId),
    ...checkRegion(['region'], props.region),
    ...checkInteger(['targetResourceCount'], targetResourceCount, {
      min: 1,
      max: MAX_TARGET_RESOURCE_COUNT,
    }),
    ...checkInteger(['maxParallelLaunches'], maxParallelLaunches, {
      min: MIN_PARALLEL_LAUNCHES,
    }),
    ...checkTimeout(timeoutMinutes),
    ...(amiOwnerAlias === 'amazon'
      ? [problem(['amiOwnerAlias'], OWN_AMI_RULE, amiOwnerAlias)]
      : []),
  ];
}
