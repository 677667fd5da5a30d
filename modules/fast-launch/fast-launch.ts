import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { dependable, type ITerraformDependable, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkAmiId,
  checkRegion,
  numberText,
  type Problem,
  problem,
  TerraformData,
} from '../core';
import { awsCliEnvironment } from '../iam';
import { FastLaunchDriftCheck } from './fast-launch-drift-check';
import { FastLaunchKeyGrant, type FastLaunchKeyGrantProps } from './fast-launch-key-grant';
import {
  checkFastLaunchSettings,
  FAST_LAUNCH_SETTINGS,
  type FastLaunchSettings,
} from './fast-launch-settings';
import { FastLaunchTemplate, type FastLaunchTemplateProps } from './fast-launch-template';
import { renderFastLaunchCommand } from './scripts';

/** How messages say what whoever reads them can change. */
export interface FastLaunchWords {
  /**
   * What to do when the AMI is Amazon's, as a sentence.
   * @default - "Build one from it, or leave Fast Launch out."
   */
  readonly amiOfAmazon?: string | undefined;
}

/** Inputs of {@link FastLaunch}. */
export interface FastLaunchProps extends FastLaunchTemplateProps, FastLaunchSettings {
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
   * The customer managed KMS key of the AMI's snapshots, which EC2 Fast Launch has to be granted.
   * @default - none: AWS's own key for EBS needs no grant
   */
  readonly keyGrant?: FastLaunchKeyGrantProps | undefined;
  /** How messages say what to change. @default - in words that name no key of any file */
  readonly words?: FastLaunchWords | undefined;
}

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
 * A failed apply leaves the old AMI on and the nodes as they are; the next one continues. To take
 * it out of a stack, apply `enabled: false` first.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-ami-config-fast-launch.html
 */
export class FastLaunch extends Construct {
  /** Depend on it before launching from the AMI. */
  public readonly enabled: ITerraformDependable;
  public readonly template: FastLaunchTemplate;
  /** The account that Terraform works in; the scripts refuse to work in another. */
  private readonly accountId: string;
  private readonly sweep: TerraformData;

  constructor(scope: Construct, id: string, props: FastLaunchProps) {
    super(scope, id);
    assertNoProblems(this, validateFastLaunchProps(props));
    this.accountId = new DataAwsCallerIdentity(this, 'Account').accountId;
    this.template = new FastLaunchTemplate(this, 'Template', props);
    const owner = this.createOwner(props);
    const { enabled = FAST_LAUNCH_SETTINGS.enabled.default } = props;
    const enable = enabled ? this.createEnable(props, owner) : undefined;
    this.enabled = enable ?? owner;
    this.sweep = this.createSweep(props, owner, enable);
  }

  /** Switches Fast Launch off for the previous AMI only after this resource has changed over. */
  public sweepAfter(user: ITerraformDependable): void {
    this.sweep.dependsOn = [...(this.sweep.dependsOn ?? []), dependable(user)];
  }

  private createOwner(props: FastLaunchProps): TerraformData {
    const { onDestroy = FAST_LAUNCH_SETTINGS.onDestroy.default } = props;
    return new TerraformData(this, 'Owner', {
      triggersReplace: { launch_template_id: this.template.id, region: props.region },
      // Not a trigger: to replace the resource would switch off what is to stay on.
      input: { account_id: this.accountId },
      localExec: onDestroy === 'leave' ? [] : [this.disableOnDestroy(props)],
    });
  }

  private disableOnDestroy(props: FastLaunchProps) {
    return {
      when: 'destroy' as const,
      command: renderFastLaunchCommand('disable'),
      environment: {
        // A destroy step may refer to nothing but its own resource.
        ...environment('${self.triggers_replace.region}', props),
        EXPECTED_ACCOUNT_ID: '${try(self.input.account_id, "")}',
        LAUNCH_TEMPLATE_ID: '${self.triggers_replace.launch_template_id}',
        KEEP_AMI_ID: '',
      },
    };
  }

  private createEnable(props: FastLaunchProps, owner: TerraformData): TerraformData {
    const { targetResourceCount = FAST_LAUNCH_SETTINGS.targetResourceCount.default } = props;
    const { maxParallelLaunches = FAST_LAUNCH_SETTINGS.maxParallelLaunches.default } = props;
    const { waitForEnabled = FAST_LAUNCH_SETTINGS.waitForEnabled.default } = props;
    const { takeOver = FAST_LAUNCH_SETTINGS.takeOver.default } = props;
    const settings = {
      ami_id: props.amiId,
      launch_template_id: this.template.id,
      launch_template_version: this.template.version,
      target_resource_count: numberText(targetResourceCount),
      max_parallel_launches: numberText(maxParallelLaunches),
    };
    const enable = new TerraformData(this, 'Enable', {
      triggersReplace: settings,
      dependsOn: [owner, ...this.createKeyGrant(props)],
      preconditions: ownAmiConditions(props),
      localExec: [
        {
          command: renderFastLaunchCommand('enable'),
          environment: {
            ...environment(props.region, props),
            EXPECTED_ACCOUNT_ID: this.accountId,
            AMI_ID: settings.ami_id,
            LAUNCH_TEMPLATE_ID: settings.launch_template_id,
            LAUNCH_TEMPLATE_VERSION: settings.launch_template_version,
            TARGET_RESOURCE_COUNT: settings.target_resource_count,
            MAX_PARALLEL_LAUNCHES: settings.max_parallel_launches,
            WAIT_FOR_ENABLED: String(waitForEnabled),
            TAKE_OVER: String(takeOver),
          },
        },
      ],
    });
    this.watch(props, enable);
    return enable;
  }

  private createKeyGrant({ keyGrant }: FastLaunchProps): ITerraformDependable[] {
    if (keyGrant === undefined) return [];
    return [new FastLaunchKeyGrant(this, 'KeyGrant', keyGrant).grant];
  }

  private watch(props: FastLaunchProps, enable: TerraformData): void {
    const { amiId, driftCheck = FAST_LAUNCH_SETTINGS.driftCheck.default } = props;
    if (!driftCheck) return;
    new FastLaunchDriftCheck(this, 'DriftCheck', { amiId, enable });
  }

  private createSweep(
    props: FastLaunchProps,
    owner: TerraformData,
    enable: TerraformData | undefined,
  ): TerraformData {
    const kept = enable === undefined ? '' : props.amiId;
    return new TerraformData(this, 'Sweep', {
      // The id of `Enable` too: after a failed change and a return to the AMI before it, the AMI is
      // the same as in the last sweep, and still there is something to switch off.
      triggersReplace: { enable: enable?.id ?? 'off', ami_id: kept },
      dependsOn: [enable ?? owner],
      localExec: [
        {
          command: renderFastLaunchCommand('disable'),
          environment: {
            ...environment(props.region, props),
            EXPECTED_ACCOUNT_ID: this.accountId,
            LAUNCH_TEMPLATE_ID: this.template.id,
            KEEP_AMI_ID: kept,
          },
        },
      ],
    });
  }
}

function environment(region: string, props: FastLaunchProps): Record<string, string> {
  const { timeoutMinutes: minutes = FAST_LAUNCH_SETTINGS.timeoutMinutes.default } = props;
  return {
    // Both names: version 1 of the AWS CLI reads the second only.
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    TIMEOUT_SECONDS: String(minutes * 60),
    ...awsCliEnvironment(props.credentials),
  };
}

function ownAmiConditions({ amiId, amiOwnerAlias, words = {} }: FastLaunchProps) {
  const { amiOfAmazon = 'Build one from it, or leave Fast Launch out.' } = words;
  // Terraform wants a reference in a condition; an alias that is known was checked already.
  if (!Token.isUnresolved(amiOwnerAlias) || amiOwnerAlias === undefined) return [];
  return [
    {
      condition: Token.asString(Op.neq(amiOwnerAlias, 'amazon')),
      errorMessage: `${amiId} belongs to Amazon, and Fast Launch works for AMIs of your own only. ${amiOfAmazon}`,
    },
  ];
}

const OWN_AMI_RULE = 'not be that of Amazon, because Fast Launch works for AMIs of your own only';

function validateFastLaunchProps(props: FastLaunchProps): Problem[] {
  const { amiId, region, amiOwnerAlias } = props;
  return [
    ...checkAmiId(['amiId'], amiId),
    ...checkRegion(['region'], region),
    ...checkFastLaunchSettings([], props),
    ...(amiOwnerAlias === 'amazon'
      ? [problem('fast-launch-options', ['amiOwnerAlias'], OWN_AMI_RULE, amiOwnerAlias)]
      : []),
  ];
}
