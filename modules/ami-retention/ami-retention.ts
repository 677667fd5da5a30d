import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  AMI_IMAGE_TAG,
  AMI_IN_USE_TAG_PREFIX,
  assertNoProblems,
  checkAmiId,
  checkEach,
  checkListLength,
  checkRegion,
  checkText,
  checkUnique,
  numberText,
  type Path,
  type Problem,
  problem,
  SNAPSHOT_OF_DELETED_AMI_TAG,
  TerraformData,
} from '../core';
import { AWS_CLI_CREDENTIALS_SETTINGS, type AwsCliCredentials, awsCliEnvironment } from '../iam';
import { checkSettings, choice, integer, known, type SettingProps, setting } from '../settings';
import { renderAmiRetentionCommand } from './scripts';

/**
 * What becomes of older AMIs. `deprecate` hides them and costs as before, `disable` makes them
 * unusable until they are enabled again and costs as before, `delete` deregisters them, deletes
 * their snapshots, and cannot be undone.
 */
export type RetiredAmis = (typeof RETIRED_AMIS)[number];

/** What becomes of all AMIs when the stack is destroyed. */
export type AmisOnDestroy = (typeof AMIS_ON_DESTROY)[number];

/** All values of {@link RetiredAmis}. */
const RETIRED_AMIS = ['deprecate', 'disable', 'delete'] as const;

/** All values of {@link AmisOnDestroy}. */
const AMIS_ON_DESTROY = ['keep', 'delete'] as const;

/** What becomes of older AMIs, and of all of them in the end. */
export const AMI_RETENTION_SETTINGS = {
  /**
   * What becomes of AMIs older than the newest `keep`.
   * @default - all stay as they are
   */
  older: setting(choice(RETIRED_AMIS), {
    about: 'What happens to AMIs beyond the newest ones that nothing uses',
    otherwise: 'they stay',
    change: 'in-place',
  }),
  /** How many of the newest AMIs stay in each Region, 1 to 1,000. @default 3 */
  keep: setting(integer({ min: 1, max: 1000 }), {
    about: 'With older: number of the newest AMIs that stay in each Region',
    default: 3,
    change: 'in-place',
  }),
  /**
   * What becomes of the AMIs, their snapshots and the parameters when the stack is destroyed:
   * `keep` lists them, with the commands that remove them; `delete` removes what nothing uses.
   * @default keep
   */
  onDestroy: setting(choice(AMIS_ON_DESTROY), {
    about: 'What happens to all AMIs when the stack is destroyed: keep (they are listed) or delete',
    default: 'keep',
    change: 'in-place',
  }),
  /** Minutes to wait until Fast Launch is off for an AMI, 1 to 1,440; no reference. @default 60 */
  // It is multiplied here, and a destroy step may refer to nothing but its own resource.
  timeoutMinutes: setting(known(integer({ min: 1, max: 1440 })), {
    about: 'Minutes to wait until Fast Launch is off for an AMI',
    default: 60,
    change: 'in-place',
  }),
};

/** A Region with AMIs of the image. */
export interface AmiRetentionTarget {
  readonly region: string;
  /** SSM parameters of this Region and account that hand an AMI over; what they name stays. */
  readonly amiParameterNames: readonly string[];
}

/** Inputs of {@link AmiRetention}. */
export interface AmiRetentionProps extends SettingProps<typeof AMI_RETENTION_SETTINGS> {
  /** The value of the tag {@link AMI_IMAGE_TAG}: AMIs that have it are looked after, no others. */
  readonly imageName: string;
  /** Every Region that AMIs are distributed to, each once. */
  readonly targets: readonly AmiRetentionTarget[];
  /**
   * The AMI of the last build: another one is what makes Terraform look for older ones.
   * @default - looks only when a setting changes
   */
  readonly amiId?: string | undefined;
  /**
   * How the AWS CLI gets the account of the AWS provider.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
}

/**
 * Looks after the AMIs that builds leave behind. Terraform deletes a replaced image, but Image
 * Builder keeps its AMI and snapshots for ever, and they are billed; nothing else finds them again.
 * Needs `sh` and the AWS CLI of October 2023 or later where Terraform runs, with the credentials of
 * the provider, which have to allow what the scripts call: in EC2 to describe images, instances,
 * snapshots and Fast Launch, `CreateTags`, `DisableFastLaunch`, `EnableImageDeprecation`,
 * `DisableImage`, `DeregisterImage`, `DeleteSnapshot`; in SSM `GetParameters`, `DeleteParameter`.
 * Itself it costs nothing.
 *
 * An AMI stays, however old, when it is named by one of the SSM parameters, has a tag whose key
 * begins with `cdktf-eks-windows-ami:in-use-by:`, or is run by an instance of this account. What
 * other accounts run from a shared AMI is not seen: tag it, or do not retire it.
 *
 * Fast Launch is switched off before an AMI is disabled or deleted. What fails is tried again by
 * the next apply, also snapshots whose AMI is gone already. A destroy that deletes takes along each
 * parameter whose AMI is gone, and leaves those that name an AMI which stays.
 *
 * Two `terraform_data` resources share the work, so that a new AMI or another `keep` never runs
 * what a destroy runs:
 * - `Owner` holds the settings of the destroy; Terraform updates it in place and never replaces it,
 * - `Retire`, with `older` only, runs for each new AMI and changed setting.
 *
 * To take `AmiRetention` out of a stack runs neither.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/delete-resources.html
 */
export class AmiRetention extends Construct {
  /**
   * What makes AMIs by itself, such as a scheduled pipeline, depends on it: a destroy then removes
   * that first, so that no AMI comes up after the last look.
   */
  public readonly owner: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AmiRetentionProps) {
    super(scope, id);
    assertNoProblems(this, validateAmiRetentionProps(props));
    const owner = this.createOwner(props);
    if (props.older !== undefined) this.createRetire(props, props.older, owner);
    this.owner = owner;
  }

  private createOwner(props: AmiRetentionProps): TerraformData {
    return new TerraformData(this, 'Owner', {
      // Not a trigger: to replace the resource would run the destroy step, with the old setting.
      input: {
        image_name: props.imageName,
        targets: targetsText(props.targets),
        on_destroy: props.onDestroy ?? AMI_RETENTION_SETTINGS.onDestroy.default,
      },
      localExec: [
        {
          when: 'destroy',
          command: renderAmiRetentionCommand('destroy'),
          environment: {
            ...environment(props),
            // A destroy step may refer to nothing but its own resource.
            IMAGE_NAME: '${self.input.image_name}',
            TARGETS: '${self.input.targets}',
            ON_DESTROY: '${self.input.on_destroy}',
          },
        },
      ],
    });
  }

  private createRetire(props: AmiRetentionProps, older: RetiredAmis, owner: TerraformData): void {
    const settings = {
      image_name: props.imageName,
      targets: targetsText(props.targets),
      keep: numberText(props.keep ?? AMI_RETENTION_SETTINGS.keep.default),
      older,
    };
    new TerraformData(this, 'Retire', {
      triggersReplace: { ...settings, ami_id: props.amiId ?? '' },
      dependsOn: [owner],
      localExec: [
        {
          command: renderAmiRetentionCommand('retire'),
          environment: {
            ...environment(props),
            IMAGE_NAME: settings.image_name,
            TARGETS: settings.targets,
            KEEP: settings.keep,
            OLDER: settings.older,
          },
        },
      ],
    });
  }
}

function environment(props: AmiRetentionProps): Record<string, string> {
  const minutes = props.timeoutMinutes ?? AMI_RETENTION_SETTINGS.timeoutMinutes.default;
  return {
    IMAGE_TAG_KEY: AMI_IMAGE_TAG,
    IN_USE_TAG_PREFIX: AMI_IN_USE_TAG_PREFIX,
    SNAPSHOT_TAG_KEY: SNAPSHOT_OF_DELETED_AMI_TAG,
    TIMEOUT_SECONDS: String(minutes * 60),
    ...awsCliEnvironment(props.credentials),
  };
}

/** A line for each Region: its code, then its parameters. */
function targetsText(targets: readonly AmiRetentionTarget[]): string {
  const lines = targets.map(({ region, amiParameterNames }) => [region, ...amiParameterNames]);
  return lines.map((line) => line.join(' ')).join('\n');
}

/** It is written into a filter and a query of the AWS CLI. */
const IMAGE_NAME = {
  id: 'image-name',
  pattern: /^[A-Za-z0-9._-]{1,128}$/,
  rule: 'be 1 to 128 letters, digits and ._-',
};

/** It stands between blanks in the script's environment. */
const PARAMETER_NAME = {
  id: 'ssm-parameter',
  pattern: /^[A-Za-z0-9/._-]{1,1011}$/,
  rule: 'be the name of an SSM parameter',
};

function checkTarget(path: Path, target: AmiRetentionTarget): Problem[] {
  const names = [...path, 'amiParameterNames'];
  return [
    ...checkRegion([...path, 'region'], target.region),
    ...checkEach(names, target.amiParameterNames, (at, name) =>
      checkText(at, name, PARAMETER_NAME),
    ),
  ];
}

/** How many stay says nothing while all stay. */
export function checkKeep({ keep, older }: Pick<AmiRetentionProps, 'keep' | 'older'>): Problem[] {
  if (keep === undefined || older !== undefined) return [];
  const advice = 'set `older`, or leave `keep` out';
  return [
    problem('keep-without-older', ['keep'], 'be left out when `older` is not set', keep, advice),
  ];
}

function validateAmiRetentionProps(props: AmiRetentionProps): Problem[] {
  const { targets, amiId } = props;
  const regions = targets.map(({ region }) => region);
  return [
    ...checkText(['imageName'], props.imageName, IMAGE_NAME),
    ...checkListLength(['targets'], targets, { min: 1 }),
    ...checkEach(['targets'], targets, checkTarget),
    ...checkUnique(['targets'], regions),
    ...(amiId === undefined ? [] : checkAmiId(['amiId'], amiId)),
    ...checkSettings(AMI_RETENTION_SETTINGS, props),
    ...checkKeep(props),
    ...checkSettings(AWS_CLI_CREDENTIALS_SETTINGS, props.credentials ?? {}, ['credentials']),
  ];
}
